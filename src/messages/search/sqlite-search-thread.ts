import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { type Candidate, windowOf } from './ranking.ts';
import type { IndexedTerm, SearchWindow, WindowPart } from './windows.js';

// A thread of its own: SQLite's driver blocks, and a long search must not hold up everybody's calls. Its types can be
// stripped, and it loads `.ts`, which the build makes `.js`, so that it runs from the sources as it does from the
// build.

export interface ThreadRequest {
  id: number;
  sql: string;
  parameters: unknown[];
  terms: readonly IndexedTerm[];
  part: WindowPart;
}

export type ThreadReply =
  { id: number; window: SearchWindow; readMs: number } | { id: number; error: { message: string; code: unknown } };

/** How long a statement waits for a lock, as the server's own connection does. */
const BUSY_TIMEOUT_MS = 5_000;
/** KiB of the file that are kept; twice SQLite's default, because a search reads here and there. */
const CACHE_KIB = 32_768;

const { file } = workerData as { file: string };
const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
database.pragma(`cache_size = -${CACHE_KIB}`);
/** The searches differ in few ways, so their statements are few. */
const statements = new Map<string, Database.Statement>();

parentPort?.on('message', (request: ThreadRequest) => parentPort?.postMessage(answer(request)));

function answer({ id, sql, parameters, terms, part }: ThreadRequest): ThreadReply {
  try {
    const startedAtMs = performance.now();
    const rows = statement(sql).all(...parameters) as Candidate[];
    const readMs = performance.now() - startedAtMs;
    return { id, window: windowOf(rows, terms, part), readMs };
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    return { id, error: { message, code } };
  }
}

function statement(sql: string): Database.Statement {
  const known = statements.get(sql) ?? database.prepare<unknown[]>(sql);
  statements.set(sql, known);
  return known;
}
