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
  /** The room behind the lock, before the change. */
  room: RoomEntity;
  tell: Tell;
}

/**
 * Runs changes of a room's settings, members, bans and invites. Each change is one transaction: it locks the room,
 * looks up the actor's role behind that lock, and publishes its facts after the commit. So changes of one room come one
 * after another, each sees the one before, and subscribers hear of them in that order.
 */
@Injectable()
export class RoomChanges {
  constructor(
    private readonly records: RoomRecords,
    private readonly members: MemberRecords,
    private readonly transactions: Transactions,
  ) {}

  /**
   * A change by nobody in particular. `work` may run more than once, so it writes to nothing but the database.
   * @throws AppError NOT_FOUND, and as `work` does
   */
  of<Result>(roomId: RoomId, work: (change: RoomChange) => Promise<Result>): Promise<Result> {
    return this.transactions.telling(roomId, async (manager, tell) =>
      work({ manager, room: await this.records.lock(manager, roomId), tell }),
    );
  }

  /**
   * A change by an actor. `work` gets the role under which they act.
   * @throws AppError NOT_FOUND, FORBIDDEN unless that role is one of `roles`, and as `work` does
   */
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
