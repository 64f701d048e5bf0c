import type { ParticipantId, RoomId } from './ids.js';
import type { MediaKind } from './media.js';
import type { Direction } from './quality.js';

/** Whose media a fact is about. */
export interface MediaOwner {
  roomId: RoomId;
  participantId: ParticipantId;
}

/** What passed between a participant and the server since their sample before, in one direction. */
export interface MediaSample extends MediaOwner {
  direction: Direction;
  intervalMs: number;
  /** Of RTP, all kinds. */
  bytes: number;
  /** A kind that does not flow is absent. Going down it is a part of the streams, each in its turn. */
  kinds: Partial<Record<MediaKind, KindSample>>;
}

/** Streams of one kind together: loss by packets, the rest by the worst. Unknown values are `null`. */
export interface KindSample {
  /** Received from the participant, or sent to them: since the sample in which each stream had its turn before. */
  packets: number;
  /** On the way between the participant and the server, before anything is sent again; going down as the receiver reported. */
  packetsLost: number;
  /** 0..1, since the sample before; of a stream whose turn was longer ago, over the receiver's last report. */
  lossRatio: number | null;
  jitterMs: number | null;
  roundTripTimeMs: number | null;
  nacks: number;
  plis: number;
  firs: number;
}

/** Causes of a worker's replacement: it ended by itself, the watchdog killed it as silent, it could not be started. */
export const WORKER_DEATH_CAUSES = ['crash', 'hang', 'start'] as const;
export type WorkerDeathCause = (typeof WORKER_DEATH_CAUSES)[number];

/** Reasons not to send somebody a track: their device cannot take it, which is final; no worker could do it then. */
export const CONSUMER_FAILURES = ['refused', 'unavailable'] as const;
export type ConsumerFailure = (typeof CONSUMER_FAILURES)[number];

/** The facts that the media core tells the server for metrics and history, by name. No client is sent any, and no call waits for one. */
export interface MediaTelemetry {
  /** `iceMs`, `dtlsMs`: from the client's `connect_transport`. */
  'transport-connected': MediaOwner & {
    direction: Direction;
    protocol: 'udp' | 'tcp';
    iceMs: number;
    dtlsMs: number;
  };
  'transport-failed': MediaOwner & { direction: Direction; stage: 'ice' | 'dtls' };
  'ice-restarted': MediaOwner & { direction: Direction };
  /** The participant could not be sent a track; the core tries an `unavailable` one again. */
  'consumer-failed': MediaOwner & { failure: ConsumerFailure };
  /** The participant gets another layer of a video than before. */
  'layer-switched': MediaOwner & { to: 'higher' | 'lower' };
  'media-sampled': MediaSample;
  'worker-died': { slot: number; cause: WorkerDeathCause };
}

/** All names of `MediaTelemetry`. */
export const MEDIA_TELEMETRY = Object.keys({
  'transport-connected': 0,
  'transport-failed': 0,
  'ice-restarted': 0,
  'consumer-failed': 0,
  'layer-switched': 0,
  'media-sampled': 0,
  'worker-died': 0,
} satisfies Record<keyof MediaTelemetry, 0>) as (keyof MediaTelemetry)[];
