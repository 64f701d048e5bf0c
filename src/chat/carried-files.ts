import type {
  Attachment,
  MessageContent,
  MessageId,
  OutgoingAttachment,
  OutgoingContent,
  RoomId,
  UserId,
} from '@minimeet/protocol';
import { Injectable, Logger } from '@nestjs/common';
import { AttachmentClaims, type AttachmentTie } from '../attachments/attachment-claims.js';
import { AppError, isDatabaseDown } from '../common/errors/index.js';
import { checkedCaption, checkedText, NOTHING } from '../messages/content.js';
import { MessageStore } from '../messages/message-store.js';

/** The message that content belongs to. */
interface ContentOwner {
  id: MessageId;
  roomId: RoomId;
  senderId: UserId;
}

/** Keeps the files of messages in step with the messages: claimed before one is stored, let go after it is deleted. */
@Injectable()
export class CarriedFiles {
  private readonly logger = new Logger(CarriedFiles.name);

  constructor(
    private readonly claims: AttachmentClaims,
    private readonly messages: MessageStore,
  ) {}

  /**
   * Stores a message by `store`, which gets its content with all that is known of the file.
   * @throws AppError INVALID_PAYLOAD, NOT_FOUND, CONFLICT, and whatever `store` throws
   */
  async storing<Result>(
    owner: ContentOwner,
    content: OutgoingContent,
    store: (content: MessageContent) => Promise<Result>,
  ): Promise<Result> {
    if (content.type === 'text') return store({ type: 'text', text: checkedText(content.text, 'content.text') });
    const tie = { id: content.attachmentId.toLowerCase(), roomId: owner.roomId, messageId: owner.id };
    const attachment = await this.claimed(tie, owner.senderId);
    return attachment ? this.settling([tie], () => store(withFile(content, attachment))) : store(NOTHING);
  }

  /** Deletes a message by `remove`, and then what it carried. @throws whatever `remove` throws */
  async deleting<Result>(roomId: RoomId, id: MessageId, remove: () => Promise<Result>): Promise<Result> {
    return this.settling(await this.claims.doubt(roomId, id), remove);
  }

  /** @returns null for a message that is sent again after it was deleted, and its file with it */
  private async claimed(tie: AttachmentTie, senderId: UserId): Promise<Attachment | null> {
    try {
      return await this.claims.claim(tie, senderId);
    } catch (error) {
      if (error instanceof AppError && (await this.messages.find([tie.messageId])).length > 0) return null;
      throw error;
    }
  }

  private async settling<Result>(ties: readonly AttachmentTie[], work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      await this.settle(ties);
      return result;
    } catch (error) {
      // Nobody knows what became of it while the database is away; the sweep asks later.
      if (!isDatabaseDown(error)) await this.settle(ties);
      throw error;
    }
  }

  private async settle(ties: readonly AttachmentTie[]): Promise<void> {
    if (ties.length === 0) return;
    try {
      await this.claims.settle(ties);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(`The sweep settles later which message carries a file: ${reason}`);
    }
  }
}

function withFile({ type, text = '' }: OutgoingAttachment, attachment: Attachment): MessageContent {
  if (attachment.kind === type) return { type, attachment, text: checkedCaption(text, 'content.text') };
  const sentence = `This file is of the type ${attachment.kind}.`;
  throw new AppError('INVALID_PAYLOAD', sentence, { details: { 'content.type': [sentence] } });
}
