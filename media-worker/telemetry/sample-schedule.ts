/** Requests to workers that sampling may make in a second. */
const REQUESTS_PER_SECOND = 100;

/** An object that takes samples when it has its turn. */
export interface Sampled {
  /** Begins a round, unless the one before still goes on. @returns how many requests were sent. */
  sample(): number;
}

/**
 * Gives turns to be sampled: everybody has one in an interval, one after the other, evenly spread. The interval is
 * longer when the workers would be asked more often than the budget allows.
 */
export class SampleSchedule {
  readonly #intervalMs: number;
  /** The time at which each was sampled last, or came (ms); the next one first. */
  readonly #queue = new Map<Sampled, number>();
  #turnAtMs = 0;
  #requests = 0;
  #timer?: NodeJS.Timeout;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  add(sampled: Sampled): void {
    if (this.#queue.size === 0) {
      this.#turnAtMs = performance.now();
    }
    this.#queue.set(sampled, performance.now());
    this.#wait();
  }

  remove(sampled: Sampled): void {
    if (this.#queue.delete(sampled)) {
      this.#wait();
    }
  }

  /** More people, shorter turns. */
  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#queue.size > 0) {
      const gapMs = Math.max(this.#intervalMs / this.#queue.size, (this.#requests * 1_000) / REQUESTS_PER_SECOND);
      this.#timer = setTimeout(
        () => {
          this.#turn();
        },
        Math.max(0, this.#turnAtMs + gapMs - performance.now()),
      ).unref();
    }
  }

  #turn(): void {
    const [next] = this.#queue;
    if (!next) {
      return;
    }
    const [sampled, atMs] = next;
    const nowMs = performance.now();
    // Many who came at once are soon in turn again; a sample of a short time would say little.
    const due = nowMs - atMs >= this.#intervalMs / 2;
    this.#queue.delete(sampled);
    this.#queue.set(sampled, due ? nowMs : atMs);
    this.#turnAtMs = nowMs;
    this.#requests = due ? sampled.sample() : 0;
    this.#wait();
  }
}
