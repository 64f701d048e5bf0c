import type { AttachmentContent, MessageContent, MessageId, OutgoingContent, RoomId, UserId } from '@minimeet/protocol';
import type { EntityManager } from 'typeorm';

/** The message that content belongs to. */
export interface ContentOwner {
  id: MessageId;
  roomId: RoomId;
  senderId: UserId;
}

/** Makes of what a client sends what is stored, as a part of the transaction that stores the message. An AppError fails this message and no other. */
export abstract class OutgoingContents {
  /** Before the message's row is there; writes nothing. */
  abstract resolve(manager: EntityManager, owner: ContentOwner, content: OutgoingContent): Promise<MessageContent>;

  /** When the message's row is there: the attachment is its own from now on, and nobody else's. */
  abstract claim(manager: EntityManager, owner: ContentOwner, content: AttachmentContent): Promise<void>;

  /** When the message is deleted: what it carried goes with it. */
  abstract release(manager: EntityManager, owner: ContentOwner): Promise<void>;
}
