import type { UserId } from '@minimeet/protocol';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { EventBus } from '../common/events/index.js';
import { UsersService } from '../users/users.service.js';
import { PresenceService } from './presence.service.js';

/** How long a moment waits for others, to be written with them. */
const WRITE_AFTER_MS = 2_000;
/** The next try while the database does not answer. */
const RETRY_AFTER_MS = 10_000;
/** How often it is written down that who is connected is here. */
const HERE_INTERVAL_MS = 5 * 60 * 1_000;

/**
 * When accounts were here last. What is new is known at once and written a little later, many in one transaction. After a crash
 * `lastSeenAt` is by `HERE_INTERVAL_MS` too old at most, because meanwhile who is connected counts as seen.
 */
@Injectable()
export class LastSeen implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LastSeen.name);
  /** Not written yet. */
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

  /** Of those who show it; who was never here is absent. */
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
      // What was noted again meanwhile still waits.
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
