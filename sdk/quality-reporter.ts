import { kindOf, TIMES, type NetworkPath, type Participant, type ReportQualityRequest } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import { FreezeCounter } from './freeze-counter.js';
import type { JoinClock } from './join-clock.js';
import { delay } from './retry.js';
import { hasPackets, hasPicture, networkPathOf, type StatsReport } from './received-stats.js';
import type { RemoteTrack } from './remote-tracks.js';
import type { Requester } from './signalling.js';

/** The media that is received now. */
interface ReceivedMedia {
  tracks: ReadonlyMap<string, RemoteTrack>;
  /** `null` without media. */
  stats: () => Promise<StatsReport | null>;
}

interface ReporterOptions {
  requester: Requester;
  clock: JoinClock;
  received: ReceivedMedia;
  intervalMs?: number;
}

/** The end of a join: a picture or sound of somebody who is there already, an open path for it, or the ack. */
type JoinGoal = 'picture' | 'sound' | 'path' | 'nothing';

/** The first picture is looked for this often, less often after `CLOSELY_MS`: asking costs the browser 1 to 2 ms. */
const LOOK_CLOSELY_MS = 50;
const LOOK_MS = 500;
const CLOSELY_MS = 3_000;
/** A join that has shown nothing after this long is reported as it is. */
const JOIN_WATCH_MS = 60_000;
/** Somebody sends a picture, and it is not opened in this time: one does not want to see it. */
const UNSEEN_MS = 5_000;

/**
 * Reports measurements that only the client can make: how the join went, the network path, pictures that stood still.
 * Never disturbs the call.
 */
export class QualityReporter {
  readonly #requester: Requester;
  readonly #clock: JoinClock;
  readonly #received: ReceivedMedia;
  readonly #intervalMs: number;
  readonly #freezes = new FreezeCounter();
  /** Reports that the server has not accepted yet. */
  #unsent: ReportQualityRequest = {};
  #path: NetworkPath | undefined;
  #firstPacketAt: number | null = null;
  #joinWatched = false;
  #joinTold = false;
  #reporting = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #ended = false;

  constructor({ requester, clock, received, intervalMs = TIMES.qualityIntervalMs }: ReporterOptions) {
    this.#requester = requester;
    this.#clock = clock;
    this.#received = received;
    this.#intervalMs = intervalMs;
  }

  /** Joined. */
  start(waitsFor: JoinGoal): void {
    if (this.#timer !== undefined || this.#ended) return;
    this.#timer = setInterval(() => void this.#report(), this.#intervalMs);
    void this.#watchJoin(waitsFor).then(() => this.#report());
  }

  trackAdded(track: RemoteTrack): void {
    this.#freezes.begin(track);
  }

  trackChanged(track: RemoteTrack): void {
    this.#freezes.follow(track);
  }

  /** Another stay, or other transports: the server does not know their path yet. */
  mediaReplaced(): void {
    this.#path = undefined;
    this.#freezes.reset();
  }

  end(): void {
    this.#ended = true;
    clearInterval(this.#timer);
  }

  async #watchJoin(waitsFor: JoinGoal): Promise<void> {
    const startedAt = performance.now();
    for (;;) {
      const tookMs = performance.now() - startedAt;
      if (this.#ended || tookMs > JOIN_WATCH_MS || (await this.#isJoined(waitsFor, tookMs))) break;
      await delay(tookMs < CLOSELY_MS ? LOOK_CLOSELY_MS : LOOK_MS);
    }
    this.#joinWatched = true;
  }

  async #isJoined(waitsFor: JoinGoal, tookMs: number): Promise<boolean> {
    if (waitsFor === 'nothing') return true;
    if (!this.#clock.has('receiving')) return false;
    if (waitsFor === 'path') return true;
    const stats = await this.#stats();
    if (!stats) return false;
    if (hasPicture(stats)) {
      this.#clock.reach('picture');
      return true;
    }
    if (hasPackets(stats)) this.#firstPacketAt ??= performance.now();
    // Sound may be there before the picture is even announced.
    const isSoundAll = !this.#expectsPicture() && (waitsFor === 'sound' || tookMs > UNSEEN_MS);
    if (this.#firstPacketAt === null || !isSoundAll) return false;
    this.#clock.reach('packet', this.#firstPacketAt);
    return true;
  }

  #expectsPicture(): boolean {
    return [...this.#received.tracks.values()].some(({ kind, paused }) => kind === 'video' && !paused);
  }

  /** Sends news; nothing is sent twice, and a report that fails goes with the next. */
  async #report(): Promise<void> {
    if (this.#reporting || this.#ended) return;
    this.#reporting = true;
    try {
      await this.#collect();
      const report = this.#unsent;
      if (Object.keys(report).length === 0) return;
      await this.#requester.request('report_quality', report);
      this.#unsent = {};
    } catch (thrown) {
      const error = MiniMeetError.from(thrown);
      if (!error.retryable) this.#unsent = {};
      // A server from before there were reports.
      if (error.code === 'UNKNOWN_EVENT') this.end();
    } finally {
      this.#reporting = false;
    }
  }

  async #collect(): Promise<void> {
    if (this.#joinWatched && !this.#joinTold) {
      this.#joinTold = true;
      this.#unsent.joinPhases = this.#clock.phases;
    }
    const stats = await this.#stats();
    if (!stats) return;
    const path = networkPathOf(stats);
    if (path && path !== this.#path) {
      this.#path = path;
      this.#unsent.path = path;
    }
    const counted = this.#freezes.take(stats, this.#received.tracks.values());
    if (!counted) return;
    this.#unsent.freezes = (this.#unsent.freezes ?? 0) + counted.freezes;
    this.#unsent.frozenMs = Math.min(TIMES.reportedMs, (this.#unsent.frozenMs ?? 0) + counted.frozenMs);
  }

  /** The transport may close under the question. */
  #stats(): Promise<StatsReport | null> {
    return this.#received.stats().catch(() => null);
  }
}

/**
 * A join is over with the first picture, or sound, of somebody who is there already; in an empty room, when it could
 * come.
 */
export function joinGoal(hasMedia: boolean, participants: readonly Participant[]): JoinGoal {
  if (!hasMedia) return 'nothing';
  const sent = participants.flatMap(({ publications }) => publications.filter(({ paused }) => !paused));
  if (sent.some(({ source }) => kindOf(source) === 'video')) return 'picture';
  return sent.length > 0 ? 'sound' : 'path';
}
