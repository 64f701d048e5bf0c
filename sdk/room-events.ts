import type {
  CallReaction,
  LeaveReason,
  LobbyEntry,
  MediaSource,
  Participant,
  ParticipantId,
  RoomEndReason,
  RoomSettings,
  RoomSummary,
} from '@minimeet/protocol';
import type { ConnectionState } from './chat.js';
import type { MiniMeetError } from './errors.js';
import type { LocalPublication } from './local-publication.js';
import type { MediaState } from './media-session.js';
import type { RemoteTrack } from './remote-tracks.js';

export type EndReason = LeaveReason | RoomEndReason;

/** Each event follows the change of the room's properties. `Room.chat` tells the events of its chat. */
export interface RoomEvents {
  'participant-joined': [Participant];
  'participant-left': [Participant, LeaveReason];
  /** Also oneself. */
  'participant-updated': [Participant];
  'track-added': [RemoteTrack];
  'track-changed': [RemoteTrack];
  'track-removed': [RemoteTrack];
  /** Loudest first; empty in silence. */
  'active-speakers': [ParticipantId[]];
  /** For a moment, over the pictures; also one's own. */
  reaction: [{ participantId: ParticipantId; reaction: CallReaction }];
  /**
   * Somebody else paused one's microphone or camera, or ended one's screen. `by`: a name, `null` while one was away.
   */
  muted: [{ source: MediaSource; by: string | null }];
  /** The people who wait now, for hosts and moderators. */
  'lobby-changed': [readonly LobbyEntry[]];
  'settings-changed': [RoomSettings];
  /** Its name. */
  'room-changed': [RoomSummary];
  'connection-changed': [ConnectionState];
  'media-changed': [MediaState];
  /** One of one's own tracks is not sent any more. */
  'publication-closed': [LocalPublication];
  /** The stay is over, for whatever reason; `left` is one's own `leave()`. Nothing brings it back by itself. */
  ended: [EndReason];
  /** Something failed that no call is waiting for. */
  error: [MiniMeetError];
}
