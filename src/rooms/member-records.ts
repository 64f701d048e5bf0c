import type { Page, Role, RoomId, RoomMember, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { AppError } from '../common/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { PresenceService } from '../presence/presence.service.js';
import { UsersService } from '../users/users.service.js';
import type { Actor } from './actor.js';
import { RoomMemberEntity } from './room-member.entity.js';

/** Names one membership. */
export interface MemberKey {
  roomId: RoomId;
  userId: UserId;
}

/** The roles that can become host, in the order in which they do. */
const SUCCESSORS: Role[] = ['moderator', 'member'];

/** The table of memberships. */
@Injectable()
export class MemberRecords {
  constructor(
    @InjectRepository(RoomMemberEntity) private readonly members: Repository<RoomMemberEntity>,
    private readonly users: UsersService,
    private readonly presence: PresenceService,
  ) {}

  /** The role; `null` for people who are not members. With `manager`, reads in its transaction. */
  async roleOf({ roomId, userId }: MemberKey, manager: EntityManager = this.members.manager): Promise<Role | null> {
    return (await manager.findOneBy(RoomMemberEntity, { roomId, userId }))?.role ?? null;
  }

  /**
   * The role under which the actor acts. With `manager`, reads in its transaction.
   * @throws AppError FORBIDDEN unless it is one of `roles`
   */
  async assertActor(
    { userId, isActingHost = false }: Actor,
    roomId: RoomId,
    roles: readonly Role[],
    manager?: EntityManager,
  ): Promise<Role> {
    const recorded = await this.roleOf({ roomId, userId }, manager);
    const role = isActingHost && recorded === 'member' ? 'moderator' : recorded;
    if (!role || !roles.includes(role)) throw new AppError('FORBIDDEN', refusalFor(roles));
    return role;
  }

  /** Adds a person who is not a member yet. The caller has locked the room, or has just made it. */
  async add(manager: EntityManager, member: Omit<RoomMemberEntity, 'joinedAt'>): Promise<void> {
    await manager.insert(RoomMemberEntity, { ...member, joinedAt: new Date() });
  }

  async setRole(manager: EntityManager, { roomId, userId }: MemberKey, role: Role): Promise<void> {
    await manager.update(RoomMemberEntity, { roomId, userId }, { role });
  }

  async remove(manager: EntityManager, { roomId, userId }: MemberKey): Promise<void> {
    await manager.delete(RoomMemberEntity, { roomId, userId });
  }

  /** The id of the invite with which a member came; `null` without one. */
  async inviteOf(manager: EntityManager, { roomId, userId }: MemberKey): Promise<string | null> {
    return (await manager.findOneBy(RoomMemberEntity, { roomId, userId }))?.inviteId ?? null;
  }

  hostCount(manager: EntityManager, roomId: RoomId): Promise<number> {
    return manager.countBy(RoomMemberEntity, { roomId, role: 'host' });
  }

  /** The next host of a room without one: the longest-serving moderator, else member; never a guest. */
  async nextInLine(manager: EntityManager, roomId: RoomId): Promise<UserId | null> {
    for (const role of SUCCESSORS) {
      const [first] = await manager.find(RoomMemberEntity, {
        where: { roomId, role },
        order: { joinedAt: 'ASC', userId: 'ASC' },
        take: 1,
      });
      if (first) return first.userId;
    }
    return null;
  }

  /** The rooms of a member, in no order. */
  async roomIds(userId: UserId): Promise<RoomId[]> {
    const rows = await this.members.find({ where: { userId }, select: { roomId: true } });
    return rows.map(({ roomId }) => roomId);
  }

  /** The members of a room, in the order in which they came. */
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
    const profiles = await this.users.profiles(rows.map(({ userId }) => userId));
    return pageOf(rows, limit, {
      cursor: ({ joinedAt, userId }) => encodeCursor({ at: joinedAt, id: userId }),
      describe: ({ userId, role, joinedAt }) => ({
        userId,
        displayName: profiles.get(userId)?.displayName ?? '',
        role,
        joinedAt: joinedAt.toISOString(),
        pictureUrl: profiles.get(userId)?.pictureUrl ?? null,
        inCall: this.presence.isInCall(roomId, userId),
      }),
    });
  }

  /** A person's memberships, the newest first. Holds one more than `limit` when there are more. */
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

function refusalFor(roles: readonly Role[]): string {
  if (roles.includes('guest')) return 'Only members of the room may do this.';
  if (roles.includes('member')) return 'Guests may not do this.';
  return roles.includes('moderator') ? 'Only hosts and moderators may do this.' : 'Only a host may do this.';
}
