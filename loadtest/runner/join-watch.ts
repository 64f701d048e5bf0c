import type { SyntheticPeer } from '../synthetic-peer.js';
import type { PhaseTimes } from './recorder.js';

/** A join has failed after this long without a connection, or without a picture of somebody who sends one. */
const PATIENCE_MS = 10_000;

interface Watched {
  /** The planned click on “join”, even if the tester was late. Milliseconds of `performance.now()`. */
  scheduledAtMs: number;
  signedInAtMs: number;
  peer: SyntheticPeer;
  /** Whether there is a picture or a voice to wait for. */
  video: boolean;
  sound: boolean;
}

type Outcome = { failure: null; joinedMs: number; phases: PhaseTimes } | { failure: string };

/** Follows one join from the ack to the first picture. */
export class JoinWatch {
  constructor(private readonly watched: Watched) {}

  /** @param nowMs Infinity: there will be no other look. @returns what became of it; `null` while that is open. */
  look(nowMs: number): Outcome | null {
    const { peer, video, sound } = this.watched;
    const { dtlsConnectedAt, firstPacketAt, firstKeyFrameAt, joinedAt } = peer.timings;
    if (joinedAt === null) return null;
    const lastStep = video ? firstKeyFrameAt : sound ? firstPacketAt : dtlsConnectedAt;
    if (lastStep !== null || nowMs === Infinity) return this.#succeeded(joinedAt);
    if (nowMs - joinedAt < PATIENCE_MS) return null;
    if (dtlsConnectedAt === null) return { failure: 'NO_MEDIA_CONNECTION' };
    return { failure: video ? 'NO_PICTURE' : 'NO_SOUND' };
  }

  #succeeded(joinedAtMs: number): Outcome {
    const { scheduledAtMs, signedInAtMs, peer, video, sound } = this.watched;
    const { welcomeAt, iceConnectedAt, dtlsConnectedAt, firstPacketAt, firstKeyFrameAt } = peer.timings;
    const end = video ? firstKeyFrameAt : sound ? firstPacketAt : null;
    const waited = video || sound;
    const phases: PhaseTimes = {
      sign_in: signedInAtMs - scheduledAtMs,
      socket: between(signedInAtMs, welcomeAt),
      ack: between(welcomeAt, joinedAtMs),
      ice: between(joinedAtMs, iceConnectedAt),
      dtls: between(iceConnectedAt, dtlsConnectedAt),
      first_packet: waited ? between(dtlsConnectedAt, firstPacketAt) : undefined,
      first_key_frame: video ? between(firstPacketAt, firstKeyFrameAt) : undefined,
      total: between(scheduledAtMs, end),
    };
    return { failure: null, joinedMs: Math.max(0, joinedAtMs - scheduledAtMs), phases };
  }
}

function between(from: number | null, to: number | null): number | undefined {
  return from === null || to === null ? undefined : to - from;
}
