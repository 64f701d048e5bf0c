import { TIMES, type JoinPhases, type ReportQualityRequest } from '@minimeet/protocol';
import type { PeerTimings } from './peer-stats.js';

interface Reported {
  timings: () => PeerTimings;
  /** So far. */
  freezes: (nowMs: number) => { count: number; totalMs: number; videos: number };
  send: (report: ReportQualityRequest) => void;
}

/** How often it looks whether the phases of the join are known (ms). */
const LOOK_MS = 1_000;

/** Tells the server what only the client sees, as the page does. */
export class QualityReporter {
  readonly #reported: Reported;
  readonly #timer: NodeJS.Timeout;
  #told = { count: 0, totalMs: 0 };
  #phasesTold = false;
  #nextMs = performance.now() + TIMES.qualityIntervalMs;

  constructor(reported: Reported) {
    this.#reported = reported;
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const nowMs = performance.now();
    const timings = this.#reported.timings();
    const phasesKnown = !this.#phasesTold && timings.firstKeyFrameAt !== null;
    if (!phasesKnown && nowMs < this.#nextMs) return;
    if (nowMs >= this.#nextMs) this.#nextMs = nowMs + TIMES.qualityIntervalMs;
    const { count, totalMs, videos } = this.#reported.freezes(nowMs);
    const frozenMs = Math.min(TIMES.reportedMs, Math.round((totalMs - this.#told.totalMs) / Math.max(1, videos)));
    const freezes = count - this.#told.count;
    this.#told = { count, totalMs };
    const report: ReportQualityRequest = { path: 'udp', freezes, frozenMs };
    // Without a picture by now there is none to wait for.
    if (!this.#phasesTold) report.joinPhases = phasesOf(timings);
    this.#phasesTold = true;
    this.#reported.send(report);
  }
}

function phasesOf({ startedAt, welcomeAt, joinedAt, dtlsConnectedAt, firstPacketAt, firstKeyFrameAt }: PeerTimings) {
  const phases: JoinPhases = {};
  const between = (from: number | null, to: number | null): number | undefined =>
    from === null || to === null ? undefined : Math.max(0, to - from);
  const set = (phase: keyof JoinPhases, ms: number | undefined): void => {
    if (ms !== undefined) phases[phase] = Math.round(ms);
  };
  set('socket', between(startedAt, welcomeAt));
  set('ack', between(welcomeAt, joinedAt));
  set('media', between(joinedAt, dtlsConnectedAt));
  set('first_frame', between(dtlsConnectedAt, firstKeyFrameAt));
  set('total', between(startedAt, firstKeyFrameAt ?? firstPacketAt));
  return phases;
}
