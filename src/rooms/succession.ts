import type { RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EventBus } from '../common/events/index.js';
import { MembersService } from './members.service.js';
import { RoomRecords } from './room-records.js';
import { summaryOf } from './room-summary.js';
import type { RoomEntity } from './room.entity.js';

/** What became of a room whose members changed; to be published after the commit. */
export interface Inheritance {
  roomId: RoomId;
  /** Who became host; `null` when there was one, or nobody can be. */
  heir: UserId | null;
  /** The room before and after it was left by all who could be host; `null` when it was not. */
  opened: { before: RoomEntity; after: RoomEntity } | null;
}

/** A room has a host as long as anybody with an account is a member: when the last host goes, the next in line becomes it. */
@Injectable()
export class Succession {
  constructor(
    private readonly members: MembersService,
    private readonly records: RoomRecords,
    private readonly events: EventBus,
  ) {}

  /** After somebody came: in a room that everybody had left, they are the next. The room is locked by the caller. */
  async afterComing(manager: EntityManager, roomId: RoomId): Promise<Inheritance> {
    return { roomId, heir: await this.crown(manager, roomId), opened: null };
  }

  /**
   * After somebody went. Where nobody is left who could be host, nobody could unlock the room or let anybody in: the lock is
   * taken off, and instead of the lobby an invite opens it. The room is locked by the caller.
   */
  async afterGoing(manager: EntityManager, before: RoomEntity): Promise<Inheritance> {
    const roomId = before.id;
    const heir = await this.crown(manager, roomId);
    const isClosed = before.locked || before.access === 'lobby';
    if (!isClosed || heir !== null || (await this.members.hostCount(manager, roomId)) > 0) {
      return { roomId, heir, opened: null };
    }
    const changes = { locked: false, access: before.access === 'lobby' ? 'invited' : before.access } as const;
    await this.records.change(manager, roomId, changes);
    return { roomId, heir, opened: { before, after: { ...before, ...changes } } };
  }

  publish({ roomId, heir, opened }: Inheritance): void {
    const at = new Date();
    if (heir !== null) {
      this.events.publish('member-role-changed', { roomId, userId: heir, role: 'host', by: null, at });
    }
    if (opened) {
      const { before, after } = opened;
      this.events.publish('room-updated', { room: summaryOf(after), previous: summaryOf(before), by: null, at });
    }
  }

  private async crown(manager: EntityManager, roomId: RoomId): Promise<UserId | null> {
    if ((await this.members.hostCount(manager, roomId)) > 0) return null;
    const heir = await this.members.nextInLine(manager, roomId);
    if (heir !== null) await this.members.setRole(manager, { roomId, userId: heir }, 'host');
    return heir;
  }
}
