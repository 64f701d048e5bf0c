import type { Role, RoomId, RoomSlug } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../auth/identity.js';
import { MemberRecords } from './member-records.js';
import { EVERYBODY } from './roles.js';
import { RoomRecords } from './room-records.js';
import type { RoomEntity } from './room.entity.js';

/** A room, as lists of things of several rooms name it. */
export type MemberRoom = Pick<RoomEntity, 'id' | 'slug' | 'name'>;

/** Rooms for features that are their members' only. */
@Injectable()
export class MemberRooms {
  constructor(
    private readonly records: RoomRecords,
    private readonly members: MemberRecords,
  ) {}

  /** The room of a link, and the member's role there. @throws AppError NOT_FOUND, FORBIDDEN */
  async find(identity: Identity, slug: RoomSlug): Promise<{ room: MemberRoom; role: Role }> {
    const room = await this.records.bySlug(identity, slug);
    return { room, role: await this.members.assertActor(identity, room.id, EVERYBODY) };
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN */
  async idOf(identity: Identity, slug: RoomSlug): Promise<RoomId> {
    const { room } = await this.find(identity, slug);
    return room.id;
  }

  /** @throws AppError FORBIDDEN */
  async assertMember(identity: Identity, roomId: RoomId): Promise<void> {
    await this.members.assertActor(identity, roomId, EVERYBODY);
  }

  /** All rooms of a member, in no order. A guest has at most one. */
  async of({ userId }: Identity): Promise<MemberRoom[]> {
    return this.records.byIds(await this.members.roomIds(userId));
  }

  /** The links of rooms, by id. Rooms that are gone are absent. */
  async slugs(ids: RoomId[]): Promise<Map<RoomId, RoomSlug>> {
    const rooms = await this.records.byIds(ids);
    return new Map(rooms.map(({ id, slug }) => [id, slug]));
  }
}
