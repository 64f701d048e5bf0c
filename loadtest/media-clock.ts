/** A function called at the clock's beat. */
type Tick = (nowMs: number) => void;

const BEAT_MS = 5;
/** A slow tick comes every so many beats: every 20 ms, as an audio encoder's. */
const SLOTS = 4;

/**
 * One timer for all peers of a process. It keeps to a grid of 5 ms, since a tester's own unsteady sending would look
 * like jitter of the server. Slow ticks take turns, so that peers do not all send in the same moment.
 */
class MediaClock {
  readonly #slots: Set<Tick>[] = Array.from({ length: SLOTS }, () => new Set());
  readonly #everyBeat = new Set<Tick>();
  #timer: NodeJS.Timeout | null = null;
  #nextMs = 0;
  #turn = 0;
  #added = 0;

  /** @param periodMs how often it is called. @returns a function that takes it off again. */
  add(tick: Tick, periodMs: 5 | 20 = 20): () => void {
    const slot = periodMs === BEAT_MS ? this.#everyBeat : this.#slots[this.#added++ % SLOTS];
    slot?.add(tick);
    if (!this.#timer) {
      this.#nextMs = performance.now();
      this.#schedule();
    }
    return () => {
      slot?.delete(tick);
      this.#stopWhenIdle();
    };
  }

  #schedule(): void {
    this.#nextMs += BEAT_MS;
    const nowMs = performance.now();
    // Beats that a busy process missed are not made up for.
    if (this.#nextMs < nowMs) this.#nextMs = nowMs;
    this.#timer = setTimeout(() => this.#beat(), this.#nextMs - nowMs);
  }

  #beat(): void {
    const nowMs = performance.now();
    this.#schedule();
    this.#everyBeat.forEach((tick) => tick(nowMs));
    this.#slots[this.#turn++ % SLOTS]?.forEach((tick) => tick(nowMs));
  }

  #stopWhenIdle(): void {
    if (this.#timer === null || this.#everyBeat.size > 0 || this.#slots.some(({ size }) => size > 0)) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }
}

export const mediaClock = new MediaClock();
