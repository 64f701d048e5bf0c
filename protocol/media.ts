import type {
  DtlsParameters,
  IceCandidate,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  SctpParameters,
} from 'mediasoup-client/types';
import type { ConsumerId, ParticipantId, ProducerId, TransportId } from './ids.js';

export type { DtlsParameters, IceCandidate, IceParameters, MediaKind, RtpCapabilities, RtpParameters, SctpParameters };

/** The sources that a participant can publish; each at most once at a time. */
export const MEDIA_SOURCES = ['camera', 'microphone', 'screen', 'screen_audio'] as const;
export type MediaSource = (typeof MEDIA_SOURCES)[number];

/** The sources that are shown as tiles. */
export const VIDEO_SOURCES = ['camera', 'screen'] as const satisfies readonly MediaSource[];
export type VideoSource = (typeof VIDEO_SOURCES)[number];

/** @returns the kind of track that a source carries. */
export function kindOf(source: MediaSource): MediaKind {
  return source === 'camera' || source === 'screen' ? 'video' : 'audio';
}

/** What mediasoup-client's `createSendTransport` and `createRecvTransport` need, as mediasoup's documentation names it. */
export interface TransportOptions {
  id: TransportId;
  iceParameters: IceParameters;
  iceCandidates: IceCandidate[];
  dtlsParameters: DtlsParameters;
  sctpParameters: SctpParameters;
}

/** An entry of `RTCConfiguration.iceServers` (W3C WebRTC). */
export interface IceServer {
  urls: string | string[];
  username?: string;
  credential?: string;
}

/** One published track, as others see it. */
export interface Publication {
  producerId: ProducerId;
  source: MediaSource;
  kind: MediaKind;
  /** Paused by its publisher: muted, or the camera covered. */
  paused: boolean;
}

/** One track to receive: the options of mediasoup-client's `transport.consume`, and whose it is. */
export interface ConsumerOptions {
  id: ConsumerId;
  producerId: ProducerId;
  participantId: ParticipantId;
  source: MediaSource;
  kind: MediaKind;
  rtpParameters: RtpParameters;
}

/** One tile of the page: which picture, at how many device pixels. */
export interface Tile {
  participantId: ParticipantId;
  source: VideoSource;
  /** Device pixels, not CSS pixels. */
  width: number;
  height: number;
}

/**
 * What a client wants to see before it knows who is there: the server picks that many pictures, screens first,
 * then who spoke last, then the longest-present. It holds until the first `set_view`.
 */
export interface InitialView {
  maxTiles: number;
  /** Device pixels of each tile. */
  width: number;
  height: number;
}
