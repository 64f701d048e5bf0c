import type { ChatMessage } from './chat.js';
import type { ConsumerId, ParticipantId, ProducerId, RoomId, UserId } from './ids.js';
import type { ConsumerOptions, IceServer, MediaSource, RtpCapabilities } from './media.js';
import type { CallReaction, LobbyEntry } from './moderation.js';
import type { Participant, RoomSummary } from './participants.js';
import type { Presence } from './presence.js';
import type { LeaveReason, MediaResetReason, RoomEndReason } from './reasons.js';

/** Every message that the server sends by itself. Only `consumers_opened` wants an ack. */
export interface Notifications {
  welcome: Welcome;
  participant_joined: { participant: Participant };
  participant_left: { participantId: ParticipantId; reason: LeaveReason };
  /** The participant as they are now. */
  participant_updated: { participant: Participant };
  consumers_opened: { consumers: ConsumerOptions[] };
  consumers_changed: { consumers: ConsumerChange[] };
  consumers_closed: { consumerIds: ConsumerId[] };
  layers_wanted: { producers: LayersWanted[] };
  /** Who speaks now, loudest first; empty in silence. */
  active_speakers: { participantIds: ParticipantId[] };
  chat_message: { message: ChatMessage };
  /** The message as it is now: edited, deleted, reacted to. */
  message_changed: { message: ChatMessage };
  typing: { roomId: RoomId; userId: UserId; displayName: string; typing: boolean };
  /** Somebody has read up to here; also oneself, on another device. */
  read: { roomId: RoomId; userId: UserId; sequence: number };
  presence_changed: { presence: Presence };
  /** Of a person in the call; also one's own. */
  reaction: { participantId: ParticipantId; reaction: CallReaction };
  /** One's own microphone or camera was paused, or one's screen ended, by somebody else (by name). */
  muted: { source: MediaSource; by: string };
  /** For hosts and moderators in the call: all who wait now. */
  lobby_changed: { waiting: LobbyEntry[] };
  /** For who waits in the lobby of a room: `admitted` means that `join_room` works now. */
  admission: { room: string; admitted: boolean };
  media_reset: { reason: MediaResetReason };
  room_changed: { room: RoomSummary };
  room_ended: { reason: RoomEndReason };
  /** One's own stay was ended by somebody else. */
  removed: { reason: LeaveReason };
}

export type NotificationName = keyof Notifications;

/** The first message on every connection: what a client needs to load its device before it joins. */
export interface Welcome {
  protocolVersion: string;
  userId: UserId;
  displayName: string;
  routerRtpCapabilities: RtpCapabilities;
  iceServers: IceServer[];
}

/** What the server forwards on a consumer now. */
export interface ConsumerChange {
  id: ConsumerId;
  /** The server sends nothing: not on screen, the publisher paused, or the network cannot carry even the smallest layer. */
  paused: boolean;
  /** The spatial layer that is forwarded, 0 the smallest; absent when nothing is. */
  spatialLayer?: number;
}

/** How much of one's own video anybody watches: layers above `maxSpatialLayer` need not be sent, at -1 nothing need be. */
export interface LayersWanted {
  producerId: ProducerId;
  maxSpatialLayer: number;
}
