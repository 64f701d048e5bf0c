import type { Attachment, AttachmentId, ChatMessage, MessageId, RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, Not, type Repository } from 'typeorm';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { MessageStore } from '../messages/message-store.js';
import { AttachmentEntity } from './attachment.entity.js';
import { AttachmentFiles } from './attachment-files.js';
import { describeAttachment } from './describe-attachment.js';

/** A file and the message that carries it, or is about to. */
export type AttachmentTie = Pick<AttachmentEntity, 'id' | 'roomId'> & { messageId: MessageId };

/** Ties settled in one go. */
const BATCH_ROWS = 200;

/**
 * Ties files to the messages that carry them. The two may lie in different databases, which share no transaction, so a
 * tie is unsettled from before its message is stored or deleted until the message itself has been asked: the file stays
 * with a message that carries it, goes with one that was deleted, and is free again when there is none. After a crash
 * in between, the sweep asks.
 */
@Injectable()
export class AttachmentClaims {
  constructor(
    @InjectRepository(AttachmentEntity) private readonly attachments: Repository<AttachmentEntity>,
    private readonly transactions: Transactions,
    private readonly messages: MessageStore,
    private readonly files: AttachmentFiles,
  ) {}

  /**
   * Ties a file to a message that is about to be stored, and to no other. Doing it twice does it once.
   * @throws AppError NOT_FOUND unless this person has uploaded it into this room, CONFLICT when another message has it
   */
  claim({ id, roomId, messageId }: AttachmentTie, uploaderId: UserId): Promise<Attachment> {
    return this.transactions.run(async (manager) => {
      const free = { id, roomId, uploaderId, messageId: IsNull() };
      await manager.update(AttachmentEntity, free, { messageId, unsettledSince: new Date() });
      const row = await manager.findOneBy(AttachmentEntity, { id, roomId, uploaderId });
      if (!row) throw new AppError('NOT_FOUND', 'You have uploaded no such file into this room.');
      if (row.messageId !== messageId) {
        throw new AppError('CONFLICT', 'This file was sent with another message, or has expired.');
      }
      return describeAttachment(row);
    });
  }

  /** Unsettles the ties of a message that is about to be deleted. */
  async doubt(roomId: RoomId, messageId: MessageId): Promise<AttachmentTie[]> {
    const rows = await this.attachments.findBy({ roomId, messageId });
    if (rows.length > 0) {
      const since = { unsettledSince: new Date() };
      await this.transactions.run((manager) => manager.update(AttachmentEntity, { roomId, messageId }, since));
    }
    return rows.map(({ id }) => ({ id, roomId, messageId }));
  }

  /** Asks the messages, and makes the ties what they say. */
  async settle(ties: readonly AttachmentTie[]): Promise<void> {
    const ids = new Set(ties.map(({ messageId }) => messageId));
    const messages = new Map((await this.messages.find([...ids])).map((message) => [message.id, message]));
    for (const tie of ties) await this.settleBy(messages.get(tie.messageId), tie);
  }

  /**
   * Settles ties that are unsettled since before `time`: their requests have ended without it.
   * @returns how many; 200 at most
   */
  async settleOlder(time: Date): Promise<number> {
    const unsettled = { messageId: Not(IsNull()), unsettledSince: LessThan(time) };
    const rows = await this.attachments.find({ where: unsettled, take: BATCH_ROWS });
    await this.settle(rows.filter(isTied));
    return rows.length;
  }

  private async settleBy(message: ChatMessage | undefined, { id, roomId, messageId }: AttachmentTie): Promise<void> {
    const tie = { id, messageId };
    const settled = { unsettledSince: null };
    if (message && carriedBy(message) === id) {
      // The message has the last word, also when the tie was given up meanwhile.
      await this.transactions.run((manager) => manager.update(AttachmentEntity, { id }, { messageId, ...settled }));
    } else if (message?.deletedAt) {
      const { affected } = await this.transactions.run((manager) => manager.delete(AttachmentEntity, tie));
      if (affected === 1) await this.files.remove({ roomId, id });
    } else {
      // A tie that was settled meanwhile stays: its message was stored just after it was asked for.
      const unsettled = { ...tie, unsettledSince: Not(IsNull()) };
      const free = { messageId: null, ...settled };
      await this.transactions.run((manager) => manager.update(AttachmentEntity, unsettled, free));
    }
  }
}

function isTied(row: AttachmentEntity): row is AttachmentEntity & AttachmentTie {
  return row.messageId !== null;
}

function carriedBy({ content }: ChatMessage): AttachmentId | null {
  return content.type === 'text' || content.type === 'system' ? null : content.attachment.id;
}
