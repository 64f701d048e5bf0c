import type { UserId } from './ids.js';

export const PRESENCE_STATUSES = ['online', 'away', 'in-call', 'offline'] as const;
/** Of all connections of an account together: in a call with one is in a call; away is away with all. */
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number];

/** `GET users/:id/presence`, of people with whom one shares a room. */
export interface Presence {
  userId: UserId;
  status: PresenceStatus;
  /** ISO 8601, UTC: when the last connection ended. `null` while there is one, when there never was, and for who does not show it. */
  lastSeenAt: string | null;
}

/** Whose presence the page shows now: replaces what was said before. `presence_changed` tells what changes. */
export interface WatchPresenceRequest {
  /** At most `LIMITS.watchedPeople`; those with whom one shares no room are left out. */
  userIds: UserId[];
}

export interface WatchPresenceReply {
  presences: Presence[];
}
