import type { Attachment, AttachmentId, MessageId, RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { AppError } from '../common/errors/index.js';
import { AttachmentEntity } from './attachment.entity.js';
import { describeAttachment } from './describe-attachment.js';

/** Longer ago than anything that may still be sent. */
const EXPIRED = new Date(0);

/** Which message has which file, as parts of the transactions that store and delete messages. */
@Injectable()
export class AttachmentClaims {
  /** A file that a person has uploaded into this room. @throws AppError NOT_FOUND */
  async find(
    manager: EntityManager,
    { attachmentId, roomId, userId }: { attachmentId: AttachmentId; roomId: RoomId; userId: UserId },
  ): Promise<Attachment> {
    const row = await manager.findOneBy(AttachmentEntity, { id: attachmentId, roomId, uploaderId: userId });
    if (!row) throw new AppError('NOT_FOUND', 'You have uploaded no such file into this room.');
    return describeAttachment(row);
  }

  /** From now on this message has it, and no other ever. @throws AppError CONFLICT */
  async claim(manager: EntityManager, id: AttachmentId, messageId: MessageId): Promise<void> {
    const { affected } = await manager.update(AttachmentEntity, { id, messageId: IsNull() }, { messageId });
    if (affected !== 1) throw new AppError('CONFLICT', 'This file was sent with another message, or has expired.');
  }

  /** From now on nobody has it: the sweep removes its row and what lies on the disk, whatever happens in between. */
  async release(manager: EntityManager, messageId: MessageId): Promise<void> {
    const toNobody = { messageId: null, uploaderId: null, createdAt: EXPIRED };
    await manager.update(AttachmentEntity, { messageId }, toNobody);
  }
}
