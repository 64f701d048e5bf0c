import type { Page, Role, RoomId, RoomMember, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Transactions } from '../common/database/index.js';
import { decodeCursor, encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { PresenceService } from '../presence/presence.service.js';
import { UsersService } from '../users/users.service.js';
import { RoomMemberEntity } from './room-member.entity.js';

/** Who belongs to which room, and as what. */
@Injectable()
export class MembersService {
  constructor(
    @InjectRepository(RoomMemberEntity) private readonly members: Repository<RoomMemberEntity>,
    private readonly transactions: Transactions,
    private readonly users: UsersService,
    private readonly presence: PresenceService,
  ) {}

  /** `null`: not a member. */
  async roleOf(roomId: RoomId, userId: UserId): Promise<Role | null> {
    return (await this.members.findOneBy({ roomId, userId }))?.role ?? null;
  }

  /** As part of making a room. */
  async addHost(manager: EntityManager, roomId: RoomId, userId: UserId): Promise<void> {
    await manager.insert(RoomMemberEntity, { roomId, userId, role: 'host', joinedAt: new Date() });
  }

  /** Makes one a member, if one is not yet. @returns the role; `null` when the room is gone meanwhile. */
  add(roomId: RoomId, userId: UserId, role: Role): Promise<Role | null> {
    return this.transactions.run(async (manager) => {
      const member = { roomId, userId, role, joinedAt: new Date() };
      await manager.createQueryBuilder().insert().into(RoomMemberEntity).values(member).orIgnore().execute();
      return (await manager.findOneBy(RoomMemberEntity, { roomId, userId }))?.role ?? null;
    });
  }

  /** In the order in which they came. */
  async list(roomId: RoomId, { after, limit }: PageQueryDto): Promise<Page<RoomMember>> {
    const query = this.members
      .createQueryBuilder('member')
      .where('member.roomId = :roomId', { roomId })
      .orderBy('member.joinedAt')
      .addOrderBy('member.userId')
      .take(limit + 1);
    if (after !== undefined) {
      const { at, id } = decodeCursor(after);
      query.andWhere('(member.joinedAt > :at OR (member.joinedAt = :at AND member.userId > :id))', { at, id });
    }
    const rows = await query.getMany();
    const names = await this.users.displayNames(rows.map(({ userId }) => userId));
    return pageOf(rows, limit, {
      cursor: ({ joinedAt, userId }) => encodeCursor({ at: joinedAt, id: userId }),
      describe: ({ userId, role, joinedAt }) => ({
        userId,
        displayName: names.get(userId) ?? '',
        role,
        joinedAt: joinedAt.toISOString(),
        pictureUrl: null,
        inCall: this.presence.isInCall(roomId, userId),
      }),
    });
  }

  /** One's memberships, the newest first: one more than `limit`, to see whether there are more. */
  memberships(userId: UserId, { after, limit }: PageQueryDto): Promise<RoomMemberEntity[]> {
    const query = this.members
      .createQueryBuilder('member')
      .where('member.userId = :userId', { userId })
      .orderBy('member.joinedAt', 'DESC')
      .addOrderBy('member.roomId', 'DESC')
      .take(limit + 1);
    if (after !== undefined) {
      const { at, id } = decodeCursor(after);
      query.andWhere('(member.joinedAt < :at OR (member.joinedAt = :at AND member.roomId < :id))', { at, id });
    }
    return query.getMany();
  }
}
