import type {
  CreateRoomBody,
  Page,
  Role,
  Room,
  RoomId,
  RoomMember,
  RoomSlug,
  RoomSummary,
  UpdateRoomBody,
} from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, type Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Identity } from '../auth/identity.js';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { EventBus } from '../common/events/index.js';
import { encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { PresenceService } from '../presence/presence.service.js';
import { MembersService } from './members.service.js';
import { RoomEntity } from './room.entity.js';
import { slugFor } from './slug.js';

/** Rooms, and what one may do in them. */
@Injectable()
export class RoomsService {
  constructor(
    @InjectRepository(RoomEntity) private readonly rooms: Repository<RoomEntity>,
    private readonly transactions: Transactions,
    private readonly members: MembersService,
    private readonly presence: PresenceService,
    private readonly events: EventBus,
  ) {}

  /** @throws AppError FORBIDDEN for guests. */
  async create({ userId, guestRoomId }: Identity, { name }: CreateRoomBody): Promise<Room> {
    if (guestRoomId !== null) throw new AppError('FORBIDDEN', 'Guests cannot make rooms; register an account.');
    const room: RoomEntity = { id: uuid(), slug: slugFor(name), name, createdAt: new Date(), lastSequence: 0 };
    await this.transactions.run(async (manager) => {
      await manager.insert(RoomEntity, { ...room });
      await this.members.addHost(manager, room.id, userId);
    });
    return this.describe(room, 'host');
  }

  /** The rooms that one is a member of, the newest first. */
  async listMine({ userId }: Identity, query: PageQueryDto): Promise<Page<Room>> {
    const memberships = await this.members.memberships(userId, query);
    const rooms = await this.rooms.findBy({ id: In(memberships.map(({ roomId }) => roomId)) });
    const byId = new Map(rooms.map((room) => [room.id, room]));
    const { items, next } = pageOf(memberships, query.limit, {
      cursor: ({ joinedAt, roomId }) => encodeCursor({ at: joinedAt, id: roomId }),
      describe: ({ roomId, role }) => ({ room: byId.get(roomId), role }),
    });
    // A room that was deleted between the two queries is left out.
    return { items: items.flatMap(({ room, role }) => (room ? [this.describe(room, role)] : [])), next };
  }

  /** Anybody with an account who knows the link. @throws AppError NOT_FOUND, FORBIDDEN */
  async get(identity: Identity, slug: RoomSlug): Promise<Room> {
    const room = await this.find(identity, slug);
    return this.describe(room, await this.members.roleOf(room.id, identity.userId));
  }

  /** The room of a link, without becoming a member. @throws AppError NOT_FOUND, FORBIDDEN */
  async lookUp(identity: Identity, slug: RoomSlug): Promise<RoomSummary> {
    return summaryOf(await this.find(identity, slug));
  }

  /** Lets a person into the call, which makes them a member. @throws AppError NOT_FOUND, FORBIDDEN */
  async enter(identity: Identity, slug: RoomSlug): Promise<{ room: RoomSummary; role: Role }> {
    const room = await this.find(identity, slug);
    const { userId, guestRoomId } = identity;
    const role =
      (await this.members.roleOf(room.id, userId)) ??
      (await this.members.add(room.id, userId, guestRoomId === null ? 'member' : 'guest'));
    if (!role) throw noSuchRoom();
    return { room: summaryOf(room), role };
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN for all but hosts and moderators. */
  async update(identity: Identity, slug: RoomSlug, { name }: UpdateRoomBody): Promise<Room> {
    const { room, role } = await this.assertRole(identity, slug, ['host', 'moderator']);
    if (name === undefined) return this.describe(room, role);
    await this.transactions.run((manager) => manager.update(RoomEntity, { id: room.id }, { name }));
    const renamed: RoomEntity = { ...room, name };
    this.events.publish('room-updated', { room: summaryOf(renamed) });
    return this.describe(renamed, role);
  }

  /** With its messages, members and calls. @throws AppError NOT_FOUND, FORBIDDEN for all but the host. */
  async delete(identity: Identity, slug: RoomSlug): Promise<void> {
    const { room } = await this.assertRole(identity, slug, ['host']);
    await this.transactions.run((manager) => manager.delete(RoomEntity, { id: room.id }));
    this.events.publish('room-deleted', { roomId: room.id });
  }

  /** Links by room; a room that is gone is absent. */
  async slugs(ids: RoomId[]): Promise<Map<RoomId, RoomSlug>> {
    const rooms = await this.rooms.find({ where: { id: In(ids) }, select: { id: true, slug: true } });
    return new Map(rooms.map(({ id, slug }) => [id, slug]));
  }

  async listMembers(identity: Identity, slug: RoomSlug, query: PageQueryDto): Promise<Page<RoomMember>> {
    return this.members.list(await this.memberRoomId(identity, slug), query);
  }

  /** The room of a link, for what only members may see. @throws AppError NOT_FOUND, FORBIDDEN */
  async memberRoomId(identity: Identity, slug: RoomSlug): Promise<RoomId> {
    const { room } = await this.assertRole(identity, slug);
    return room.id;
  }

  /** @throws AppError FORBIDDEN */
  async assertMember({ userId }: Identity, roomId: RoomId): Promise<void> {
    if (!(await this.members.roleOf(roomId, userId)))
      throw new AppError('FORBIDDEN', 'Only members of the room may do this.');
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN */
  async assertRole(
    identity: Identity,
    slug: RoomSlug,
    roles: readonly Role[] = ['host', 'moderator', 'member', 'guest'],
  ): Promise<{ room: RoomEntity; role: Role }> {
    const room = await this.find(identity, slug);
    const role = await this.members.roleOf(room.id, identity.userId);
    if (!role || !roles.includes(role)) {
      throw new AppError(
        'FORBIDDEN',
        roles.length > 1 ? 'You may not do this in this room.' : 'Only the host may do this.',
      );
    }
    return { room, role };
  }

  /** The number of the next chat message, for the caller's transaction: until it ends, nobody else gets one in this room. */
  async takeSequence(manager: EntityManager, roomId: RoomId): Promise<number> {
    const { affected } = await manager.increment(RoomEntity, { id: roomId }, 'lastSequence', 1);
    if (affected !== 1) throw noSuchRoom();
    const room = await manager.findOneOrFail(RoomEntity, {
      where: { id: roomId },
      select: { id: true, lastSequence: true },
    });
    return room.lastSequence;
  }

  private async find({ guestRoomId }: Identity, slug: RoomSlug): Promise<RoomEntity> {
    const room = await this.rooms.findOneBy({ slug });
    if (!room) throw noSuchRoom();
    if (guestRoomId !== null && guestRoomId !== room.id) {
      throw new AppError('FORBIDDEN', 'Guests may enter only the room that they were invited to.');
    }
    return room;
  }

  private describe({ id, slug, name, createdAt }: RoomEntity, role: Role | null): Room {
    const participantCount = this.presence.participantCount(id);
    return {
      ...summaryOf({ id, slug, name }),
      createdAt: createdAt.toISOString(),
      role,
      participantCount,
      unreadCount: 0,
    };
  }
}

function summaryOf({ id, slug, name }: Pick<RoomEntity, 'id' | 'slug' | 'name'>): RoomSummary {
  return { id, slug, name, access: 'open', locked: false, allowUnmute: true };
}

function noSuchRoom(): AppError {
  return new AppError('NOT_FOUND', 'There is no such room.');
}
