import type {
  CallEventType,
  ChatMessage,
  ErrorCode,
  LeaveReason,
  MediaResetReason,
  MediaSource,
  MediaTelemetry,
  ParticipantId,
  PresenceStatus,
  ReportQualityRequest,
  RequestName,
  Role,
  RoomId,
  RoomSlug,
  RoomSummary,
  UserId,
} from '@minimeet/protocol';

/** One person's stay in the call of a room. */
export interface StayFacts {
  roomId: RoomId;
  slug: RoomSlug;
  participantId: ParticipantId;
  userId: UserId;
  displayName: string;
  at: Date;
}

/** The facts of the media core, with the time at which they were told. */
type MediaEvents = { [Name in keyof MediaTelemetry]: MediaTelemetry[Name] & { at: Date } };

export type MediaSampleFacts = MediaEvents['media-sampled'];

/** Moderation in the history of a call, raised hands included. */
export type ModerationAction = Exclude<
  CallEventType,
  Events['publication-changed']['change'] | 'connection-lost' | 'connection-resumed' | 'media-lost' | 'media-rebuilt'
>;

/** Past facts, by name. Facts about the database are published after the commit. */
export interface Events extends MediaEvents {
  'participant-joined': StayFacts & { /** See `CallParticipation.client`. */ client: string | null };
  'participant-left': StayFacts & { reason: LeaveReason };
  /** The socket is lost, the grace time runs; and it was resumed in time. */
  'connection-lost': StayFacts;
  'connection-resumed': StayFacts & { lostMs: number };
  /** The media is gone, the stay goes on; and the client has new media. */
  'media-lost': StayFacts & { reason: MediaResetReason };
  'media-rebuilt': StayFacts;
  'publication-changed': StayFacts & {
    source: MediaSource;
    change: 'published' | 'unpublished' | 'muted' | 'unmuted';
    /** Muted or ended by somebody else: then 'moderated' has said so. */
    byOther: boolean;
  };
  /** Something was done to this stay, or said with it. */
  moderated: StayFacts & {
    action: ModerationAction;
    source: MediaSource | null;
    /** By name, when it was somebody else. */
    actor: string | null;
    /** The new role of `role-changed`. */
    detail: Role | null;
  };
  /** So many wait to be let into the room now. */
  'lobby-changed': { roomId: RoomId; waiting: number };
  /** The role of somebody in the call, by the room's record or as the acting host. */
  'role-in-call-changed': StayFacts & { role: Role };
  /** The people who speak from now on; empty in silence. */
  'speakers-changed': { roomId: RoomId; participantIds: ParticipantId[]; at: Date };
  'quality-reported': StayFacts & { report: ReportQualityRequest };

  /** A `join_room` was answered. */
  'join-attempted': { kind: 'enter' | 'resume' | 'rebuild'; failure: ErrorCode | null; durationMs: number };
  /** A request of a socket was answered; `unknown`: its name is not known. */
  'request-answered': { event: RequestName | 'unknown'; failure: ErrorCode | null; durationMs: number };

  /** `room` is as it is now. */
  'room-updated': { room: RoomSummary; previous: RoomSummary; by: UserId | null; at: Date };
  'room-deleted': { roomId: RoomId };
  /** A membership ended; `banned` also when there was none. `by` is the account that did it; `null` when they left. */
  'member-removed': {
    roomId: RoomId;
    userId: UserId;
    reason: 'left' | 'kicked' | 'banned';
    by: UserId | null;
    at: Date;
  };
  /** `by` is the account that did it; `null` when the room had no host any more and the next in line became it. */
  'member-role-changed': { roomId: RoomId; userId: UserId; role: Role; by: UserId | null; at: Date };
  /** Somebody ended the call for all. */
  'call-ended': { roomId: RoomId; by: UserId; at: Date };
  /**
   * A message is in a chat; and it was edited, deleted or reacted to. `origin`: the asking connection's Socket.IO id.
   */
  'chat-stored': { message: ChatMessage; origin: string | null };
  'chat-changed': { message: ChatMessage; origin: string | null };
  /** Whether an account is there, as others may know it. */
  'presence-changed': { userId: UserId; status: PresenceStatus };
  /** An account's name or picture, as they are now. */
  'user-updated': { userId: UserId; displayName: string; pictureUrl: string | null };
  /** An account has no connection any more; it may come back at once. */
  'last-connection-closed': { userId: UserId; at: Date };
  /** The call history could not be written fast enough, or not at all: this many rows are missing in it. */
  'analytics-dropped': { rows: number };
  /** One statement; a transaction's beginning and end count too. */
  'database-queried': { durationMs: number; succeeded: boolean };
}
