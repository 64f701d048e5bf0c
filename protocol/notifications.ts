import type { ChatMessage } from './chat.js';
import type { ConsumerId, ParticipantId, ProducerId, RoomId, UserId } from './ids.js';
import type { ConsumerOptions, IceServer, MediaSource, RtpCapabilities } from './media.js';
import type { CallReaction, LobbyEntry } from './moderation.js';
import type { Participant, RoomSummary } from './participants.js';
import type { Presence } from './presence.js';
import type { LeaveReason, MediaResetReason, RoomEndReason } from './reasons.js';

/**
 * Every message that the server sends by itself. Only `consumers_opened` wants an ack. The values say types to the
 * compiler; at run time only the names are there, so nothing reads the values.
 */
const TABLE = {
  welcome: {} as Welcome,
  /** Somebody is in the call now. Of somebody known already it means what `participant_updated` means. */
  participant_joined: {} as { participant: Participant },
  /** Somebody is out of the call. */
  participant_left: {} as { participantId: ParticipantId; reason: LeaveReason },
  /** The participant as they are now. */
  participant_updated: {} as { participant: Participant },
  /** Consumers to make, all of one turn together; the ack resumes them. */
  consumers_opened: {} as { consumers: ConsumerOptions[] },
  /** The server forwards more or less on these consumers. */
  consumers_changed: {} as { consumers: ConsumerChange[] },
  /** Consumers that have ended. */
  consumers_closed: {} as { consumerIds: ConsumerId[] },
  /** How much of one's own video anybody watches. */
  layers_wanted: {} as { producers: LayersWanted[] },
  /** Everybody who speaks now, loudest first; empty in silence. */
  active_speakers: {} as { participantIds: ParticipantId[] },
  /** A new message in a chat that is open. */
  chat_message: {} as { message: ChatMessage },
  /** The message as it is now: edited, deleted, reacted to. */
  message_changed: {} as { message: ChatMessage },
  /** Somebody types, or has stopped. */
  typing: {} as { roomId: RoomId; userId: UserId; displayName: string; typing: boolean },
  /** Somebody has read up to here; also oneself, on another device. */
  read: {} as { roomId: RoomId; userId: UserId; sequence: number },
  /** How somebody who is watched is now. */
  presence_changed: {} as { presence: Presence },
  /** An emoji of a person in the call; also one's own. */
  reaction: {} as { participantId: ParticipantId; reaction: CallReaction },
  /** One's own microphone or camera was paused, or one's screen ended, by somebody else (by name). */
  muted: {} as { source: MediaSource; by: string },
  /** All who wait in the lobby now; for hosts and moderators in the call. */
  lobby_changed: {} as { waiting: LobbyEntry[] },
  /** The answer to `request_admission`: with `admitted`, `join_room` works now. */
  admission: {} as { room: string; admitted: boolean },
  /** One's own media has ended, one's stay has not: `join_room` makes new media. */
  media_reset: {} as { reason: MediaResetReason },
  /** The room as it is now: its name, access, lock or `allowUnmute`. */
  room_changed: {} as { room: RoomSummary },
  /** Everybody is out of the call. */
  room_ended: {} as { reason: RoomEndReason },
  /** One's own stay was ended by somebody else. */
  removed: {} as { reason: LeaveReason },
};

export type Notifications = typeof TABLE;
export type NotificationName = keyof Notifications;

export const NOTIFICATION_NAMES = Object.keys(TABLE) as NotificationName[];

/** The first message on every connection: what a client needs to load its device before it joins. */
export interface Welcome {
  protocolVersion: string;
  userId: UserId;
  displayName: string;
  routerRtpCapabilities: RtpCapabilities;
  iceServers: IceServer[];
}

/** The state of a consumer as the server has it now. */
export interface ConsumerChange {
  id: ConsumerId;
  /**
   * The server sends nothing: not on screen, the publisher paused, or the network cannot carry even the smallest layer.
   */
  paused: boolean;
  /** The spatial layer that is forwarded, 0 the smallest; absent when nothing is. */
  spatialLayer?: number;
}

/**
 * How much of one's own video anybody watches: layers above `maxSpatialLayer` need not be sent, at -1 nothing need be.
 */
export interface LayersWanted {
  producerId: ProducerId;
  maxSpatialLayer: number;
}
