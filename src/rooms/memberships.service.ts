import type { Page, Role, RoomBan, RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../auth/identity.js';
import { AppError } from '../common/errors/index.js';
import type { PageQueryDto } from '../common/http/index.js';
import { UsersService } from '../users/users.service.js';
import type { Actor } from './actor.js';
import { BansService } from './bans.service.js';
import { InvitesService } from './invites.service.js';
import { MemberRecords } from './member-records.js';
import { EVERYBODY, HOSTS, MODERATORS } from './roles.js';
import { RoomChanges } from './room-changes.js';
import { Succession } from './succession.js';

/** Changes roles, ends memberships, and lifts bans. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly changes: RoomChanges,
    private readonly members: MemberRecords,
    private readonly bans: BansService,
    private readonly invites: InvitesService,
    private readonly succession: Succession,
    private readonly users: UsersService,
  ) {}

  /**
   * Gives a member another role. Only hosts may; guests stay guests.
   * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT for the last host
   */
  async setRole(actor: Actor, roomId: RoomId, userId: UserId, role: Exclude<Role, 'guest'>): Promise<void> {
    await this.changes.by(actor, HOSTS, roomId, async ({ manager, tell }) => {
      const before = await this.members.roleOf({ roomId, userId }, manager);
      if (!before) throw notAMember();
      if (before === 'guest') throw new AppError('FORBIDDEN', 'Guests stay guests; they can register an account.');
      if (before === role) return;
      if (before === 'host' && (await this.members.hostCount(manager, roomId)) === 1) {
        throw new AppError('CONFLICT', 'You are the only host: make somebody else host first.');
      }
      await this.members.setRole(manager, { roomId, userId }, role);
      tell('member-role-changed', { roomId, userId, role, by: actor.userId, at: new Date() });
    });
  }

  /** Ends the person's own membership. @throws AppError NOT_FOUND, FORBIDDEN for people who are not members */
  async leave(identity: Identity, roomId: RoomId): Promise<void> {
    const { userId } = identity;
    await this.changes.by(identity, EVERYBODY, roomId, async (change) => {
      await this.end(change.manager, roomId, userId);
      change.tell('member-removed', { roomId, userId, reason: 'left', by: null, at: new Date() });
      await this.succession.afterGoing(change);
    });
  }

  /**
   * Ends somebody else's membership. Hosts and moderators may; only a host removes a host. The invites that the person
   * has made are revoked. With `ban` the person cannot come back, the invite with which they came is revoked too, and
   * the person need not be a member.
   * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT for oneself
   */
  async remove(actor: Actor, roomId: RoomId, userId: UserId, { ban }: { ban: boolean }): Promise<void> {
    await this.changes.by(actor, MODERATORS, roomId, async (change) => {
      const { manager, tell } = change;
      if (userId === actor.userId) throw new AppError('CONFLICT', 'To go yourself, leave the room.');
      const role = await this.members.roleOf({ roomId, userId }, manager);
      if (role === 'host' && change.role !== 'host') throw new AppError('FORBIDDEN', 'Only a host may remove a host.');
      if (!role && !ban) throw notAMember();
      const isNews = ban ? await this.ban(manager, roomId, userId) : true;
      await this.end(manager, roomId, userId);
      await this.invites.revokeMadeBy(manager, roomId, userId);
      if (!isNews) return;
      const reason = ban ? 'banned' : 'kicked';
      tell('member-removed', { roomId, userId, reason, by: actor.userId, at: new Date() });
      await this.succession.afterGoing(change);
    });
  }

  /** The bans of a room, for hosts and moderators. @throws AppError FORBIDDEN */
  async listBans(actor: Actor, roomId: RoomId, query: PageQueryDto): Promise<Page<RoomBan>> {
    await this.members.assertActor(actor, roomId, MODERATORS);
    return this.bans.list(roomId, query);
  }

  /** Lifts a ban. Only hosts and moderators may. @throws AppError NOT_FOUND, FORBIDDEN */
  async liftBan(actor: Actor, roomId: RoomId, userId: UserId): Promise<void> {
    await this.changes.by(actor, MODERATORS, roomId, ({ manager }) => this.bans.lift(manager, { roomId, userId }));
  }

  /** @returns whether the ban is new. @throws AppError NOT_FOUND */
  private async ban(manager: EntityManager, roomId: RoomId, userId: UserId): Promise<boolean> {
    const account = await this.users.findIn(manager, userId);
    if (!account) throw new AppError('NOT_FOUND', 'There is no such account.');
    const cameBy = account.guestInviteId ?? (await this.members.inviteOf(manager, { roomId, userId }));
    if (cameBy !== null) await this.invites.revokeOne(manager, roomId, cameBy);
    return this.bans.add(manager, { roomId, userId });
  }

  private async end(manager: EntityManager, roomId: RoomId, userId: UserId): Promise<void> {
    await this.members.remove(manager, { roomId, userId });
    await this.users.forgetGuestInvite(manager, userId, roomId);
  }
}

function notAMember(): AppError {
  return new AppError('NOT_FOUND', 'There is no such member.');
}
