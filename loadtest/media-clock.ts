/** What is called about every 20 ms, as an audio encoder is. */
type Tick = (nowMs: number) => void;

const TICK_MS = 5;
const SLOTS = 4;

/** One timer for all peers of a process. They take turns, so that they do not all send in the same moment. */
class MediaClock {
  readonly #slots: Set<Tick>[] = Array.from({ length: SLOTS }, () => new Set());
  #timer: NodeJS.Timeout | null = null;
  #turn = 0;
  #added = 0;

  /** @returns a function that takes it off again. */
  add(tick: Tick): () => void {
    const slot = this.#slots[this.#added++ % SLOTS];
    slot?.add(tick);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    return () => {
      slot?.delete(tick);
      this.#stopWhenIdle();
    };
  }

  #tick(): void {
    const nowMs = performance.now();
    this.#slots[this.#turn++ % SLOTS]?.forEach((tick) => tick(nowMs));
  }

  #stopWhenIdle(): void {
    if (this.#timer === null || this.#slots.some(({ size }) => size > 0)) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}

export const mediaClock = new MediaClock();
