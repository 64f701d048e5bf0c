import type { Direction, MediaKind, ParticipantId, RoomId } from '@minimeet/protocol';

/** Whose media it is. */
export interface PeerFacts {
  roomId: RoomId;
  peerId: ParticipantId;
}

/** What passed between one person and the server since their sample before, in one direction. */
export interface MediaSample extends PeerFacts {
  /** `up`: from the person to the server. */
  direction: Direction;
  intervalMs: number;
  /** Of RTP, all kinds. */
  bytes: number;
  /** A kind that does not flow is absent. Going down it is a part of the streams, each in its turn. */
  kinds: Partial<Record<MediaKind, KindSample>>;
}

/** Streams of one kind together: loss by packets, the rest by the worst. What is not known is `null`. */
export interface KindSample {
  /** Received from the person, or sent to them: since the sample in which each stream had its turn before. */
  packets: number;
  /** On the way between the person and the server, before anything is sent again; going down as the receiver reported. */
  packetsLost: number;
  /** 0..1, since the sample before; of a stream whose turn was longer ago, over the receiver's last report. */
  lossRatio: number | null;
  jitterMs: number | null;
  roundTripTimeMs: number | null;
  nacks: number;
  plis: number;
  firs: number;
}

/** Why a worker had to be replaced: it ended by itself, the watchdog killed it since it did not answer, it could not be started. */
export type DeathCause = 'crash' | 'hang' | 'start';

/** What `MediaServer` tells of the media, for metrics and history; nothing in a call waits for it. */
export interface MediaTelemetry {
  /** `iceMs`, `dtlsMs`: from `connectTransport`. */
  'transport-connected': [PeerFacts & { direction: Direction; protocol: 'udp' | 'tcp'; iceMs: number; dtlsMs: number }];
  'transport-failed': [PeerFacts & { direction: Direction; stage: 'ice' | 'dtls' }];
  'ice-restarted': [PeerFacts & { direction: Direction }];
  'layer-switched': [PeerFacts & { to: 'higher' | 'lower' }];
  sampled: [MediaSample];
  'worker-died': [{ slot: number; cause: DeathCause }];
}

/** Tells everybody who listens. One who fails does not concern the teller. */
export type Tell = <Name extends keyof MediaTelemetry>(name: Name, ...facts: MediaTelemetry[Name]) => void;
