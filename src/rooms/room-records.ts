import type { RoomId, RoomSlug } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, type Repository } from 'typeorm';
import type { Identity } from '../auth/identity.js';
import { AppError } from '../common/errors/index.js';
import { RoomEntity } from './room.entity.js';

/** The table of rooms. */
@Injectable()
export class RoomRecords {
  constructor(@InjectRepository(RoomEntity) private readonly rooms: Repository<RoomEntity>) {}

  /** The room of a link. @throws AppError NOT_FOUND, FORBIDDEN for guests of another room. */
  async bySlug({ guestRoomId }: Identity, slug: RoomSlug): Promise<RoomEntity> {
    const room = await this.rooms.findOneBy({ slug });
    if (!room) throw noSuchRoom();
    if (guestRoomId !== null && guestRoomId !== room.id) {
      throw new AppError('FORBIDDEN', 'Guests may enter only the room that they were invited to.');
    }
    return room;
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN for guests of another room. */
  async idOf(identity: Identity, slug: RoomSlug): Promise<RoomId> {
    return (await this.bySlug(identity, slug)).id;
  }

  byIds(ids: RoomId[]): Promise<RoomEntity[]> {
    return this.rooms.findBy({ id: In(ids) });
  }

  /**
   * Locks the room until the transaction ends, and reads it behind the lock. `RoomChanges` begins every change with it.
   * @throws AppError NOT_FOUND
   */
  async lock(manager: EntityManager, id: RoomId): Promise<RoomEntity> {
    const room = await this.lockIfThere(manager, id);
    if (!room) throw noSuchRoom();
    return room;
  }

  /** As `lock`, but `null` when the room is gone. */
  async lockIfThere(manager: EntityManager, id: RoomId): Promise<RoomEntity | null> {
    // Writes the name that is there: a lock that SQLite, MySQL and MariaDB all know.
    await manager.update(RoomEntity, { id }, { name: () => 'name' });
    return manager.findOneBy(RoomEntity, { id });
  }

  async change(manager: EntityManager, id: RoomId, changes: Partial<RoomEntity>): Promise<void> {
    await manager.update(RoomEntity, { id }, changes);
  }
}

function noSuchRoom(): AppError {
  return new AppError('NOT_FOUND', 'There is no such room.');
}
