import type { InitialView, MediaSource, RoomSlug } from '@minimeet/protocol';
import type { ImpairmentOptions } from './impairment.js';
import type { CameraLayer } from './media-files.js';

export interface SyntheticPeerOptions {
  /** The server's origin. */
  url: string;
  accessToken: string | (() => string | Promise<string>);
  room: RoomSlug;
  /** Published with the join. Default: nothing. */
  publish?: MediaSource[];
  /** The largest layer of the camera. Default: `180p`. */
  resolution?: CameraLayer;
  /** `false`: the camera sends the largest layer only. */
  simulcast?: boolean;
  /** The view to receive before the first `setView`. */
  view?: InitialView;
  /** `false`: joins without media. */
  media?: boolean;
  /** `false`: never acks `consumers_opened`, as a client that hangs. */
  confirmConsumers?: boolean;
  /** `false`: a lost connection or lost media ends its stay. */
  resume?: boolean;
  /** Its client name. Default: `loadtest`. */
  client?: string;
  /** Lifts the server's rate limits. */
  loadTestKey?: string;
  /** Loses and delays its packets. */
  impair?: ImpairmentOptions;
  /** The local address of its media. Default: 127.0.0.1. */
  bindAddress?: string;
}
