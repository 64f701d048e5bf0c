import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityTarget } from 'typeorm';
import { AppConfig } from '../common/config/index.js';
import { Transactions } from '../common/database/index.js';
import { CallEventEntity } from './call-event.entity.js';
import { QualitySampleEntity } from './quality-sample.entity.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const INTERVAL_MS = 60 * 60 * 1_000;
/** Rows of one transaction, and the rest after it: others write too. */
const BATCH_ROWS = 1_000;
const PAUSE_MS = 20;

/**
 * Deletes samples and events older than `QUALITY_RETENTION_DAYS`, at the start and every hour; keeps calls and stays.
 */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Retention.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  onApplicationBootstrap(): void {
    this.start();
    this.timer = setInterval(() => this.start(), INTERVAL_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  /** Deletes what is too old at `now`. */
  async clean(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.qualityRetentionDays * DAY_MS);
    for (const entity of [QualitySampleEntity, CallEventEntity]) {
      while (!this.stopping.signal.aborted && (await this.deleteBatch(entity, before))) {
        await sleep(PAUSE_MS, undefined, { ref: false });
      }
    }
  }

  /** After the run before, if that takes more than an hour. */
  private start(): void {
    this.running = this.running
      .then(() => this.clean(new Date()))
      .catch((error: unknown) => {
        this.logger.warn(
          `Old quality samples are deleted an hour later: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
  }

  /** @returns whether there may be more. */
  private async deleteBatch(entity: EntityTarget<{ at: Date }>, before: Date): Promise<boolean> {
    const last = await this.dataSource.manager
      .createQueryBuilder(entity, 'row')
      .select('row.at', 'at')
      .where('row.at < :before', { before })
      .orderBy('row.at', 'ASC')
      .offset(BATCH_ROWS - 1)
      .limit(1)
      .getRawOne<{ at: Date | string }>();
    // Databases differ in how a part of the rows is deleted; all know a moment up to which.
    await this.transactions.run((manager) =>
      manager
        .createQueryBuilder()
        .delete()
        .from(entity)
        .where(last ? 'at <= :at' : 'at < :at', { at: last?.at ?? before })
        .execute(),
    );
    return last !== undefined;
  }
}
