import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DataSource } from 'typeorm';
import { missingMariaDbProgram, startMariaDb } from '../support/mariadb.js';

const SEED = fileURLToPath(new URL('../../../../dist/seed/main.js', import.meta.url));
/** Of every account that the seeder makes. */
export const PASSWORD = 'correct horse battery';

/** The product's tables full of messages, and the bench's own connection to them. */
export interface SeededDatabase {
  name: string;
  /** For the server. */
  env: NodeJS.ProcessEnv;
  connection: DataSource;
  /** The statement that the product's search runs, for the codes of the words by room. */
  statement(roomKeys: readonly string[], words: readonly string[]): [sql: string, parameters: unknown[]];
  close(): Promise<void>;
}

/** Candidates of one window. */
const CANDIDATES = 1_001;

export async function seededSqlite(messages: number, log: (line: string) => void): Promise<SeededDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'minimeet-bench-search-'));
  const env = { DATA_DIR: dataDir };
  await seed(messages, env, log);
  const file = path.join(dataDir, 'minimeet.sqlite');
  const connection = await new DataSource({ type: 'better-sqlite3', database: file, readonly: true }).initialize();
  await connection.query('PRAGMA cache_size = -32768');
  return {
    name: 'SQLite',
    env,
    connection,
    statement: (roomKeys, words) => [
      `SELECT known.messageId AS id, known.words AS indexed, PRINTF('%016d', found.rowid) AS position
       FROM message_search AS found
       CROSS JOIN message_search_row AS known ON known.id = found.rowid
       WHERE message_search MATCH ? AND found.rowid BETWEEN ? AND ?
       ORDER BY found.rowid DESC LIMIT ?`,
      [
        roomKeys.map((key) => `(${words.map((word) => key + word).join(' AND ')})`).join(' OR '),
        0,
        Number.MAX_SAFE_INTEGER,
        CANDIDATES,
      ],
    ],
    close: async () => {
      await connection.destroy();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** `null`, with a word about it, when MariaDB is not installed. */
export async function seededMariaDb(messages: number, log: (line: string) => void): Promise<SeededDatabase | null> {
  const missing = missingMariaDbProgram();
  if (missing !== undefined) {
    log(`MariaDB is left out: ${missing} is not installed.`);
    return null;
  }
  const mariaDb = await startMariaDb(['--innodb-buffer-pool-size=1G']);
  const url = await mariaDb.createDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'minimeet-bench-search-'));
  const env = { DATA_DIR: dataDir, DATABASE_URL: url };
  await seed(messages, env, log);
  const connection = await new DataSource({ type: 'mysql', url, charset: 'utf8mb4', timezone: 'Z' }).initialize();
  return {
    name: 'MariaDB',
    env,
    connection,
    statement: (roomKeys, words) => [
      `SELECT id, searchText AS indexed, sentAt FROM chat_message
       WHERE MATCH (searchText) AGAINST (? IN BOOLEAN MODE)
       ORDER BY sentAt DESC, id DESC LIMIT ?`,
      [words.map((word) => `+(${roomKeys.map((key) => key + word).join(' ')})`).join(' '), CANDIDATES],
    ],
    close: async () => {
      await connection.destroy();
      await mariaDb.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** By `npm run seed`'s own program. */
async function seed(messages: number, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<void> {
  const args = ['--messages', String(messages), '--password', PASSWORD];
  const seeder = spawn(process.execPath, [SEED, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(seeder, 'exit');
  let last = '';
  for await (const line of createInterface(seeder.stdout)) if (line.includes('messages of')) last = line;
  await exited;
  if (seeder.exitCode !== 0) throw new Error('The seeder failed.');
  log(`seeded: ${last}`);
}
