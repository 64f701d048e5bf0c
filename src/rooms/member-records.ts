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

/** Whose membership. */
export interface MemberKey {
  roomId: RoomId;
  userId: UserId;
}

/** Whose turn it is first when the last host has gone. */
const SUCCESSORS: Role[] = ['moderator', 'member'];

/** Who belongs to which room, and as what. */
@Injectable()
export class MemberRecords {
  constructor(
    @InjectRepository(RoomMemberEntity) private readonly members: Repository<RoomMemberEntity>,
    private readonly users: UsersService,
    private readonly presence: PresenceService,
  ) {}

  /** `null`: not a member. With `manager`: as part of its transaction. */
  async roleOf({ roomId, userId }: MemberKey, manager: EntityManager = this.members.manager): Promise<Role | null> {
    return (await manager.findOneBy(RoomMemberEntity, { roomId, userId }))?.role ?? null;
  }

  /** What an actor may do as, which must be one of `roles`. @throws AppError FORBIDDEN */
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

  /** Who is no member yet becomes one. The room is locked by the caller, or new. */
  async add(manager: EntityManager, member: Omit<RoomMemberEntity, 'joinedAt'>): Promise<void> {
    await manager.insert(RoomMemberEntity, { ...member, joinedAt: new Date() });
  }

  async setRole(manager: EntityManager, { roomId, userId }: MemberKey, role: Role): Promise<void> {
    await manager.update(RoomMemberEntity, { roomId, userId }, { role });
  }

  async remove(manager: EntityManager, { roomId, userId }: MemberKey): Promise<void> {
    await manager.delete(RoomMemberEntity, { roomId, userId });
  }

  /** The invite that a member came with. */
  async inviteOf(manager: EntityManager, { roomId, userId }: MemberKey): Promise<string | null> {
    return (await manager.findOneBy(RoomMemberEntity, { roomId, userId }))?.inviteId ?? null;
  }

  /** How many hosts there are. */
  hostCount(manager: EntityManager, roomId: RoomId): Promise<number> {
    return manager.countBy(RoomMemberEntity, { roomId, role: 'host' });
  }

  /** Who becomes host when there is none: the longest-serving moderator, else member; never a guest. */
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

  /** All rooms that one is a member of. */
  async roomIds(userId: UserId): Promise<RoomId[]> {
    const rows = await this.members.find({ where: { userId }, select: { roomId: true } });
    return rows.map(({ roomId }) => roomId);
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

function refusalFor(roles: readonly Role[]): string {
  if (roles.includes('guest')) return 'Only members of the room may do this.';
  if (roles.includes('member')) return 'Guests may not do this.';
  return roles.includes('moderator') ? 'Only hosts and moderators may do this.' : 'Only a host may do this.';
}
