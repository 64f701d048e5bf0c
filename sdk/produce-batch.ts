import type { ProducerId, ProducerOptions } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import type { Requester } from './signalling.js';

interface Entry {
  options: ProducerOptions;
  resolve: () => void;
  reject: (error: MiniMeetError) => void;
}

/**
 * Collects simultaneous publications into one `produce` request. A transport negotiates one track after the other, so
 * the batch waits until every track announced with `expect` has its RTP parameters (or was dropped).
 */
export class ProduceBatch {
  readonly #requester: () => Requester;
  #expected = new Set<ProducerId>();
  #entries: Entry[] = [];

  constructor(requester: () => Requester) {
    this.#requester = requester;
  }

  expect(id: ProducerId): void {
    this.#expected.add(id);
  }

  /** Nothing will come of an expected one. */
  drop(id: ProducerId): void {
    if (this.#expected.delete(id)) this.#flushWhenComplete();
  }

  /** @throws MiniMeetError what the server said: it takes all of a batch or nothing. */
  add(options: ProducerOptions): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#entries.push({ options, resolve, reject });
      this.#expected.delete(options.requestId);
      this.#flushWhenComplete();
    });
  }

  #flushWhenComplete(): void {
    if (this.#expected.size > 0 || this.#entries.length === 0) return;
    const entries = this.#entries;
    this.#entries = [];
    this.#requester()
      .request('produce', { producers: entries.map(({ options }) => options) })
      .then(() => entries.forEach(({ resolve }) => resolve()))
      .catch((error: unknown) => entries.forEach(({ reject }) => reject(MiniMeetError.from(error))));
  }
}
