import type { Attachment, ChatMessage } from './chat.js';
import type { ErrorCode } from './errors.js';
import type { ParticipantId, RoomId, RoomSlug, UserId } from './ids.js';
import type { MediaSource } from './media.js';
import type { Role, RoomAccess, RoomSettings } from './participants.js';
import type { Direction, JoinPhases, NetworkPath } from './quality.js';
import type { LeaveReason } from './reasons.js';

/** An account, as its owner sees it. */
export interface User {
  id: UserId;
  /** `null` for a guest. */
  email: string | null;
  displayName: string;
  /** A path on this server; `null` without a picture. `PUT users/me/picture` (multipart, field `file`), `DELETE users/me/picture`. */
  pictureUrl: string | null;
  /** Others may see when one was here last. */
  showLastSeen: boolean;
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
  showLastSeen?: boolean;
}

/** `POST rooms`. */
export interface CreateRoomBody {
  name: string;
  /** `open` when absent. */
  access?: RoomAccess;
  /** With `access: 'password'`, and only then. */
  password?: string;
}

/** `PATCH rooms/:slug` (hosts and moderators). */
export interface UpdateRoomBody {
  name?: string;
  access?: RoomAccess;
  /** A new one; wanted when `access` becomes `password`. */
  password?: string;
  locked?: boolean;
  allowUnmute?: boolean;
}

/** A room, as its members see it. */
export interface Room extends RoomSettings {
  id: RoomId;
  slug: RoomSlug;
  name: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** One's own role; `null` when one is not a member (yet): joining the call makes one. */
  role: Role | null;
  /** People in the call now. */
  participantCount: number;
  /** Messages of others after one's read mark. */
  unreadCount: number;
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
  /** A path on this server; `null` without a picture. */
  pictureUrl: string | null;
}

/** `PATCH rooms/:slug/members/:userId` (hosts). Guests stay guests. `DELETE rooms/:slug/members/me` leaves; `…/:userId` removes (hosts, moderators). */
export interface UpdateMemberBody {
  role: Exclude<Role, 'guest'>;
}

/** `GET rooms/:slug/bans` (hosts and moderators); `DELETE rooms/:slug/bans/:userId` lifts one. */
export interface RoomBan {
  userId: UserId;
  displayName: string;
  /** ISO 8601, UTC. */
  bannedAt: string;
}

/** `POST rooms/:slug/invites`. */
export interface CreateInviteBody {
  /** Seconds from now, up to 30 days; 7 days when absent. */
  expiresInSeconds?: number;
  /** How many guests may come with it; without bound when absent. */
  maxUses?: number;
}

export interface Invite extends InviteSummary {
  /** For `POST auth/guest`, for `join_room`, and for the link `/r/:slug?invite=…`. Told once: the server keeps its hash only. */
  token: string;
}

/** `GET rooms/:slug/invites`: those that can still be used; members see their own, hosts and moderators all. `DELETE rooms/:slug/invites/:id` revokes one. */
export interface InviteSummary {
  id: string;
  createdByName: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  expiresAt: string;
  maxUses: number | null;
  uses: number;
}

/**
 * `GET rooms/:slug/messages?before=&limit=`: newest page first, each page oldest first.
 * `?after=&limit=`: what came after a sequence, oldest first, to fill a gap.
 */
export type MessagePage = Page<ChatMessage>;

/**
 * `GET messages/search?q=` over all rooms that one is in, `GET rooms/:slug/messages/search?q=` in one; the best first.
 * Every word must be there, the last may be a beginning. Narrowed by `sender` (an account), `from` and `to` (ISO 8601), paged by `after`, `limit`.
 */
export type SearchPage = Page<SearchHit>;

export interface SearchHit {
  message: ChatMessage;
  roomSlug: RoomSlug;
  roomName: string;
  /** Where the words stand in the content's text, in UTF-16 code units, from the left, without overlap. */
  highlights: { start: number; end: number }[];
}

/** `POST rooms/:slug/attachments` (multipart, field `file`): `chat_message` sends it by its id, within a day. */
export type UploadedAttachment = Attachment;

/** `GET rooms/:slug/calls`: the newest first. */
export interface Call {
  id: string;
  roomId: RoomId;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** `null` while it goes on. */
  endedAt: string | null;
  participations: CallParticipation[];
}

/** One person's stay in a call. */
export interface CallParticipation {
  id: ParticipantId;
  /** `null` when the account was deleted. */
  userId: UserId | null;
  displayName: string;
  joinedAt: string;
  leftAt: string | null;
  leaveReason: LeaveReason | null;
  /** Such as `web, Chrome 156 on Linux`; `null` when unknown. */
  client: string | null;
  networkPath: NetworkPath | null;
  /** The quality that a tenth of the stay's samples do not exceed; `null` without a sample. */
  quality: Quality | null;
}

/** `good`: as if in one room · `fair`: noticed · `poor`: annoying · `bad`: unusable. */
export const QUALITIES = ['good', 'fair', 'poor', 'bad'] as const;
export type Quality = (typeof QUALITIES)[number];

/** `GET calls/:id`: the call as a timeline, a lane a person. `GET calls/:id/export`: the same samples as CSV. */
export interface CallDetails extends Call {
  participations: CallLane[];
  /** The first answer to “why was it bad?”; `null` when it was good. */
  worstMoment: WorstMoment | null;
}

export interface CallLane extends CallParticipation {
  joinPhases: JoinPhases | null;
  /** How long they were among the active speakers. */
  speakingMs: number;
  /** How often a lost connection was resumed, or lost media rebuilt. */
  reconnects: number;
  /** Oldest first. */
  events: CallEvent[];
  /**
   * Oldest first; at most one a direction every `TIMES.qualityIntervalMs`, and at most 400 a direction (fewer when the call has many lanes).
   * In a longer stay neighbours are merged: the worst loss, jitter, round trip and quality of them, their mean bitrate, and all the time that
   * pictures stood still; `at` is the last one's. The export has every sample.
   */
  samples: QualitySample[];
}

export const CALL_EVENT_TYPES = [
  'published',
  'unpublished',
  'muted',
  'unmuted',
  'connection-lost',
  'connection-resumed',
  'media-lost',
  'media-rebuilt',
  'hand-raised',
  'hand-lowered',
  'muted-by',
  'removed-by',
  'banned-by',
  'admitted-by',
  'role-changed',
  'room-locked',
  'room-unlocked',
  'call-ended-by',
] as const;
export type CallEventType = (typeof CALL_EVENT_TYPES)[number];

export interface CallEvent {
  /** ISO 8601, UTC. */
  at: string;
  type: CallEventType;
  /** Of `published`, `unpublished`, `muted`, `unmuted` and `muted-by`. */
  source: MediaSource | null;
  /** The name of the person who did it, when it was somebody else. */
  actor: string | null;
  /** The new role of `role-changed`. */
  detail: string | null;
}

/**
 * One person's media in one direction, over the time before `at`. What is not known is `null`. Of sound and picture it has the worse one's values:
 * much video would hide that the few packets of the sound are lost.
 */
export interface QualitySample {
  /** ISO 8601, UTC. */
  at: string;
  direction: Direction;
  /** 0..1 */
  lossRatio: number | null;
  jitterMs: number | null;
  roundTripTimeMs: number | null;
  bitrateBps: number | null;
  /** How long pictures stood still, as the client saw it; `down` only. */
  frozenMs: number | null;
  quality: Quality;
}

export interface WorstMoment {
  /** For a person: “12 % loss on Ann's uplink for 3 minutes; everyone else was fine.” */
  sentence: string;
  /** ISO 8601, UTC. */
  startsAt: string;
  endsAt: string;
  /** `null` when it was everybody's. */
  participantId: ParticipantId | null;
}

/** `GET analytics/summary?from=&to=` (administrators): calls that began in this time; the last 7 days when absent. */
export interface AnalyticsSummary {
  /** ISO 8601, UTC. */
  from: string;
  to: string;
  calls: number;
  participations: number;
  /** Of all stays together. */
  participantMinutes: number;
  reconnects: number;
  /** Samples by quality. */
  samples: Record<Quality, number>;
  /** `null` without samples. */
  medianRoundTripTimeMs: number | null;
  p95LossRatio: number | null;
}

/** `GET analytics/worst-rooms` (administrators): calls that go on now, the worst first, at most ten; the ranks of the metrics. */
export interface WorstRoom {
  /** From 1. */
  rank: number;
  roomId: RoomId;
  slug: RoomSlug;
  participants: number;
  /** Mean opinion score of the audio, 1..4.5 (ITU-T G.107). */
  score: number;
  /** 0..1 */
  lossRatio: number;
  /** The newest call of the room, for `GET calls/:id`. */
  callId: string | null;
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
