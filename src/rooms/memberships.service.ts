import type { Page, Role, RoomBan, RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../auth/identity.js';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { EventBus } from '../common/events/index.js';
import type { PageQueryDto } from '../common/http/index.js';
import { UsersService } from '../users/users.service.js';
import type { Actor } from './actor.js';
import { BansService } from './bans.service.js';
import { InvitesService } from './invites.service.js';
import { MembersService } from './members.service.js';
import { EVERYBODY, HOSTS, MODERATORS } from './roles.js';
import { RoomRecords } from './room-records.js';
import { Succession } from './succession.js';

/** Changes of who belongs to a room, and as what. Each is one transaction behind the room's lock, told after its commit. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly records: RoomRecords,
    private readonly members: MembersService,
    private readonly bans: BansService,
    private readonly invites: InvitesService,
    private readonly succession: Succession,
    private readonly users: UsersService,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** By hosts. @throws AppError NOT_FOUND, FORBIDDEN, also for guests, who stay guests; CONFLICT for the last host. */
  async setRole(actor: Actor, roomId: RoomId, userId: UserId, role: Exclude<Role, 'guest'>): Promise<void> {
    const hasChanged = await this.transactions.run(async (manager) => {
      await this.records.lock(manager, roomId);
      await this.members.assertActor(actor, roomId, HOSTS, manager);
      const before = await this.members.roleOf({ roomId, userId }, manager);
      if (!before) throw notAMember();
      if (before === 'guest') throw new AppError('FORBIDDEN', 'Guests stay guests; they can register an account.');
      if (before === role) return false;
      if (before === 'host' && (await this.members.hostCount(manager, roomId)) === 1) {
        throw new AppError('CONFLICT', 'You are the only host: make somebody else host first.');
      }
      await this.members.setRole(manager, { roomId, userId }, role);
      return true;
    });
    if (!hasChanged) return;
    this.events.publish('member-role-changed', { roomId, userId, role, by: actor.userId, at: new Date() });
  }

  /** One's own membership ends. @throws AppError NOT_FOUND, FORBIDDEN for who is not a member. */
  async leave(identity: Identity, roomId: RoomId): Promise<void> {
    const { userId } = identity;
    const inheritance = await this.transactions.run(async (manager) => {
      const room = await this.records.lock(manager, roomId);
      await this.members.assertActor(identity, roomId, EVERYBODY, manager);
      await this.end(manager, roomId, userId);
      return this.succession.afterGoing(manager, room);
    });
    this.events.publish('member-removed', { roomId, userId, reason: 'left', by: null, at: new Date() });
    this.succession.publish(inheritance);
  }

  /**
   * By hosts and moderators; a moderator cannot do it to a host. Invites that the person has made go with them. With `ban` they
   * cannot come back, and neither can anybody by the invite that they came with; it works on who is no member too.
   * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT for oneself.
   */
  async remove(actor: Actor, roomId: RoomId, userId: UserId, { ban }: { ban: boolean }): Promise<void> {
    const inheritance = await this.transactions.run(async (manager) => {
      const room = await this.records.lock(manager, roomId);
      const actorRole = await this.members.assertActor(actor, roomId, MODERATORS, manager);
      if (userId === actor.userId) throw new AppError('CONFLICT', 'To go yourself, leave the room.');
      const role = await this.members.roleOf({ roomId, userId }, manager);
      if (role === 'host' && actorRole !== 'host') throw new AppError('FORBIDDEN', 'Only a host may remove a host.');
      if (!role && !ban) throw notAMember();
      const isNews = ban ? await this.ban(manager, roomId, userId) : true;
      await this.end(manager, roomId, userId);
      await this.invites.revokeMadeBy(manager, roomId, userId);
      return isNews ? this.succession.afterGoing(manager, room) : null;
    });
    if (!inheritance) return;
    const reason = ban ? 'banned' : 'kicked';
    this.events.publish('member-removed', { roomId, userId, reason, by: actor.userId, at: new Date() });
    this.succession.publish(inheritance);
  }

  /** By hosts and moderators. @throws AppError FORBIDDEN */
  async listBans(actor: Actor, roomId: RoomId, query: PageQueryDto): Promise<Page<RoomBan>> {
    await this.members.assertActor(actor, roomId, MODERATORS);
    return this.bans.list(roomId, query);
  }

  /** By hosts and moderators: the person may come in as anybody may. @throws AppError NOT_FOUND, FORBIDDEN */
  async liftBan(actor: Actor, roomId: RoomId, userId: UserId): Promise<void> {
    await this.transactions.run(async (manager) => {
      await this.records.lock(manager, roomId);
      await this.members.assertActor(actor, roomId, MODERATORS, manager);
      await this.bans.lift(manager, { roomId, userId });
    });
  }

  /** @returns whether they were not banned before. @throws AppError NOT_FOUND */
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
