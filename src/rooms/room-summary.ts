import type { RoomSummary } from '@minimeet/protocol';
import type { RoomEntity } from './room.entity.js';

/** The room as people in its call see it. */
export function summaryOf({ id, slug, name, access, locked, allowUnmute }: RoomEntity): RoomSummary {
  return { id, slug, name, access, locked, allowUnmute };
}
