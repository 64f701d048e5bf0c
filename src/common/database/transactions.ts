import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { isDeadlock } from '../errors/index.js';
import { EventBus } from '../events/index.js';
import { SerialQueue } from '../serial-queue.js';
import { Lanes } from './lanes.js';

/** Maximum number of attempts at a transaction that the database gives up in favour of another. */
const MAX_ATTEMPTS = 5;

/** Tells subscribers of a fact after the commit that makes it true, or never, if there is none. */
export type Tell = EventBus['publish'];

type Work<Result> = (manager: EntityManager) => Promise<Result>;

/**
 * The only door for writes: a transaction happens as a whole or not at all, and its facts are told after its commit.
 */
@Injectable()
export class Transactions {
  private readonly isSqlite: boolean;
  private readonly subjects = new Lanes<string>();
  /** TypeORM has one connection to SQLite. Two transactions at once would be one, which is rolled back as a whole. */
  private readonly sqliteQueue = new SerialQueue();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly events: EventBus,
  ) {
    this.isSqlite = dataSource.options.type === 'better-sqlite3';
  }

  /** Runs `work` in a transaction. `work` may run more than once, so it writes to nothing but the database. */
  run<Result>(work: Work<Result>): Promise<Result> {
    return this.isSqlite ? this.sqliteQueue.run(() => this.dataSource.transaction(work)) : this.retrying(work);
  }

  /**
   * Runs `work` as `run` does, and publishes its facts after the commit, in the order of telling, before this resolves.
   * An attempt that is rolled back tells nothing.
   * @param subject - the id of the changed thing. A transaction waits until the facts of the one before about the same
   *   subject are published, so that subscribers hear of them in the order of the commits.
   */
  telling<Result>(subject: string, work: (manager: EntityManager, tell: Tell) => Promise<Result>): Promise<Result> {
    return this.subjects.run(subject, async () => {
      let committed: (() => void)[] = [];
      const result = await this.run((manager) => {
        const facts: (() => void)[] = (committed = []);
        return work(manager, (name, fact) => void facts.push(() => this.events.publish(name, fact)));
      });
      for (const publish of committed) publish();
      return result;
    });
  }

  private async retrying<Result>(work: Work<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Rows are read after a lock is held, and must show what others have committed until then.
        return await this.dataSource.transaction('READ COMMITTED', work);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isDeadlock(error)) throw error;
      }
    }
  }
}
