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
/** The password of every account that the seeder makes. */
export const PASSWORD = 'correct horse battery';

/** The product's tables full of messages, and the bench's own connection to them. */
export interface SeededDatabase {
  name: string;
  /** Characters of a key that are the room's; on MariaDB two for the month follow. */
  keyLength: number;
  /** For the server. */
  env: NodeJS.ProcessEnv;
  connection: DataSource;
  /** The product's search for the codes of words in rooms; answers with the ids of hits. */
  find(rooms: readonly IndexedRoom[], words: readonly string[]): Promise<string[]>;
  /** A page of what the database itself ranks best among all that matches. */
  rank(rooms: readonly IndexedRoom[], words: readonly string[], limit: number): Promise<void>;
  close(): Promise<void>;
}

/** A room as the index knows it. */
export interface IndexedRoom {
  /** The prefix of all its keys. */
  key: string;
}

const DAYS = 365;
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
    keyLength: 8,
    env,
    connection,
    find: async (rooms, words) => {
      const rows = await connection.query<{ id: string }[]>(
        `SELECT known.messageId AS id, known.words AS indexed, PRINTF('%016d', found.rowid) AS position
         FROM message_search AS found
         CROSS JOIN message_search_row AS known ON known.id = found.rowid
         WHERE message_search MATCH ? AND found.rowid BETWEEN ? AND ?
         ORDER BY found.rowid DESC LIMIT ?`,
        [sqliteExpression(rooms, words), 0, Number.MAX_SAFE_INTEGER, CANDIDATES],
      );
      return rows.map(({ id }) => id);
    },
    rank: async (rooms, words, limit) => {
      await connection.query(
        `SELECT message.* FROM message_search AS found
         CROSS JOIN message_search_row AS known ON known.id = found.rowid
         CROSS JOIN chat_message AS message ON message.id = known.messageId
         WHERE message_search MATCH ? ORDER BY bm25(message_search) LIMIT ?`,
        [sqliteExpression(rooms, words), limit],
      );
    },
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
    keyLength: 6,
    env,
    connection,
    find: (rooms, words) => findByMonth(connection, rooms, words),
    rank: async (rooms, words, limit) => {
      const { newest, oldest } = months();
      const expression = mysqlExpression(keysOf(rooms, oldest, newest), words);
      await connection.query(
        `SELECT chat_message.*, MATCH (searchText) AGAINST (? IN BOOLEAN MODE) AS score FROM chat_message
         WHERE MATCH (searchText) AGAINST (? IN BOOLEAN MODE) ORDER BY score DESC LIMIT ?`,
        [expression, expression, limit],
      );
    },
    close: async () => {
      await connection.destroy();
      await mariaDb.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function sqliteExpression(rooms: readonly IndexedRoom[], words: readonly string[]): string {
  return rooms.map(({ key }) => `(${words.map((word) => key + word).join(' AND ')})`).join(' OR ');
}

/** The newest month, then twice as many, until there are enough. */
async function findByMonth(
  connection: DataSource,
  rooms: readonly IndexedRoom[],
  words: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const { newest, oldest } = months();
  for (let last = newest, count = 1; last >= oldest && found.length < CANDIDATES; last -= count, count *= 2) {
    const keys = keysOf(rooms, Math.max(oldest, last - count + 1), last);
    const rows = await connection.query<{ id: string }[]>(
      `SELECT id, searchText AS indexed, sentAt FROM chat_message
       WHERE MATCH (searchText) AGAINST (? IN BOOLEAN MODE)
       ORDER BY sentAt DESC, id DESC LIMIT ?`,
      [mysqlExpression(keys, words), CANDIDATES - found.length],
    );
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

/** As the product counts them, with a month more at both ends. */
function months(): { newest: number; oldest: number } {
  const now = new Date();
  const newest = (now.getUTCFullYear() - 2000) * 12 + now.getUTCMonth() + 1;
  return { newest, oldest: newest - Math.ceil(DAYS / 30) - 2 };
}

function keysOf(rooms: readonly IndexedRoom[], first: number, last: number): string[] {
  const keys: string[] = [];
  for (let month = first; month <= last; month += 1)
    keys.push(...rooms.map(({ key }) => key + month.toString(36).padStart(2, '0')));
  return keys;
}

function mysqlExpression(keys: readonly string[], words: readonly string[]): string {
  return words.map((word) => `+(${keys.map((key) => key + word).join(' ')})`).join(' ');
}

/** By `npm run seed`'s own program. */
async function seed(messages: number, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<void> {
  const begin = new Date(Date.now() - DAYS * 24 * 60 * 60 * 1_000).toISOString();
  const args = ['--messages', String(messages), '--password', PASSWORD, '--begin', begin, '--days', String(DAYS)];
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
