import type { RoomId } from '@minimeet/protocol';
import type { EventBus } from '../../common/events/index.js';

/** One person's way from the room's door into its call. */
export interface Entrance {
  /** Whether the room or its members have changed since the way began, or since this was asked before. */
  hasChanged(roomId: RoomId): boolean;
  close(): void;
}

/**
 * People between the door and the call. The door looks at the database, then media is made, then they are in. The call
 * does not know them yet, so a removal, a lock or a deletion meanwhile does not reach them; they look back before the
 * last step.
 */
export class Entrances {
  private readonly changedRooms = new Set<Set<RoomId>>();

  constructor(events: EventBus) {
    events.subscribe('member-removed', ({ roomId }) => this.changed(roomId));
    events.subscribe('member-role-changed', ({ roomId }) => this.changed(roomId));
    events.subscribe('room-updated', ({ room }) => this.changed(room.id));
    events.subscribe('room-deleted', ({ roomId }) => this.changed(roomId));
  }

  /** Before the door is asked. */
  open(): Entrance {
    const changed = new Set<RoomId>();
    this.changedRooms.add(changed);
    return { hasChanged: (roomId) => changed.delete(roomId), close: () => this.changedRooms.delete(changed) };
  }

  private changed(roomId: RoomId): void {
    for (const rooms of this.changedRooms) rooms.add(roomId);
  }
}
