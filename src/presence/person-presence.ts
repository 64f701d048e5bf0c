import type { ParticipantId, PresenceStatus } from '@minimeet/protocol';

/** When others are told of a change. */
export const PRESENCE_TIMES = {
  /**
   * A page that is loaded anew is back within this time. With the 13 s after which a lost connection is noticed it
   * stays below `TIMES.vanishedMs`.
   */
  lossMs: 4_000,
  /** The shortest time between two changes that others are told of. */
  quietMs: 1_000,
};

/** From least to most present. */
const ORDER: PresenceStatus[] = ['offline', 'away', 'online', 'in-call'];

/**
 * The status of one account, by all its connections together. A change to more presence is told at once. A lost
 * connection is told after a while, since most come back: a page that is loaded anew does not flicker.
 */
export class PersonPresence {
  /** Connections, and whether they are away. */
  private readonly connections = new Map<string, boolean>();
  /** Stays in calls whose connection is there. */
  private readonly stays = new Set<ParticipantId>();
  private shown: PresenceStatus = 'offline';
  /** On the clock of `performance.now()`. */
  private toldAtMs = -PRESENCE_TIMES.quietMs;
  private lostAtMs: number | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tell: (status: PresenceStatus) => void) {}

  /** As others know it. */
  get status(): PresenceStatus {
    return this.shown;
  }

  get isConnected(): boolean {
    return this.connections.size > 0;
  }

  /** Nothing is left to remember or to tell. */
  get isForgotten(): boolean {
    return !this.isConnected && this.stays.size === 0 && this.shown === 'offline';
  }

  opened(connection: string): void {
    this.connections.set(connection, false);
    this.settle();
  }

  closed(connection: string): void {
    if (this.connections.delete(connection)) this.settleLoss();
  }

  setAway(connection: string, away: boolean): void {
    if (!this.connections.has(connection)) return;
    this.connections.set(connection, away);
    this.settle();
  }

  joined(stay: ParticipantId): void {
    this.stays.add(stay);
    this.settle();
  }

  left(stay: ParticipantId): void {
    if (this.stays.delete(stay)) this.settle();
  }

  /** The connection of a stay is lost, and may be resumed. */
  lost(stay: ParticipantId): void {
    if (this.stays.delete(stay)) this.settleLoss();
  }

  /** Tells nobody any more. */
  stop(): void {
    clearTimeout(this.timer);
  }

  private settleLoss(): void {
    this.lostAtMs ??= performance.now();
    this.settle();
  }

  private settle(): void {
    clearTimeout(this.timer);
    const status = this.current();
    if (status === this.shown) {
      this.lostAtMs = null;
      return;
    }
    const waitMs = this.dueAtMs(status) - performance.now();
    if (waitMs > 0) {
      this.timer = setTimeout(() => this.settle(), waitMs).unref();
      return;
    }
    this.shown = status;
    this.toldAtMs = performance.now();
    this.lostAtMs = null;
    this.tell(status);
  }

  private dueAtMs(status: PresenceStatus): number {
    const isLess = ORDER.indexOf(status) < ORDER.indexOf(this.shown);
    return isLess && this.lostAtMs !== null
      ? this.lostAtMs + PRESENCE_TIMES.lossMs
      : this.toldAtMs + PRESENCE_TIMES.quietMs;
  }

  private current(): PresenceStatus {
    if (!this.isConnected) return 'offline';
    if (this.stays.size > 0) return 'in-call';
    return [...this.connections.values()].every((away) => away) ? 'away' : 'online';
  }
}
