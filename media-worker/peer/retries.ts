import { backoffMs, type ProducerId } from '@minimeet/protocol';
import type { PublishedTrack } from '../forwarding/published-track.js';

const WAIT = { fromMs: 1_000, toMs: 10_000 };

/**
 * Tracks that one participant could not get for a passing reason, such as a dying worker; each rests before a new try.
 */
export class Retries {
  readonly #onDue: () => void;
  /** In a row, by track. */
  readonly #failures = new WeakMap<PublishedTrack, number>();
  readonly #resting = new Map<ProducerId, NodeJS.Timeout>();
  /** Drawn once, so that what failed together is tried, and signalled, together. */
  readonly #random = Math.random();

  /** @param onDue is called when a track may be tried again. */
  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  isResting(id: ProducerId): boolean {
    return this.#resting.has(id);
  }

  /** @returns how many tries of this track have failed in a row. */
  failed(track: PublishedTrack): number {
    const failures = (this.#failures.get(track) ?? 0) + 1;
    this.#failures.set(track, failures);
    clearTimeout(this.#resting.get(track.id));
    const rest = setTimeout(
      () => {
        this.#resting.delete(track.id);
        this.#onDue();
      },
      backoffMs(failures - 1, WAIT, this.#random),
    ).unref();
    this.#resting.set(track.id, rest);
    return failures;
  }

  succeeded(track: PublishedTrack): void {
    this.#failures.delete(track);
  }

  /** Tries nothing any more. */
  close(): void {
    this.#resting.forEach((rest) => {
      clearTimeout(rest);
    });
    this.#resting.clear();
  }
}
