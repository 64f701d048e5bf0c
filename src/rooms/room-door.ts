import type { Role, RoomId, RoomSlug, RoomSummary, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../auth/identity.js';
import { AppError } from '../common/errors/index.js';
import { MessageStore } from '../messages/message-store.js';
import { PresenceService } from '../presence/presence.service.js';
import { UsersService } from '../users/users.service.js';
import type { Actor } from './actor.js';
import { BansService } from './bans.service.js';
import { InvitesService } from './invites.service.js';
import { type MemberKey, MemberRecords } from './member-records.js';
import { MODERATORS } from './roles.js';
import { type RoomChange, RoomChanges } from './room-changes.js';
import { RoomPasswords } from './room-passwords.js';
import { RoomRecords } from './room-records.js';
import { summaryOf } from './room-summary.js';
import type { RoomEntity } from './room.entity.js';
import { Succession } from './succession.js';

/** The proofs that a person shows at the door. */
export interface Credentials {
  /** The token of an invite. */
  invite?: string | undefined;
  password?: string | undefined;
}

/** The room that a person has entered, and their role there. */
export interface Entry {
  room: RoomSummary;
  role: Role;
}

/**
 * Decides who comes into a room. Members pass. Other people pass when the room's `access` allows it, and are members
 * from then on.
 */
@Injectable()
export class RoomDoor {
  constructor(
    private readonly records: RoomRecords,
    private readonly members: MemberRecords,
    private readonly bans: BansService,
    private readonly invites: InvitesService,
    private readonly passwords: RoomPasswords,
    private readonly succession: Succession,
    private readonly users: UsersService,
    private readonly messages: MessageStore,
    private readonly presence: PresenceService,
    private readonly changes: RoomChanges,
  ) {}

  /**
   * Lets a person into the call, which makes them a member.
   * @throws AppError NOT_FOUND, FORBIDDEN, BANNED, ROOM_LOCKED, ADMISSION_REQUIRED, INVITE_INVALID,
   *   ROOM_PASSWORD_REQUIRED, RATE_LIMITED
   */
  async enter(identity: Identity, slug: RoomSlug, credentials: Credentials = {}): Promise<Entry> {
    const room = await this.records.bySlug(identity, slug);
    const role = await this.roleAtDoor(identity, room);
    return role ? { room: summaryOf(room), role } : this.becomeMember(identity, room, credentials);
  }

  /**
   * The room, if `enter` would let this person in without credentials. Changes nothing.
   * @throws AppError as `enter`
   */
  async assertMayEnter(identity: Identity, slug: RoomSlug): Promise<RoomSummary> {
    const room = await this.records.bySlug(identity, slug);
    if (!(await this.roleAtDoor(identity, room)) && room.access !== 'open') {
      const account = await this.users.find(identity.userId);
      if (room.access === 'lobby' || !account?.guestInviteId) throw refusal(room, {});
    }
    return summaryOf(room);
  }

  /**
   * Checks that a person may wait in the lobby. With `isMember` they need not wait: `enter` lets them in.
   * @throws AppError NOT_FOUND, FORBIDDEN, BANNED, ROOM_LOCKED, WRONG_STATE when the room has no lobby.
   */
  async knock(identity: Identity, slug: RoomSlug): Promise<{ room: RoomSummary; isMember: boolean }> {
    const room = await this.records.bySlug(identity, slug);
    const isMember = (await this.roleAtDoor(identity, room)) !== null;
    if (!isMember && room.access !== 'lobby') throw new AppError('WRONG_STATE', 'This room has no lobby; join it.');
    return { room: summaryOf(room), isMember };
  }

  /**
   * Makes a member of a person in the lobby. Only hosts and moderators may.
   * @returns the person's role, which does not change if they were a member already
   * @throws AppError NOT_FOUND, FORBIDDEN, BANNED, ROOM_LOCKED
   */
  async admit(actor: Actor, roomId: RoomId, userId: UserId): Promise<Role> {
    const lastReadSequence = await this.messages.lastSequence(roomId);
    return this.changes.by(actor, MODERATORS, roomId, async ({ manager, room }) => {
      const known = await this.members.roleOf({ roomId, userId }, manager);
      if (known) return known;
      const account = await this.users.findIn(manager, userId);
      if (!account || (account.guestRoomId !== null && account.guestRoomId !== roomId)) {
        throw new AppError('NOT_FOUND', 'Nobody of this id can be let in.');
      }
      if (room.locked) throw new AppError('ROOM_LOCKED', 'The room is locked: unlock it to let somebody in.');
      await this.bans.assertNone({ roomId, userId }, manager);
      const isGuest = account.guestRoomId !== null;
      return this.add(manager, { roomId, userId, isGuest, inviteId: account.guestInviteId, lastReadSequence });
    });
  }

  /** The person's role; `null` when they are not a member. @throws AppError BANNED, ROOM_LOCKED */
  private async roleAtDoor({ userId }: Identity, room: RoomEntity): Promise<Role | null> {
    const key = { roomId: room.id, userId };
    const role = await this.members.roleOf(key);
    if (!role) await this.bans.assertNone(key);
    // A person in the call is not new: they come through another tab.
    const mayPass = role && (MODERATORS.includes(role) || this.presence.isInCall(room.id, userId));
    if (room.locked && !mayPass) throw locked();
    return role;
  }

  private async becomeMember(identity: Identity, room: RoomEntity, shown: Credentials): Promise<Entry> {
    // Hashing takes a while and needs no lock. Behind the lock, the proven hash must still be the room's.
    const provenHash = await this.provenHash(identity, room, shown);
    const lastReadSequence = await this.messages.lastSequence(room.id);
    return this.changes.of(room.id, (change) => {
      const isPasswordRight = provenHash !== null && provenHash === change.room.passwordHash;
      return this.addNew(change, identity, { ...shown, lastReadSequence, isPasswordRight });
    });
  }

  private async provenHash({ userId }: Identity, room: RoomEntity, { password }: Credentials): Promise<string | null> {
    const { id: roomId, passwordHash } = room;
    if (passwordHash === null || password === undefined) return null;
    const isRight = await this.passwords.verify(passwordHash, { roomId, userId, password });
    return isRight ? passwordHash : null;
  }

  private async addNew(
    change: RoomChange,
    { userId, guestRoomId }: Identity,
    shown: Credentials & { isPasswordRight: boolean; lastReadSequence: number },
  ): Promise<Entry> {
    const { manager, room } = change;
    const key = { roomId: room.id, userId };
    const known = await this.members.roleOf(key, manager);
    if (known) return { room: summaryOf(room), role: known };
    await this.bans.assertNone(key, manager);
    if (room.locked) throw locked();
    const inviteId = await this.open(manager, key, room, shown);
    const { lastReadSequence } = shown;
    const role = await this.add(manager, { ...key, isGuest: guestRoomId !== null, inviteId, lastReadSequence });
    const heir = await this.succession.ensureHost(change);
    return { room: summaryOf(room), role: heir === userId ? 'host' : role };
  }

  /**
   * Opens the door.
   * @returns the id of the invite that opened it; `null` without one.
   * @throws AppError when it stays shut
   */
  private async open(
    manager: EntityManager,
    { roomId, userId }: MemberKey,
    room: RoomEntity,
    shown: Credentials & { isPasswordRight: boolean },
  ): Promise<string | null> {
    if (room.access === 'lobby') throw refusal(room, shown);
    // A guest's invite was counted when the guest's account was made.
    const held = (await this.users.findIn(manager, userId))?.guestInviteId ?? null;
    if (held !== null) return held;
    const used = shown.invite === undefined ? null : await this.invites.use(manager, roomId, shown.invite);
    if (used === null && room.access !== 'open' && !shown.isPasswordRight) throw refusal(room, shown);
    return used;
  }

  /** Begins a membership. Earlier messages do not count as unread. */
  private async add(
    manager: EntityManager,
    { isGuest, ...member }: MemberKey & { isGuest: boolean; inviteId: string | null; lastReadSequence: number },
  ): Promise<Role> {
    const role = isGuest ? 'guest' : 'member';
    await this.members.add(manager, { ...member, role });
    return role;
  }
}

function locked(): AppError {
  return new AppError('ROOM_LOCKED', 'The room is locked: nobody new comes in now.');
}

/** The reason why the door of a room that is not open stays shut for these credentials. */
function refusal({ access }: RoomEntity, { invite, password }: Credentials): AppError {
  if (access === 'lobby') return new AppError('ADMISSION_REQUIRED', 'Ask to be let in; a host or moderator decides.');
  if (access === 'password' && password !== undefined) {
    return new AppError('ROOM_PASSWORD_REQUIRED', 'This is not the room’s password.');
  }
  if (invite !== undefined) return new AppError('INVITE_INVALID', 'This invite is used up, expired or revoked.');
  return access === 'password'
    ? new AppError('ROOM_PASSWORD_REQUIRED', 'This room has a password.')
    : new AppError('FORBIDDEN', 'This room is for members and people with an invite.');
}
