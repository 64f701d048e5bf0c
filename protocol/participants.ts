import type { ParticipantId, RoomId, RoomSlug, UserId } from './ids.js';
import type { Publication } from './media.js';

export const ROLES = ['host', 'moderator', 'member', 'guest'] as const;
/** What one may do in a room; the server's record decides, never a payload. */
export type Role = (typeof ROLES)[number];

/** One person in the call, as everyone in it sees them. */
export interface Participant {
  id: ParticipantId;
  userId: UserId;
  displayName: string;
  role: Role;
  /** ISO 8601, UTC. */
  joinedAt: string;
  publications: Publication[];
  /** A path on this server; `null` without a picture. */
  pictureUrl: string | null;
  /** ISO 8601, UTC: raised since; `null` when it is down. The earliest is the first in line. */
  handRaisedAt: string | null;
  /** Not at the screen, as they say themselves. */
  away: boolean;
}

/** A room, as people in its call see it. */
export interface RoomSummary extends RoomSettings {
  id: RoomId;
  slug: RoomSlug;
  name: string;
}

/**
 * How people who are no members yet may come in. `open`: with the link and an account · `invited`: with an invite ·
 * `password`: with the password · `lobby`: after admission. Members always may; an invite opens all but the lobby.
 */
export const ROOM_ACCESS = ['open', 'invited', 'password', 'lobby'] as const;
export type RoomAccess = (typeof ROOM_ACCESS)[number];

/** What hosts and moderators may change. */
export interface RoomSettings {
  access: RoomAccess;
  /** Nobody new comes into the call but hosts and moderators. */
  locked: boolean;
  /** Members and guests may unmute themselves. */
  allowUnmute: boolean;
}
