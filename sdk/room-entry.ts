import type { InitialView, MediaSource, RoomSlug } from '@minimeet/protocol';
import type { Device } from 'mediasoup-client/types';
import type { ReadHistory } from './history.js';
import type { JoinClock } from './join-clock.js';
import type { MediaSession } from './media-session.js';

export interface JoinOptions {
  /** The size of the picture area before the first `setView`: the server picks whom to show. */
  view?: InitialView;
  /** Published with the join: the others hear of the person and the tracks at once. */
  publish?: { track: MediaStreamTrack; source: MediaSource; paused?: boolean }[];
  /** `false`: take part without media, in the chat only. */
  receive?: boolean;
  /** The token of an invite: makes a member of somebody who is none yet. */
  invite?: string;
  /** Opens a room with a password to somebody who is no member yet. */
  password?: string;
}

/** The result of `MiniMeetClient.join`. */
export interface RoomEntry {
  /** `null`: without media. */
  device: Device | null;
  slug: RoomSlug;
  options: JoinOptions;
  /** Media that was made before the click. */
  prepared: MediaSession | null;
  /** Runs since the click. */
  clock: JoinClock;
  history: ReadHistory;
}
