import type { RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type Repository } from 'typeorm';
import { MessageStore } from '../messages/message-store.js';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { RoomMemberEntity } from './room-member.entity.js';

/** What the chat wants to know of members: up to where each has read, and who is one. */
@Injectable()
export class ReadMarksService {
  constructor(
    @InjectRepository(RoomMemberEntity) private readonly members: Repository<RoomMemberEntity>,
    private readonly transactions: Transactions,
    private readonly messages: MessageStore,
  ) {}

  /** The sequence of the last message that they have read; 0 when there is none, or they are not a member. */
  async of(roomId: RoomId, userId: UserId): Promise<number> {
    return (await this.members.findOneBy({ roomId, userId }))?.lastReadSequence ?? 0;
  }

  /**
   * Never goes back, however many devices say it in whatever order.
   * @returns where the mark is now, and whether this moved it
   * @throws AppError FORBIDDEN when they are not a member
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

  /** Messages of others after one's mark in a room. */
  async unreadIn(roomId: RoomId, userId: UserId): Promise<number> {
    const mark = { roomId, lastReadSequence: await this.of(roomId, userId) };
    return (await this.messages.unreadCounts(userId, [mark])).get(roomId) ?? 0;
  }

  /** Those of these accounts that are members, in their order. */
  async membersAmong(roomId: RoomId, userIds: readonly UserId[]): Promise<UserId[]> {
    const rows = await this.members.find({
      where: { roomId, userId: In([...userIds]) },
      select: { roomId: true, userId: true },
    });
    const members = new Set(rows.map(({ userId }) => userId));
    return userIds.filter((userId) => members.has(userId));
  }
}
