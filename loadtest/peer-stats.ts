import type { ConsumerId, MediaKind, MediaSource, ParticipantId } from '@minimeet/protocol';

/** Times of a join's steps: `performance.now()`, ms; `null` until then. Received media counts, and not sent media. */
export interface PeerTimings {
  startedAt: number;
  welcomeAt: number | null;
  joinedAt: number | null;
  iceConnectedAt: number | null;
  dtlsConnectedAt: number | null;
  firstPacketAt: number | null;
  /** The first key frame of any video was complete. */
  firstKeyFrameAt: number | null;
}

/** Everything that a peer received and sent since it was last asked. */
export interface PeerStats {
  /** Those that were closed in between, too. */
  streams: StreamStats[];
  sent: SentStats[];
}

export interface StreamStats {
  consumerId: ConsumerId;
  participantId: ParticipantId;
  source: MediaSource;
  kind: MediaKind;
  /** The server sends nothing on purpose. */
  paused: boolean;
  /** Each counted once. */
  packets: number;
  /** Packets that came or are lost for good; others that may still come are in none of the three. */
  expected: number;
  lost: number;
  /** With their RTP headers. */
  bytes: number;
  /** Interarrival jitter as it is now (RFC 3550, 6.4.1); `null` before the second packet. */
  jitterMs: number | null;
  /** The longest silence beyond the packets' own interval. */
  maxGapMs: number;
  /** Those that a browser could show; 0 for sound. */
  frames: number;
  freezes: {
    count: number;
    totalMs: number;
    /** Lengths of the freezes that ended; an ongoing one is in `count` and `totalMs` already. */
    durationsMs: number[];
  };
  /** How long the video should have moved. */
  watchedMs: number;
  /** From the publisher's sending to the arrival: a value for each packet of sound and each complete frame of video. */
  latenciesMs: number[];
}

export interface SentStats {
  source: MediaSource;
  packets: number;
  bytes: number;
}
