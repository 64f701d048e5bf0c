import { once } from 'node:events';
import { MediaError } from '../errors.js';
import type { MediaSettings } from '../options.js';
import { placeOn } from './placement.js';
import { WorkerSlot } from './worker-slot.js';

/** A caller waits this long for a live slot when every worker died at once. A worker starts in about 40 ms. */
const LIVE_SLOT_WAIT_MS = 3_000;

/** All slots. Places rooms on them by measured load. */
export class WorkerPool {
  readonly #sampler: NodeJS.Timeout;
  #closed = false;

  private constructor(
    readonly slots: readonly WorkerSlot[],
    settings: MediaSettings,
  ) {
    this.#sampler = setInterval(() => {
      for (const slot of slots) {
        slot.sample().catch((error: unknown) => {
          settings.onError(error, 'worker-sample');
        });
      }
    }, settings.sampleMs);
  }

  /** @throws when a worker cannot be started, after closing the others. */
  static async create(settings: MediaSettings): Promise<WorkerPool> {
    const slots = Array.from({ length: settings.workers }, (_, index) => new WorkerSlot(index, settings));
    const results = await Promise.allSettled(slots.map((slot) => slot.start()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) {
      for (const slot of slots) {
        slot.close();
      }
      throw new Error(`A media worker cannot start: ${String(failed.reason)}`, { cause: failed.reason });
    }
    return new WorkerPool(slots, settings);
  }

  /** @returns the freest live slot that `suits`, counted as used from now on; `undefined` when none does. */
  place(suits: (slot: WorkerSlot) => boolean = () => true): WorkerSlot | undefined {
    const index = placeOn(this.slots.filter((slot) => slot.state === 'live' && suits(slot)));
    const slot = this.slots.find((candidate) => candidate.index === index);
    if (slot) {
      slot.recentPlacements += 1;
    }
    return slot;
  }

  /** Returns when any slot is live. @throws MediaError `MEDIA_UNAVAILABLE` when none comes up in time. */
  async whenLive(): Promise<void> {
    if (this.slots.some((slot) => slot.state === 'live')) {
      return;
    }
    const signal = AbortSignal.timeout(LIVE_SLOT_WAIT_MS);
    try {
      await Promise.race(this.slots.map((slot) => once(slot, 'live', { signal })));
    } catch (error) {
      throw new MediaError('MEDIA_UNAVAILABLE', 'No media worker is running.', { cause: error });
    }
  }

  close(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    clearInterval(this.#sampler);
    for (const slot of this.slots) {
      slot.close();
    }
  }
}
