import type { AttachmentContent, MessageContent, OutgoingAttachment, OutgoingContent } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AttachmentClaims } from '../attachments/attachment-claims.js';
import { AppError } from '../common/errors/index.js';
import { ChatMessageEntity } from './chat-message.entity.js';
import { checkedCaption, checkedText, NOTHING } from './content.js';
import { type ContentOwner, OutgoingContents } from './outgoing-contents.js';

/** Messages of text, and those that carry a file which their sender has uploaded. */
@Injectable()
export class FileContents extends OutgoingContents {
  constructor(private readonly attachments: AttachmentClaims) {
    super();
  }

  async resolve(manager: EntityManager, owner: ContentOwner, content: OutgoingContent): Promise<MessageContent> {
    if (content.type === 'text') return { type: 'text', text: checkedText(content.text, 'content.text') };
    try {
      return await this.withFile(manager, owner, content);
    } catch (error) {
      // Sent again after it was deleted, and its file with it: still the same message, as its id will show.
      if (await manager.existsBy(ChatMessageEntity, { id: owner.id })) return NOTHING;
      throw error;
    }
  }

  claim(manager: EntityManager, owner: ContentOwner, { attachment }: AttachmentContent): Promise<void> {
    return this.attachments.claim(manager, attachment.id, owner.id);
  }

  release(manager: EntityManager, owner: ContentOwner): Promise<void> {
    return this.attachments.release(manager, owner.id);
  }

  private async withFile(
    manager: EntityManager,
    { roomId, senderId: userId }: ContentOwner,
    { type, attachmentId, text = '' }: OutgoingAttachment,
  ): Promise<AttachmentContent> {
    const attachment = await this.attachments.find(manager, {
      attachmentId: attachmentId.toLowerCase(),
      roomId,
      userId,
    });
    if (attachment.kind !== type) {
      const sentence = `This file is of the type ${attachment.kind}.`;
      throw new AppError('INVALID_PAYLOAD', sentence, { details: { 'content.type': [sentence] } });
    }
    return { type, attachment, text: checkedCaption(text, 'content.text') };
  }
}
