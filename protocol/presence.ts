import type { UserId } from './ids.js';

export const PRESENCE_STATUSES = ['online', 'away', 'in-call', 'offline'] as const;
/** Covers all connections of an account: `in-call` when one is in a call, `away` when all are away. */
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number];

/** `GET users/:id/presence`, of people with whom one shares a room. */
export interface Presence {
  userId: UserId;
  status: PresenceStatus;
  /** ISO 8601, UTC: when the last connection ended. `null` while there is one, when there never was, and for who does not show it. */
  lastSeenAt: string | null;
}

/** The people whose presence the page shows now replace those before. `presence_changed` tells of changes. */
export interface WatchPresenceRequest {
  /** At most `LIMITS.watchedPeople`; those with whom one shares no room are left out. */
  userIds: UserId[];
}

export interface WatchPresenceReply {
  presences: Presence[];
}
