import type { CreateRoomBody, Page, Role, Room, RoomSlug, UpdateRoomBody } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Identity } from '../auth/identity.js';
import { MessageStore } from '../messages/message-store.js';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { PresenceService } from '../presence/presence.service.js';
import { BansService } from './bans.service.js';
import { MemberRecords } from './member-records.js';
import { ReadMarksService } from './read-marks.service.js';
import { HOSTS } from './roles.js';
import { RoomChanges } from './room-changes.js';
import { RoomPasswords } from './room-passwords.js';
import { RoomRecords } from './room-records.js';
import { assertPasswordFits, RoomSettings } from './room-settings.js';
import { summaryOf } from './room-summary.js';
import { RoomEntity } from './room.entity.js';
import { slugFor } from './slug.js';

/** Rooms, as the REST API has them. */
@Injectable()
export class RoomsService {
  constructor(
    private readonly records: RoomRecords,
    private readonly members: MemberRecords,
    private readonly marks: ReadMarksService,
    private readonly messages: MessageStore,
    private readonly bans: BansService,
    private readonly passwords: RoomPasswords,
    private readonly settings: RoomSettings,
    private readonly transactions: Transactions,
    private readonly changes: RoomChanges,
    private readonly presence: PresenceService,
  ) {}

  /** @throws AppError FORBIDDEN for guests, INVALID_PAYLOAD when `access` and `password` do not go together. */
  async create({ userId, guestRoomId }: Identity, { name, access = 'open', password }: CreateRoomBody): Promise<Room> {
    if (guestRoomId !== null) throw new AppError('FORBIDDEN', 'Guests cannot make rooms; register an account.');
    assertPasswordFits({ access, password, hadPassword: false });
    const room: RoomEntity = {
      id: uuid(),
      slug: slugFor(name),
      name,
      createdAt: new Date(),
      access,
      passwordHash: password === undefined ? null : await this.passwords.hash(password),
      locked: false,
      allowUnmute: true,
    };
    await this.transactions.run(async (manager) => {
      await manager.insert(RoomEntity, { ...room });
      await this.members.add(manager, { roomId: room.id, userId, role: 'host', inviteId: null, lastReadSequence: 0 });
    });
    return this.describe(room, 'host', 0);
  }

  /** The rooms of a member, the newest membership first. */
  async listMine({ userId }: Identity, query: PageQueryDto): Promise<Page<Room>> {
    const memberships = await this.members.memberships(userId, query);
    const rooms = await this.records.byIds(memberships.map(({ roomId }) => roomId));
    const byId = new Map(rooms.map((room) => [room.id, room]));
    const unread = await this.messages.unreadCounts(userId, memberships);
    const { items, next } = pageOf(memberships, query.limit, {
      cursor: ({ joinedAt, roomId }) => encodeCursor({ at: joinedAt, id: roomId }),
      describe: ({ roomId, role }) => ({ room: byId.get(roomId), role }),
    });
    // A room that was deleted between the two queries is left out.
    return {
      items: items.flatMap(({ room, role }) => (room ? [this.describe(room, role, unread.get(room.id) ?? 0)] : [])),
      next,
    };
  }

  /**
   * The room of a link, for everybody with an account. People who are not members learn which door it has.
   * @throws AppError NOT_FOUND, FORBIDDEN, BANNED
   */
  async get(identity: Identity, slug: RoomSlug): Promise<Room> {
    const room = await this.records.bySlug(identity, slug);
    const key = { roomId: room.id, userId: identity.userId };
    const role = await this.members.roleOf(key);
    if (!role) await this.bans.assertNone(key);
    return this.describe(room, role, role ? await this.marks.unreadIn(room.id, identity.userId) : 0);
  }

  /** Changes settings as `RoomSettings` does. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_PAYLOAD */
  async update(identity: Identity, slug: RoomSlug, changes: UpdateRoomBody): Promise<Room> {
    const { room, role } = await this.settings.change(identity, await this.records.idOf(identity, slug), changes);
    return this.describe(room, role, await this.marks.unreadIn(room.id, identity.userId));
  }

  /** Deletes the room with its messages, members and calls. Only hosts may. @throws AppError NOT_FOUND, FORBIDDEN */
  async delete(identity: Identity, slug: RoomSlug): Promise<void> {
    const roomId = await this.records.idOf(identity, slug);
    await this.changes.by(identity, HOSTS, roomId, async ({ manager, tell }) => {
      await manager.delete(RoomEntity, { id: roomId });
      tell('room-deleted', { roomId });
    });
  }

  /** People who are not members learn the room's name and door, not what goes on behind it. */
  private describe(room: RoomEntity, role: Role | null, unreadCount: number): Room {
    return {
      ...summaryOf(room),
      createdAt: room.createdAt.toISOString(),
      role,
      participantCount: role || room.access === 'open' ? this.presence.participantCount(room.id) : 0,
      unreadCount,
    };
  }
}
