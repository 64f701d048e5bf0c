import type { UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { MemberRecords } from './member-records.js';
import type { RoomChange } from './room-changes.js';
import { RoomRecords } from './room-records.js';
import { summaryOf } from './room-summary.js';

/**
 * Keeps a host in every room that has a member with an account: the next in line becomes host when the last host goes.
 */
@Injectable()
export class Succession {
  constructor(
    private readonly members: MemberRecords,
    private readonly records: RoomRecords,
  ) {}

  /**
   * Makes the next in line host of a room without one.
   * @returns the new host; `null` when there was a host, or nobody can be one
   */
  async ensureHost({ manager, room: { id: roomId }, tell }: RoomChange): Promise<UserId | null> {
    if ((await this.members.hostCount(manager, roomId)) > 0) return null;
    const heir = await this.members.nextInLine(manager, roomId);
    if (heir === null) return null;
    await this.members.setRole(manager, { roomId, userId: heir }, 'host');
    tell('member-role-changed', { roomId, userId: heir, role: 'host', by: null, at: new Date() });
    return heir;
  }

  /**
   * Settles a room that a member has left. When no member can be host, nobody could unlock the room or answer its
   * lobby: the room is unlocked, and its lobby becomes `invited`.
   */
  async afterGoing(change: RoomChange): Promise<void> {
    const { manager, room, tell } = change;
    const heir = await this.ensureHost(change);
    const isClosed = room.locked || room.access === 'lobby';
    if (!isClosed || heir !== null || (await this.members.hostCount(manager, room.id)) > 0) return;
    const opened = { locked: false, access: room.access === 'lobby' ? 'invited' : room.access } as const;
    await this.records.change(manager, room.id, opened);
    const summary = summaryOf({ ...room, ...opened });
    tell('room-updated', { room: summary, previous: summaryOf(room), by: null, at: new Date() });
  }
}
