import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { type Answer, SqliteSearchWorker } from './sqlite-search-worker.js';

/** Counts long enough that everybody would notice, and finds nothing. */
const LONG = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT i FROM n WHERE i < 0`;

let folder: string;
let worker: SqliteSearchWorker;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minimeet-search-worker-'));
  const file = join(folder, 'minimeet.sqlite');
  const dataSource = await new DataSource({ type: 'better-sqlite3', database: file }).initialize();
  await dataSource.destroy();
  worker = new SqliteSearchWorker(file);
});

afterEach(async () => {
  await worker.close();
  rmSync(folder, { recursive: true });
});

const ask = (sql: string): Promise<Answer> => worker.ask({ sql, parameters: [], terms: [], part: { limit: 10 } });

describe('the thread that searches', () => {
  it('lets everything else go on meanwhile', async () => {
    await ask('SELECT 1 WHERE 0');
    let searching = true;
    const answer = ask(LONG).finally(() => (searching = false));
    let turns = 0;
    for (; searching; turns += 1) await turn();
    expect((await answer).window.hits).toEqual([]);
    // While a driver on this thread counts, no turn of the event loop ends.
    expect(turns).toBeGreaterThan(10);
  });

  it('says what the database says, and answers the next', async () => {
    await expect(ask('SELECT nonsense')).rejects.toMatchObject({
      message: 'no such column: nonsense',
      code: 'SQLITE_ERROR',
    });
    expect((await ask('SELECT 1 WHERE 0')).window.hits).toEqual([]);
  });

  it('does not let more than a hundred wait, and answers those', async () => {
    const waiting = Array.from({ length: 100 }, () => ask('SELECT 1 WHERE 0'));
    await expect(ask('SELECT 1 WHERE 0')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await Promise.all(waiting)).toHaveLength(100);
  });
});
