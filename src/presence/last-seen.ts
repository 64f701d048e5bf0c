import type { UserId } from '@minimeet/protocol';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { EventBus } from '../common/events/index.js';
import { UsersService } from '../users/users.service.js';
import { PresenceService } from './presence.service.js';

/** How long a moment waits for others, to be written with them. */
const WRITE_AFTER_MS = 2_000;
/** The next try while the database does not answer. */
const RETRY_AFTER_MS = 10_000;
/** How often everybody who is connected is noted as seen. */
const HERE_INTERVAL_MS = 5 * 60 * 1_000;

/**
 * The time at which each account was here last: known at once, written a little later, many in one transaction.
 * Connected accounts count as seen every `HERE_INTERVAL_MS`, so after a crash `lastSeenAt` is too old by that at most.
 */
@Injectable()
export class LastSeen implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LastSeen.name);
  /** Times that are not written yet. */
  private readonly waiting = new Map<UserId, Date>();
  private hereTimer: NodeJS.Timeout | undefined;
  private writeTimer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly users: UsersService,
    private readonly presence: PresenceService,
    events: EventBus,
  ) {
    events.subscribe('last-connection-closed', ({ userId, at }) => this.note([userId], at));
  }

  /** By account, for those who show it; an account that was never here is absent. */
  async of(userIds: readonly UserId[]): Promise<Map<UserId, Date>> {
    const known = await this.users.lastSeen(userIds);
    return new Map([...known].map(([userId, at]) => [userId, this.waiting.get(userId) ?? at] as const).filter(isKnown));
  }

  onApplicationBootstrap(): void {
    this.hereTimer = setInterval(() => this.noteConnected(), HERE_INTERVAL_MS).unref();
  }

  /** All connections are about to end, and the database with them. */
  async beforeApplicationShutdown(): Promise<void> {
    this.noteConnected();
    this.isStopped = true;
    clearInterval(this.hereTimer);
    clearTimeout(this.writeTimer);
    await this.writing;
    await this.write();
  }

  private noteConnected(): void {
    this.note(this.presence.connected(), new Date());
  }

  private note(userIds: readonly UserId[], at: Date): void {
    if (this.isStopped) return;
    for (const userId of userIds) this.waiting.set(userId, at);
    this.writeLater(WRITE_AFTER_MS);
  }

  private writeLater(waitMs: number): void {
    if (this.waiting.size === 0 || this.writeTimer || this.isStopped) return;
    this.writeTimer = setTimeout(() => {
      this.writing = this.write();
    }, waitMs).unref();
  }

  private async write(): Promise<void> {
    const taken = [...this.waiting];
    let nextMs = WRITE_AFTER_MS;
    try {
      for (const [at, entries] of Map.groupBy(taken, ([, moment]) => moment)) {
        const userIds = entries.map(([userId]) => userId);
        await this.users.markSeen(userIds, at);
      }
      // A moment noted meanwhile still waits.
      for (const [userId, at] of taken) if (this.waiting.get(userId) === at) this.waiting.delete(userId);
    } catch (error) {
      this.logger.warn(`Who was here last is written later: ${error instanceof Error ? error.message : String(error)}`);
      nextMs = RETRY_AFTER_MS;
    }
    this.writeTimer = undefined;
    this.writeLater(nextMs);
  }
}

function isKnown(entry: readonly [UserId, Date | null]): entry is readonly [UserId, Date] {
  return entry[1] !== null;
}
