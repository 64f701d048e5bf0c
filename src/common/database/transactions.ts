import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { isDeadlock } from '../errors/index.js';

/** How often a transaction is tried in all when the database gives it up for another. */
const MAX_ATTEMPTS = 5;

/** Every write goes through here: all of it happens, or none. */
@Injectable()
export class Transactions {
  private readonly isSqlite: boolean;
  private last: Promise<unknown> = Promise.resolve();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    this.isSqlite = dataSource.options.type === 'better-sqlite3';
  }

  /** Runs `work` in a transaction of its own; `work` may run more than once, so it writes to nothing but the database. */
  run<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.isSqlite ? this.oneAtATime(() => this.dataSource.transaction(work)) : this.retrying(work);
  }

  /** TypeORM has one connection to SQLite: two transactions at once would be one, and a rollback would take both back. */
  private oneAtATime<Result>(start: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(start);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async retrying<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The counter and the rows that it numbers are read after a lock is held: what others committed meanwhile must show.
        return await this.dataSource.transaction('READ COMMITTED', work);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isDeadlock(error)) throw error;
      }
    }
  }
}
