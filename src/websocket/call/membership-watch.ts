import type { UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus, type Events } from '../../common/events/index.js';
import { UsersService } from '../../users/users.service.js';
import type { Call } from './call.js';
import { Calls } from './calls.js';
import type { Stay } from './stay.js';

/** Applies every change of a room's record to its call at once, and writes it into the call's history. */
@Injectable()
export class MembershipWatch {
  constructor(
    events: EventBus,
    private readonly calls: Calls,
    private readonly users: UsersService,
  ) {
    events.subscribe('member-role-changed', (fact) => this.roleChanged(fact));
    events.subscribe('member-removed', (fact) => this.removed(fact));
    events.subscribe('room-updated', (fact) => this.roomChanged(fact));
  }

  private async roleChanged({ roomId, userId, role, by, at }: Events['member-role-changed']): Promise<void> {
    const call = this.calls.running(roomId);
    const stay = call?.stayOf(userId);
    if (!call || !stay) return;
    call.setRole(stay, role);
    stay.record({ action: 'role-changed', actor: await this.actorOn(call, stay, by), detail: role, at });
  }

  private async removed({ roomId, userId, reason, by, at }: Events['member-removed']): Promise<void> {
    const call = this.calls.running(roomId);
    const stay = call?.stayOf(userId);
    if (!call || !stay) return;
    // A person who leaves the room elsewhere leaves its call here too, and is told so.
    if (reason === 'left') stay.notify('removed', { reason });
    stay.end(reason);
    if (reason === 'left') return;
    const action = reason === 'banned' ? 'banned-by' : 'removed-by';
    stay.record({ action, actor: await this.actorOn(call, stay, by), at });
  }

  private async roomChanged({ room, previous, by, at }: Events['room-updated']): Promise<void> {
    const call = this.calls.running(room.id);
    if (!call || room.locked === previous.locked) return;
    const action = room.locked ? 'room-locked' : 'room-unlocked';
    const doer = by === null ? undefined : call.stayOf(by);
    // An act by somebody outside the call is recorded with everybody in it.
    const stays = doer ? [doer] : call.people;
    const actor = doer ? null : await this.nameOf(call, by);
    for (const stay of stays) stay.record({ action, actor, at });
  }

  /** The name of the person who did it; `null` when it was themselves. */
  private async actorOn(call: Call, { identity }: Stay, by: UserId | null): Promise<string | null> {
    return by === identity.userId ? null : this.nameOf(call, by);
  }

  private async nameOf(call: Call, userId: UserId | null): Promise<string | null> {
    if (userId === null) return null;
    const stay = call.stayOf(userId);
    if (stay) return stay.identity.displayName;
    // The history can do without a name, when the database cannot tell it.
    const names = await this.users.displayNames([userId]).catch(() => new Map<UserId, string>());
    return names.get(userId) ?? null;
  }
}
