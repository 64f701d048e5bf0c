/** A slot as placement sees it. */
export interface SlotLoad {
  index: number;
  /** CPU share of one core, 0..1, over the last sample. */
  cpuRatio: number;
  /** Rooms placed since the CPU was sampled, whose cost does not show yet; may be a fraction. */
  recentPlacements: number;
  peers: number;
}

/** CPU share that a room is expected to cost before it can be measured: about five people in a call. */
const EXPECTED_ROOM_COST = 0.05;
/** Slots this close are equally loaded: the samples are no better. */
const CPU_NOISE = 0.02;

/** @returns the index of the slot with most CPU to spare; among equals, of the one with the fewest people. */
export function placeOn(slots: readonly SlotLoad[]): number | undefined {
  const cost = (slot: SlotLoad): number => slot.cpuRatio + slot.recentPlacements * EXPECTED_ROOM_COST;
  const lowest = Math.min(...slots.map(cost));
  const [best] = slots
    .filter((slot) => cost(slot) <= lowest + CPU_NOISE)
    .sort((a, b) => a.peers - b.peers || a.index - b.index);
  return best?.index;
}

/** A room's part on one slot, as placement sees it. */
export interface RoomPart {
  index: number;
  peers: number;
  /** Consumers that exist. */
  consumers: number;
}

/** Pictures on a page that has not said yet what it shows. */
const EXPECTED_TILES = 9;

/**
 * Where a room takes one more person.
 *
 * @param peersInRoom including the new one: each one's consumption follows from it.
 * @returns the index of the slot, or `undefined` when each part is full and the room should spread to another slot.
 */
export function placeInRoom(
  parts: readonly RoomPart[],
  peersInRoom: number,
  options: { consumersPerSlot: number; audioStreams: number },
): number | undefined {
  const expectedPerPeer = Math.min(peersInRoom - 1, EXPECTED_TILES) + Math.min(peersInRoom - 1, options.audioStreams);
  return parts.find((part) => Math.max(part.consumers, part.peers * expectedPerPeer) < options.consumersPerSlot)?.index;
}
