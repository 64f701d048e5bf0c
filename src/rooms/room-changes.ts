import type { Role, RoomId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Tell, Transactions } from '../common/database/index.js';
import type { Actor } from './actor.js';
import { MemberRecords } from './member-records.js';
import { RoomRecords } from './room-records.js';
import type { RoomEntity } from './room.entity.js';

/** A change of a room that is under way. */
export interface RoomChange {
  manager: EntityManager;
  /** As it is behind the lock, before the change. */
  room: RoomEntity;
  tell: Tell;
}

/**
 * Changes of a room's settings, members, bans and invites. Each is one transaction: the room is locked, the actor's right is looked up
 * behind that lock, and what was told is published after the commit. So changes of one room come one after another, each sees the one
 * before, no two wait for each other, and others hear of them in that order.
 */
@Injectable()
export class RoomChanges {
  constructor(
    private readonly records: RoomRecords,
    private readonly members: MemberRecords,
    private readonly transactions: Transactions,
  ) {}

  /** `work` may run more than once, so it writes to nothing but the database. @throws AppError NOT_FOUND, and as `work` does */
  of<Result>(roomId: RoomId, work: (change: RoomChange) => Promise<Result>): Promise<Result> {
    return this.transactions.telling(roomId, async (manager, tell) =>
      work({ manager, room: await this.records.lock(manager, roomId), tell }),
    );
  }

  /** The same, by an actor who needs one of `roles`. @throws AppError NOT_FOUND, FORBIDDEN, and as `work` does */
  by<Result>(
    actor: Actor,
    roles: readonly Role[],
    roomId: RoomId,
    work: (change: RoomChange & { role: Role }) => Promise<Result>,
  ): Promise<Result> {
    return this.of(roomId, async (change) => {
      const role = await this.members.assertActor(actor, roomId, roles, change.manager);
      return work({ ...change, role });
    });
  }
}
