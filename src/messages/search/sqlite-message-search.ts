import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { EventBus } from '../../common/events/index.js';
import { DatabaseSearch, type IndexedCriteria } from './database-search.js';
import { roomKey, senderCode } from './index-text.js';
import { candidatesFor } from './ranking.js';
import { createSqliteIndex, dropSqliteIndex, hasSqliteIndex } from './sqlite-index.js';
import { SqliteSearchWorker } from './sqlite-search-worker.js';
import type { SearchWindow, WindowPart } from './windows.js';

const POSITION = /^\d{16}$/;
const FIRST_ROW = 0;
const LAST_ROW = Number.MAX_SAFE_INTEGER;
const ROWS_PER_MS = 1_000;
/** A row that found its millisecond full stands a little later. */
const LEEWAY_MS = 1_000;

/** By the codes alone: room, sender and time are in them and in the rows' numbers. */
const FIND = `
  SELECT known.messageId AS id, known.words AS indexed, PRINTF('%016d', found.rowid) AS position
  FROM message_search AS found
  CROSS JOIN message_search_row AS known ON known.id = found.rowid
  WHERE message_search MATCH ? AND found.rowid BETWEEN ? AND ?
  ORDER BY found.rowid DESC LIMIT ?`;

/** FTS5. Its rows are in the order of time, so the newest that match are read first and nothing is sorted. */
export class SqliteMessageSearch extends DatabaseSearch implements OnApplicationShutdown {
  private constructor(
    private readonly worker: SqliteSearchWorker,
    private readonly events: EventBus,
  ) {
    super();
  }

  static async create(dataSource: DataSource, file: string, events: EventBus): Promise<SqliteMessageSearch> {
    if (!(await hasSqliteIndex(dataSource))) {
      new Logger(SqliteMessageSearch.name).log('The index of the messages is made anew.');
      await dataSource.transaction(async ({ queryRunner }) => {
        if (!queryRunner) return;
        await dropSqliteIndex(queryRunner);
        await createSqliteIndex(queryRunner);
      });
    }
    return new SqliteMessageSearch(new SqliteSearchWorker(file), events);
  }

  protected async window(criteria: IndexedCriteria, part: WindowPart): Promise<SearchWindow> {
    const startedAtMs = performance.now();
    try {
      const { window, readMs } = await this.worker.ask({
        sql: FIND,
        parameters: parametersOf(criteria, part),
        terms: criteria.terms,
        part,
      });
      this.events.publish('database-queried', { durationMs: readMs, succeeded: true });
      return window;
    } catch (error) {
      this.events.publish('database-queried', { durationMs: performance.now() - startedAtMs, succeeded: false });
      throw error;
    }
  }

  protected isPosition(text: string): boolean {
    return POSITION.test(text) && Number(text) <= LAST_ROW;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }
}

function parametersOf(criteria: IndexedCriteria, part: WindowPart): unknown[] {
  return [expressionOf(criteria), ...rowsOf(criteria, part), candidatesFor(part)];
}

/** Codes mean nothing to FTS5's syntax. A room's words stand together, so that each room looks at its own only. */
function expressionOf({ roomIds, terms, sender }: IndexedCriteria): string {
  const words = terms.flatMap(({ codes, isPrefix }) =>
    codes.map((code, i) => (isPrefix && i === codes.length - 1 ? `${code}*` : code)),
  );
  if (sender !== undefined) words.push(senderCode(sender));
  const keys = new Set(roomIds.map(roomKey));
  return Array.from(keys, (key) => `(${words.map((word) => key + word).join(' AND ')})`).join(' OR ');
}

function rowsOf({ from, to }: IndexedCriteria, { newest, before }: WindowPart): [first: number, last: number] {
  const first = from === undefined ? FIRST_ROW : from.getTime() * ROWS_PER_MS;
  const last = Math.min(
    newest === undefined ? LAST_ROW : Number(newest),
    before === undefined ? LAST_ROW : Number(before) - 1,
    to === undefined ? LAST_ROW : (to.getTime() + LEEWAY_MS) * ROWS_PER_MS,
  );
  return [first, last];
}
