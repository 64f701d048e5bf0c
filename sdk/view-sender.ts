import type { Tile } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import { delay } from './retry.js';
import type { Requester } from './signalling.js';

/** A page that is being resized says something new in every frame; the server hears of it this often at most. */
const MIN_INTERVAL_MS = 100;

/** Tells the server what the page shows: a request a tick, only after a change, and one after the other. */
export class ViewSender {
  readonly #requester: Requester;
  readonly #onError: (error: MiniMeetError) => void;
  #wanted: Tile[] | null = null;
  #sent = '';
  #sending = false;

  constructor(requester: Requester, onError: (error: MiniMeetError) => void) {
    this.#requester = requester;
    this.#onError = onError;
  }

  set(tiles: Tile[]): void {
    this.#wanted = tiles.map(({ participantId, source, width, height }) => ({
      participantId,
      source,
      width: Math.max(1, Math.round(width)),
      height: Math.max(1, Math.round(height)),
    }));
    this.#schedule();
  }

  /** The server has forgotten it, or may have: it is said again. */
  repeat(): void {
    this.#sent = '';
    this.#schedule();
  }

  #schedule(): void {
    if (this.#sending || !this.#wanted) return;
    this.#sending = true;
    queueMicrotask(() => void this.#send());
  }

  async #send(): Promise<void> {
    try {
      while (this.#wanted && JSON.stringify(this.#wanted) !== this.#sent) {
        const tiles = this.#wanted;
        this.#sent = JSON.stringify(tiles);
        await Promise.all([this.#requester.request('set_view', { tiles }), delay(MIN_INTERVAL_MS)]);
      }
    } catch (error) {
      this.#onError(MiniMeetError.from(error));
    } finally {
      this.#sending = false;
    }
  }
}
