import { backoffMs, type ReplyOf, type RequestName, type RequestOf } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import { delay, RETRY } from './retry.js';
import type { Requester } from './signalling.js';

/** How long one request is repeated before its error is told. */
const PERSIST_MS = 30_000;

/**
 * Requests that survive a lost connection: held while there is none, and repeated when the ack was lost. They must be
 * harmless when done twice, as all requests inside a room are.
 */
export class PersistentRequester implements Requester {
  readonly #requester: Requester;
  #state: 'held' | 'open' | 'ended' = 'held';
  #waiting: (() => void)[] = [];

  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /** Requests wait from now on. */
  hold(): void {
    if (this.#state === 'open') this.#state = 'held';
  }

  release(): void {
    if (this.#state === 'ended') return;
    this.#state = 'open';
    this.#wake();
  }

  /** Requests fail from now on, waiting ones too. */
  end(): void {
    this.#state = 'ended';
    this.#wake();
  }

  /**
   * @throws MiniMeetError DISCONNECTED after 30 s without a connection, or at the room's end; or the server's error.
   */
  async request<Name extends RequestName>(
    name: Name,
    payload: RequestOf<Name>,
    { repeat = isLoss }: { repeat?: (error: MiniMeetError) => boolean } = {},
  ): Promise<ReplyOf<Name>> {
    const deadline = Date.now() + PERSIST_MS;
    for (let attempt = 0; ; attempt++) {
      await this.#opened(deadline);
      try {
        return await this.#requester.request(name, payload);
      } catch (thrown) {
        const error = MiniMeetError.from(thrown);
        if (!repeat(error) || Date.now() >= deadline) throw error;
        if (error.code !== 'DISCONNECTED') await delay(backoffMs(attempt, RETRY));
        else this.hold();
      }
    }
  }

  async #opened(deadline: number): Promise<void> {
    while (this.#state === 'held') {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new MiniMeetError('DISCONNECTED', 'There was no connection to the server for too long.');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    if (this.#state === 'ended') throw new MiniMeetError('DISCONNECTED', 'The room was left.');
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((resolve) => resolve());
  }
}

function isLoss({ code }: MiniMeetError): boolean {
  return code === 'DISCONNECTED' || code === 'TIMED_OUT' || code === 'RATE_LIMITED';
}
