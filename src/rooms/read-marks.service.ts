import type { RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type Repository } from 'typeorm';
import { MessageStore } from '../messages/message-store.js';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { RoomMemberEntity } from './room-member.entity.js';

/** How far each member has read in the chat. */
@Injectable()
export class ReadMarksService {
  constructor(
    @InjectRepository(RoomMemberEntity) private readonly members: Repository<RoomMemberEntity>,
    private readonly transactions: Transactions,
    private readonly messages: MessageStore,
  ) {}

  /** The sequence of the last message that the person has read; 0 without one, and for people who are not members. */
  async of(roomId: RoomId, userId: UserId): Promise<number> {
    return (await this.members.findOneBy({ roomId, userId }))?.lastReadSequence ?? 0;
  }

  /**
   * Moves the mark forward. It never goes back, in whatever order several devices report.
   * @returns where the mark is now, and whether this moved it
   * @throws AppError FORBIDDEN for people who are not members
   */
  async advance(roomId: RoomId, userId: UserId, sequence: number): Promise<{ sequence: number; moved: boolean }> {
    const { affected } = await this.transactions.run((manager) =>
      manager.update(
        RoomMemberEntity,
        { roomId, userId, lastReadSequence: LessThan(sequence) },
        { lastReadSequence: sequence },
      ),
    );
    if (affected === 1) return { sequence, moved: true };
    const member = await this.members.findOneBy({ roomId, userId });
    if (!member) throw new AppError('FORBIDDEN', 'Only members of the room may do this.');
    return { sequence: member.lastReadSequence, moved: false };
  }

  /** The number of messages of others after the person's mark. */
  async unreadIn(roomId: RoomId, userId: UserId): Promise<number> {
    const mark = { roomId, lastReadSequence: await this.of(roomId, userId) };
    return (await this.messages.unreadCounts(userId, [mark])).get(roomId) ?? 0;
  }

  /** The members among these accounts, in their order. */
  async membersAmong(roomId: RoomId, userIds: readonly UserId[]): Promise<UserId[]> {
    const rows = await this.members.find({
      where: { roomId, userId: In([...userIds]) },
      select: { roomId: true, userId: true },
    });
    const members = new Set(rows.map(({ userId }) => userId));
    return userIds.filter((userId) => members.has(userId));
  }
}
