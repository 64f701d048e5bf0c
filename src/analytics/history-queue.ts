import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { isDatabaseDown } from '../common/errors/index.js';
import { EventBus } from '../common/events/index.js';
import { type Batch, HistoryBuffer, partsOf, sizeOf } from './history-buffer.js';
import { HistoryWriter } from './history-writer.js';

/** Between two writes, so that 300 people are a transaction each two seconds and not sixty a second. */
const WRITE_INTERVAL_MS = 2_000;
/** A database that hangs must not keep the server from ending. */
const SHUTDOWN_TIMEOUT_MS = 5_000;

/**
 * Writes the waiting rows in batches. Rows that cannot be written wait for later, up to a bound; nobody waits for them.
 */
@Injectable()
export class HistoryQueue implements OnModuleInit, OnApplicationShutdown {
  readonly buffer = new HistoryBuffer((rows) => this.drop(rows));
  private readonly logger = new Logger(HistoryQueue.name);
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private mustWriteAgain = false;
  private isDatabaseAway = false;

  constructor(
    private readonly writer: HistoryWriter,
    private readonly events: EventBus,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.writer.closeAbandoned();
    this.timer = setInterval(() => {
      // A write that takes longer than the interval is a sign to wait, not to hurry.
      if (!this.writing) void this.write();
    }, WRITE_INTERVAL_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.race([this.write(), sleep(SHUTDOWN_TIMEOUT_MS, undefined, { ref: false })]);
    if (this.buffer.size > 0) this.logger.warn(`${this.buffer.size} rows are missing in the call history.`);
  }

  /** Gives rows up, and says so. */
  drop(rows: number): void {
    this.events.publish('analytics-dropped', { rows });
  }

  /** Writes all waiting rows, also those that come while an earlier write is under way. Never fails. */
  write(): Promise<void> {
    this.mustWriteAgain = true;
    this.writing ??= this.writeUntilDone().finally(() => (this.writing = undefined));
    return this.writing;
  }

  private async writeUntilDone(): Promise<void> {
    while (this.mustWriteAgain) {
      this.mustWriteAgain = false;
      await this.writeAll();
    }
  }

  /** Writes all rows that wait now; later ones may wait for the next time. */
  private async writeAll(): Promise<void> {
    let left = this.buffer.size;
    while (left > 0) {
      const batch = this.buffer.take();
      left -= sizeOf(batch);
      const outcome = await this.attempt(batch);
      if (outcome === 'waits') return;
      if (outcome === 'refused') await this.writeParts(batch);
      // SQLite's driver blocks: without a turn for others, calls would stand still while a long backlog is written.
      await nextTurn();
    }
  }

  /** Finds the rows that the database refuses, such as of a call whose room was deleted, and writes the rest. */
  private async writeParts(batch: Batch): Promise<void> {
    for (const part of partsOf(batch)) {
      if ((await this.attempt(part)) === 'refused') this.drop(sizeOf(part));
    }
  }

  /** A batch for which the database is away waits for the next write. */
  private async attempt(batch: Batch): Promise<'written' | 'waits' | 'refused'> {
    try {
      await this.writer.write(batch);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!isDatabaseDown(error)) {
        this.logger.warn(`The call history was refused ${sizeOf(batch)} rows: ${message}`);
        return 'refused';
      }
      if (!this.isDatabaseAway) this.logger.warn(`The call history waits for the database: ${message}`);
      this.isDatabaseAway = true;
      this.buffer.giveBack(batch);
      return 'waits';
    }
    if (this.isDatabaseAway) this.logger.log('The call history is written again.');
    this.isDatabaseAway = false;
    return 'written';
  }
}
