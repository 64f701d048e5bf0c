import type { ChatMessage } from './chat.js';
import type { ErrorCode } from './errors.js';
import type { RoomId, RoomSlug, UserId } from './ids.js';
import type { Role } from './participants.js';
import type { LeaveReason } from './reasons.js';

/** An account, as its owner sees it. */
export interface User {
  id: UserId;
  /** `null` for a guest. */
  email: string | null;
  displayName: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** `POST auth/register`. The e-mail address is compared without regard to case. */
export interface RegisterBody {
  email: string;
  password: string;
  displayName: string;
}

/** `POST auth/login`. */
export interface LoginBody {
  email: string;
  password: string;
}

/** `POST auth/refresh`, `POST auth/logout`. */
export interface RefreshBody {
  refreshToken: string;
}

/** `POST auth/guest`: an account for one meeting, without a password. */
export interface GuestBody {
  displayName: string;
  /** The token of an invite. */
  invite: string;
}

/** What `register`, `login`, `refresh` and `guest` answer. */
export interface Session {
  /** A JWT, valid 15 minutes; `Authorization: Bearer …`. */
  accessToken: string;
  /** Opaque; valid once, for 30 days. */
  refreshToken: string;
  user: User;
}

/** `PATCH users/me`. */
export interface UpdateUserBody {
  displayName?: string;
}

/** `POST rooms`. */
export interface CreateRoomBody {
  name: string;
}

/** `PATCH rooms/:slug`. */
export interface UpdateRoomBody {
  name?: string;
}

/** A room, as its members see it. */
export interface Room {
  id: RoomId;
  slug: RoomSlug;
  name: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** One's own role; `null` when one is not a member (yet): joining the call makes one. */
  role: Role | null;
  /** People in the call now. */
  participantCount: number;
}

/** One page of a list. `next` goes into the query of the following request. */
export interface Page<Item> {
  items: Item[];
  /** `null` at the end. */
  next: string | null;
}

/** `GET rooms/:slug/members`. */
export interface RoomMember {
  userId: UserId;
  displayName: string;
  role: Role;
  /** ISO 8601, UTC. */
  joinedAt: string;
  inCall: boolean;
}

/** `POST rooms/:slug/invites`. */
export interface CreateInviteBody {
  /** Seconds from now, up to 30 days; 7 days when absent. */
  expiresInSeconds?: number;
  /** How many guests may come with it; without bound when absent. */
  maxUses?: number;
}

export interface Invite {
  /** For `POST auth/guest`, and for the link `/r/:slug?invite=…`. */
  token: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
  maxUses: number | null;
}

/** `GET rooms/:slug/messages?before=&limit=`: newest page first, each page oldest first. */
export type MessagePage = Page<ChatMessage>;

/** `GET rooms/:slug/calls`, `GET calls/:id`. */
export interface Call {
  id: string;
  roomId: RoomId;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** `null` while it goes on. */
  endedAt: string | null;
  participations: CallParticipation[];
}

export interface CallParticipation {
  /** `null` when the account was deleted. */
  userId: UserId | null;
  displayName: string;
  joinedAt: string;
  leftAt: string | null;
  leaveReason: LeaveReason | null;
}

/** Every REST error: a problem document (RFC 9457), `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** A sentence for a person. */
  detail: string;
  code: ErrorCode;
  retryable: boolean;
  /** For `INVALID_PAYLOAD`: sentences by field. */
  details?: Record<string, string[]>;
}
