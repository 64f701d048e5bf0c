import { backoffMs, LIMITS, type ChatMessage, type MessagePage } from '@minimeet/protocol';
import type { ChatLog, LogNews } from './chat-log.js';
import { MiniMeetError } from './errors.js';
import type { HistoryQuery } from './history.js';
import { delay, RETRY } from './retry.js';

interface KeeperCallbacks {
  read: (query: HistoryQuery) => Promise<MessagePage>;
  connected: () => boolean;
  news: (news: LogNews) => void;
  failed: (error: MiniMeetError) => void;
}

/** A message may overtake another by a little; missing messages are asked for after that. */
const HOLE_GRACE_MS = 60;
/** After a lost connection, this many pages of older messages are looked at again for what has changed. */
const REFRESHED_PAGES = 5;

/** Brings pages of the room's history into a log: missing messages, possibly changed ones and older ones. */
export class LogKeeper {
  readonly #log: ChatLog;
  readonly #callbacks: KeeperCallbacks;
  #filling = false;
  #loadingOlder = false;

  constructor(log: ChatLog, callbacks: KeeperCallbacks) {
    this.#log = log;
    this.#callbacks = callbacks;
  }

  /** Asks for what is missing until nothing is, or the connection is lost: a new one begins it again. */
  async fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    await delay(HOLE_GRACE_MS);
    let failures = 0;
    while (this.#log.hasHole && this.#callbacks.connected()) {
      const error = await this.#fillPage();
      failures = error ? failures + 1 : 0;
      if (error?.retryable) await delay(backoffMs(failures - 1, RETRY));
      else if (error) this.#giveUp(error);
    }
    this.#filling = false;
  }

  /** Edits and deletions of messages before `before` that were not heard. */
  async refresh(before: number): Promise<void> {
    for (let page = 0; page < REFRESHED_PAGES && this.#log.first < before; page++) {
      const expected = this.#log.expectPage();
      try {
        const { items } = await this.#callbacks.read({ before: String(before), limit: LIMITS.pageSize });
        this.#callbacks.news(this.#log.refresh(items, expected));
        before = items[0]?.sequence ?? 1;
      } catch (error) {
        this.#log.forgetPage();
        return this.#callbacks.failed(MiniMeetError.from(error));
      }
    }
  }

  /** @returns what came before all that is here; nothing while another call is at it. @throws MiniMeetError */
  async loadOlder(limit: number): Promise<readonly ChatMessage[]> {
    if (this.#loadingOlder || this.#log.first <= 1) return [];
    this.#loadingOlder = true;
    const expected = this.#log.expectPage();
    try {
      const { items } = await this.#callbacks.read({ before: String(this.#log.first), limit });
      return this.#log.addBefore(items, expected);
    } catch (error) {
      this.#log.forgetPage();
      throw MiniMeetError.from(error);
    } finally {
      this.#loadingOlder = false;
    }
  }

  async #fillPage(): Promise<MiniMeetError | null> {
    const expected = this.#log.expectPage();
    try {
      const { items } = await this.#callbacks.read({ after: String(this.#log.last), limit: LIMITS.pageSize });
      this.#callbacks.news(this.#log.addAfter(items, expected));
      return null;
    } catch (error) {
      this.#log.forgetPage();
      return MiniMeetError.from(error);
    }
  }

  /** Shows the messages with the hole, since it will not get better. */
  #giveUp(error: MiniMeetError): void {
    this.#callbacks.failed(error);
    this.#callbacks.news(this.#log.giveUp());
  }
}
