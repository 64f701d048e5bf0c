import { backoffMs, LIMITS, type Presence, type UserId } from '@minimeet/protocol';
import { Emitter } from './emitter.js';
import { MiniMeetError } from './errors.js';
import { delay, RETRY } from './retry.js';
import type { Signalling } from './signalling.js';

interface PresenceEvents {
  /** The presence of somebody watched; emitted after `presences` says the same. */
  'presence-changed': [Presence];
}

/** The presence of some people, as a part of the page shows it. */
export class PresenceWatch extends Emitter<PresenceEvents> {
  readonly #changed: () => void;
  readonly #presences = new Map<UserId, Presence>();
  #userIds: ReadonlySet<UserId>;
  #closed = false;

  /** @internal `MiniMeetClient.watchPresence` */
  constructor(userIds: Iterable<UserId>, changed: () => void) {
    super();
    this.#userIds = new Set(userIds);
    this.#changed = changed;
  }

  /** The presences that are known; people with whom one shares no room are missing. */
  get presences(): ReadonlyMap<UserId, Presence> {
    return this.#presences;
  }

  get userIds(): ReadonlySet<UserId> {
    return this.#userIds;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Watches these people instead of those before. */
  watch(userIds: Iterable<UserId>): void {
    if (this.#closed) return;
    this.#userIds = new Set(userIds);
    for (const userId of [...this.#presences.keys()]) if (!this.#userIds.has(userId)) this.#presences.delete(userId);
    this.#changed();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#changed();
  }

  /** @internal */
  learn(presence: Presence): void {
    const { userId } = presence;
    if (!this.#userIds.has(userId)) return;
    if (JSON.stringify(this.#presences.get(userId)) === JSON.stringify(presence)) return;
    this.#presences.set(userId, presence);
    this.emit('presence-changed', presence);
  }
}

/** All watches of one connection: the server knows one list a connection, and forgets it with the connection. */
export class PresenceWatches {
  readonly #signalling: Signalling;
  readonly #watches = new Set<PresenceWatch>();
  #sent = '';
  #sending = false;

  constructor(signalling: Signalling) {
    this.#signalling = signalling;
    signalling.onNotification('presence_changed', ({ presence }) => this.#learn([presence]));
    signalling.on('connected', () => {
      this.#sent = '';
      this.#schedule();
    });
  }

  add(userIds: Iterable<UserId>): PresenceWatch {
    const watch: PresenceWatch = new PresenceWatch(userIds, () => {
      if (watch.closed) this.#watches.delete(watch);
      this.#schedule();
    });
    this.#watches.add(watch);
    // Somebody may be watched already, elsewhere in the page.
    for (const other of this.#watches) for (const presence of other.presences.values()) watch.learn(presence);
    this.#schedule();
    return watch;
  }

  /** All changes of one tick are one request. */
  #schedule(): void {
    if (this.#sending) return;
    this.#sending = true;
    queueMicrotask(() => void this.#send());
  }

  async #send(): Promise<void> {
    let failures = 0;
    for (let wanted = this.#wanted(); wanted.join() !== this.#sent; wanted = this.#wanted()) {
      const sent = wanted.join();
      try {
        this.#sent = sent;
        const { presences } = await this.#signalling.request('watch_presence', { userIds: wanted });
        this.#learn(presences);
      } catch (thrown) {
        if (this.#sent === sent) this.#sent = '';
        const { code, retryable } = MiniMeetError.from(thrown);
        // Without a connection, the next one says it.
        if (code === 'DISCONNECTED' || !retryable) break;
        await delay(backoffMs(failures++, RETRY));
      }
    }
    // In the turn of the last look: a change after it schedules the next request.
    this.#sending = false;
  }

  #wanted(): UserId[] {
    const userIds = new Set([...this.#watches].flatMap((watch) => [...watch.userIds]));
    return [...userIds].slice(0, LIMITS.watchedPeople);
  }

  #learn(presences: readonly Presence[]): void {
    for (const presence of presences) for (const watch of this.#watches) watch.learn(presence);
  }
}
