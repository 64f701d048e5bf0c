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
}

/** A room, as people in its call see it. */
export interface RoomSummary {
  id: RoomId;
  slug: RoomSlug;
  name: string;
}
