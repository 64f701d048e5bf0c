import type { AttachmentContent, MessageContent, MessageId, OutgoingContent, RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../common/errors/index.js';
import { checkedText } from './content.js';

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
}

/** Messages of text. */
@Injectable()
export class TextContents extends OutgoingContents {
  async resolve(_manager: EntityManager, _owner: ContentOwner, content: OutgoingContent): Promise<MessageContent> {
    if (content.type !== 'text') throw new AppError('UNSUPPORTED_FILE', 'This server takes no files.');
    return { type: 'text', text: checkedText(content.text, 'content.text') };
  }

  async claim(): Promise<void> {
    throw new AppError('UNSUPPORTED_FILE', 'This server takes no files.');
  }
}
