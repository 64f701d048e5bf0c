import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { isDeadlock } from '../errors/index.js';
import { EventBus } from '../events/index.js';
import { SerialQueue } from '../serial-queue.js';
import { Lanes } from './lanes.js';

/** How often a transaction is tried in all when the database gives it up for another. */
const MAX_ATTEMPTS = 5;

/** States a fact that the transaction makes true: subscribers hear of it once it is committed, and never if it is not. */
export type Tell = EventBus['publish'];

type Work<Result> = (manager: EntityManager) => Promise<Result>;

/** Every write goes through here: all of it happens, or none, and what it says is told after the commit. */
@Injectable()
export class Transactions {
  private readonly isSqlite: boolean;
  private readonly subjects = new Lanes<string>();
  /** TypeORM has one connection to SQLite: two transactions at once would be one, and a rollback would take both back. */
  private readonly sqliteQueue = new SerialQueue();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly events: EventBus,
  ) {
    this.isSqlite = dataSource.options.type === 'better-sqlite3';
  }

  /** Runs `work` in a transaction of its own; `work` may run more than once, so it writes to nothing but the database. */
  run<Result>(work: Work<Result>): Promise<Result> {
    return this.isSqlite ? this.sqliteQueue.run(() => this.dataSource.transaction(work)) : this.retrying(work);
  }

  /**
   * The same for what others are told of. Facts are published after the commit, in the order of telling, before this resolves; an
   * attempt that is rolled back tells nothing.
   * @param subject - the id of what is changed: its transactions begin after the one before is told, so that nobody hears of them in
   *   another order than that of the commits
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
        // The counter and the rows that it numbers are read after a lock is held: what others committed meanwhile must show.
        return await this.dataSource.transaction('READ COMMITTED', work);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isDeadlock(error)) throw error;
      }
    }
  }
}
