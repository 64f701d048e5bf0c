import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

// A thread of its own: SQLite's driver answers at once, and a search that takes long must not hold up everybody's calls. It imports
// nothing of ours and has types only that can be stripped, so that it runs from the sources as it does from the build.

export interface ReadRequest {
  id: number;
  sql: string;
  parameters: unknown[];
}

export type ReadReply = { id: number; rows: unknown[] } | { id: number; error: { message: string; code: unknown } };

/** How long a statement waits for a lock, as the server's own connection does. */
const BUSY_TIMEOUT_MS = 5_000;

const { file } = workerData as { file: string };
const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
/** The searches differ in few ways, so their statements are few. */
const statements = new Map<string, ReturnType<typeof database.prepare>>();

parentPort?.on('message', ({ id, sql, parameters }: ReadRequest) => {
  parentPort?.postMessage(answer(id, sql, parameters));
});

function answer(id: number, sql: string, parameters: unknown[]): ReadReply {
  try {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return { id, rows: statement.all(...parameters) };
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    return { id, error: { message, code } };
  }
}
