import type { ChatMessage, MessageId, RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { type EntityManager, In, LessThan, MoreThan } from 'typeorm';
import { Transactions } from '../common/database/index.js';
import { AppError, isDatabaseDown, isDuplicate, isMissingReference } from '../common/errors/index.js';
import { ChatMessageEntity } from './chat-message.entity.js';
import { ChatSequenceEntity } from './chat-sequence.entity.js';
import { assertSentAgain } from './message-rules.js';
import { describeRows } from './message-rows.js';
import { type MessageChange, type MessageRange, MessageStore, type Outcome, type ReadMark } from './message-store.js';
import { SqlChanges } from './sql-changes.js';

/** Messages in SQLite, MySQL or MariaDB. */
@Injectable()
export class SqlMessageStore extends MessageStore {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly transactions: Transactions,
  ) {
    super();
  }

  async write(roomId: RoomId, changes: readonly MessageChange[]): Promise<Outcome[]> {
    try {
      return await this.transactions.run((manager) => new SqlChanges(manager, roomId).apply(changes));
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      const [change, ...others] = changes;
      if (change && others.length === 0) {
        return [await this.sentBefore(error, roomId, change).catch((failure: unknown) => ({ failure }))];
      }
      // One of them is to blame, and the rollback took the others back with it.
      return this.writeOneByOne(roomId, changes);
    }
  }

  async page(roomId: RoomId, { before, after, limit }: MessageRange): Promise<ChatMessage[]> {
    const isForward = after !== undefined;
    const sequence = isForward ? MoreThan(after) : before !== undefined ? LessThan(before) : undefined;
    const rows = await this.manager.find(ChatMessageEntity, {
      where: { roomId, ...(sequence && { sequence }) },
      order: { sequence: isForward ? 'ASC' : 'DESC' },
      take: limit,
    });
    return describeRows(this.manager, isForward ? rows : rows.reverse());
  }

  async find(ids: readonly MessageId[]): Promise<ChatMessage[]> {
    return describeRows(this.manager, await this.manager.findBy(ChatMessageEntity, { id: In([...ids]) }));
  }

  async lastSequence(roomId: RoomId): Promise<number> {
    return (await this.manager.findOneBy(ChatSequenceEntity, { roomId }))?.lastSequence ?? 0;
  }

  async unreadCounts(userId: UserId, marks: readonly ReadMark[]): Promise<Map<RoomId, number>> {
    if (marks.length === 0) return new Map();
    // All messages after the mark, less those that do not count: both are read from an index, and the second are few.
    const rows = await this.manager.query<{ roomId: RoomId; unread: number | string }[]>(
      `SELECT counter.roomId, counter.lastSequence - mark.sequence
         - (SELECT COUNT(*) FROM chat_message AS own
             WHERE own.senderId = ? AND own.roomId = mark.roomId AND own.sequence > mark.sequence AND own.isQuiet = 0)
         - (SELECT COUNT(*) FROM chat_message AS quiet
             WHERE quiet.roomId = mark.roomId AND quiet.isQuiet = 1 AND quiet.sequence > mark.sequence) AS unread
       FROM (${marks.map(() => 'SELECT ? AS roomId, ? AS sequence').join(' UNION ALL ')}) AS mark
       INNER JOIN chat_sequence AS counter ON counter.roomId = mark.roomId AND counter.lastSequence > mark.sequence`,
      [userId, ...marks.flatMap(({ roomId, lastReadSequence }) => [roomId, lastReadSequence])],
    );
    return new Map(rows.map(({ roomId, unread }) => [roomId, Number(unread)]));
  }

  private async writeOneByOne(roomId: RoomId, changes: readonly MessageChange[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const change of changes) {
      try {
        outcomes.push(...(await this.write(roomId, [change])));
      } catch (failure) {
        outcomes.push({ failure });
      }
    }
    return outcomes;
  }

  /** @returns the message that its id has stood for before. @throws the reason why the change could not be made */
  private async sentBefore(error: unknown, roomId: RoomId, change: MessageChange): Promise<Outcome> {
    if (isMissingReference(error)) throw new AppError('NOT_FOUND', 'There is no such room.');
    if (change.kind !== 'append' || !isDuplicate(error)) throw error;
    const [message] = await this.find([change.id]);
    // It went with its room meanwhile.
    if (!message) throw error;
    assertSentAgain(message, roomId, change);
    return { message, changed: false };
  }
}
