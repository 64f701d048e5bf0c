/** How packets travel between a client and the server; `relay`: through a TURN server of the client's. */
export const NETWORK_PATHS = ['udp', 'tcp', 'relay'] as const;
export type NetworkPath = (typeof NETWORK_PATHS)[number];

/** Seen from the person: `up` is what they send, `down` what they receive. */
export const DIRECTIONS = ['up', 'down'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/**
 * The parts of a join as the client lives them, one after the other; `total` is from the click to the first picture (or packet)
 * of somebody else.
 *
 * - `socket`: to the server's `welcome` · `ack`: `join_room` to its ack · `media`: from there until a transport is connected
 * - `first_frame`: from there to the first decoded frame (a client that does not decode: the first key frame)
 */
export const JOIN_PHASES = ['socket', 'ack', 'media', 'first_frame', 'total'] as const;
export type JoinPhase = (typeof JOIN_PHASES)[number];
/** Milliseconds; a phase that did not happen, such as a frame in an empty room, is absent. */
export type JoinPhases = Partial<Record<JoinPhase, number>>;

/** Measurements that only the client can make. Sent about every 10 s; values cover the time since the report before. */
export interface ReportQualityRequest {
  /** Once, when they are known. */
  joinPhases?: JoinPhases;
  path?: NetworkPath;
  /** How often videos that should have moved stood still (W3C webrtc-stats: `freezeCount`). */
  freezes?: number;
  /** How long one of them stood still on average: of `totalFreezesDuration`, by the number of videos. */
  frozenMs?: number;
}
