import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { EventBus } from '../../common/events/index.js';
import { roomKey, senderCode } from './index-text.js';
import { type Candidate, MessageSearch, type SearchCriteria, type SearchWindow } from './message-search.js';
import { createSqliteIndex, dropSqliteIndex, hasSqliteIndex } from './sqlite-index.js';
import { SqliteReader } from './sqlite-reader.js';

const POSITION = /^\d{16}$/;
const FIRST_ROW = 0;
const LAST_ROW = Number.MAX_SAFE_INTEGER;
const ROWS_PER_MS = 1_000;
/** A row that found its millisecond full stands a little later. */
const LEEWAY_MS = 1_000;

interface FoundRow {
  id: string;
  roomId: string;
  indexed: string;
  row: number;
}

/** FTS5. Its rows are in the order of time, so the newest that match are read first and nothing is sorted. */
export class SqliteMessageSearch extends MessageSearch implements OnApplicationShutdown {
  private constructor(
    private readonly reader: SqliteReader,
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
    return new SqliteMessageSearch(new SqliteReader(file), events);
  }

  async find(criteria: SearchCriteria, window: SearchWindow): Promise<Candidate[]> {
    const [sql, parameters] = statementOf(criteria, window);
    const startedAtMs = performance.now();
    let succeeded = false;
    try {
      const rows = (await this.reader.all(sql, parameters)) as FoundRow[];
      succeeded = true;
      return rows.map(({ id, roomId, indexed, row }) => ({ id, roomId, indexed, position: positionOf(row) }));
    } finally {
      this.events.publish('database-queried', { durationMs: performance.now() - startedAtMs, succeeded });
    }
  }

  isPosition(text: string): boolean {
    return POSITION.test(text) && Number(text) <= LAST_ROW;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reader.close();
  }
}

function statementOf(criteria: SearchCriteria, window: SearchWindow): [sql: string, parameters: unknown[]] {
  const { roomIds, sender, from, to } = criteria;
  const [first, last] = rowsOf(criteria, window);
  const conditions = [
    ['message_search MATCH ?', expressionOf(criteria)],
    ['found.rowid >= ?', first],
    ['found.rowid <= ?', last],
    // Two rooms may have the same key.
    ['message.roomId IN (SELECT value FROM json_each(?))', JSON.stringify(roomIds)],
    ...(sender === undefined ? [] : [['message.senderId = ?', sender] as const]),
    ...(from === undefined ? [] : [['message.sentAt >= ?', timeText(from)] as const]),
    ...(to === undefined ? [] : [['message.sentAt < ?', timeText(to)] as const]),
  ] as const;
  const sql = `
    SELECT message.id, message.roomId, message.searchText AS indexed, found.rowid AS row
    FROM message_search AS found
    CROSS JOIN message_search_row AS known ON known.id = found.rowid
    CROSS JOIN chat_message AS message ON message.id = known.messageId
    WHERE ${conditions.map(([condition]) => condition).join(' AND ')}
    ORDER BY found.rowid DESC LIMIT ?`;
  return [sql, [...conditions.map(([, parameter]) => parameter), window.limit]];
}

/** The codes hold nothing that means something to FTS5. A room's words come together, so that each room looks at its own only. */
function expressionOf({ roomIds, terms, sender }: SearchCriteria): string {
  const words = terms.flatMap(({ codes, isPrefix }) =>
    codes.map((code, i) => (isPrefix && i === codes.length - 1 ? `${code}*` : code)),
  );
  if (sender !== undefined) words.push(senderCode(sender));
  const keys = new Set(roomIds.map(roomKey));
  return Array.from(keys, (key) => `(${words.map((word) => key + word).join(' AND ')})`).join(' OR ');
}

function rowsOf({ from, to }: SearchCriteria, { newest, before }: SearchWindow): [first: number, last: number] {
  const first = from === undefined ? FIRST_ROW : from.getTime() * ROWS_PER_MS;
  const last = Math.min(
    newest === undefined ? LAST_ROW : Number(newest),
    before === undefined ? LAST_ROW : Number(before) - 1,
    to === undefined ? LAST_ROW : (to.getTime() + LEEWAY_MS) * ROWS_PER_MS,
  );
  return [first, last];
}

function positionOf(row: number): string {
  return String(row).padStart(16, '0');
}

/** As TypeORM writes moments. */
function timeText(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '');
}
