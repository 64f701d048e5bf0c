const SAMPLES = 30;
const MIN_SAMPLES = 5;
const MARGIN_MS = 150;

/**
 * Tells when a video that should move stands still: longer than max(3 × average, average + 150 ms) between two frames
 * (W3C webrtc-stats, `freezeCount`). Freezes are left out of the average of 30 intervals, so that one does not hide the
 * next. An ongoing freeze counts, since a picture that never comes back would not count at all.
 */
export class FreezeMeter {
  count = 0;
  totalMs = 0;
  /** Lengths of the freezes that ended since it was last emptied. */
  durationsMs: number[] = [];
  /** How long it should have moved, so far. */
  watchedMs = 0;
  readonly #intervals = new Float64Array(SAMPLES);
  #samples = 0;
  #sumMs = 0;
  #lastFrameMs: number | null = null;
  #watchedUntilMs: number | null = null;
  /** The part of an ongoing freeze that is counted already. */
  #countedMs: number | null = null;

  frame(nowMs: number): void {
    this.review(nowMs);
    if (this.#lastFrameMs !== null) {
      if (this.#countedMs === null) this.#sample(nowMs - this.#lastFrameMs);
      this.#end();
    }
    this.#lastFrameMs = nowMs;
    this.#watchedUntilMs = nowMs;
  }

  /** The video need not move any more. */
  pause(nowMs: number): void {
    this.review(nowMs);
    this.#end();
    this.#lastFrameMs = null;
    this.#watchedUntilMs = null;
  }

  /** Whether a frame is due: the video moved last and was not paused since. */
  get isMoving(): boolean {
    return this.#lastFrameMs !== null;
  }

  /** Counts what there is of a freeze that goes on. */
  review(nowMs: number): void {
    if (this.#watchedUntilMs !== null) {
      this.watchedMs += nowMs - this.#watchedUntilMs;
      this.#watchedUntilMs = nowMs;
    }
    if (this.#lastFrameMs === null || this.#samples < MIN_SAMPLES) return;
    const intervalMs = nowMs - this.#lastFrameMs;
    const averageMs = this.#sumMs / Math.min(this.#samples, SAMPLES);
    if (intervalMs < Math.max(3 * averageMs, averageMs + MARGIN_MS)) return;
    if (this.#countedMs === null) this.count += 1;
    this.totalMs += intervalMs - (this.#countedMs ?? 0);
    this.#countedMs = intervalMs;
  }

  #end(): void {
    if (this.#countedMs !== null) this.durationsMs.push(this.#countedMs);
    this.#countedMs = null;
  }

  #sample(intervalMs: number): void {
    const at = this.#samples % SAMPLES;
    this.#sumMs += intervalMs - (this.#samples < SAMPLES ? 0 : (this.#intervals[at] ?? 0));
    this.#intervals[at] = intervalMs;
    this.#samples += 1;
  }
}
