import { Worker } from 'node:worker_threads';
import { AppError } from '../../common/errors/index.js';
import type { ReadReply, ReadRequest } from './sqlite-reader-thread.js';

/** Beyond it, people wait so long that it is better to say so. */
const MAX_WAITING = 100;
/** Beside this file, as source or as built. */
const THREAD = new URL(`./sqlite-reader-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

interface Waiting {
  resolve: (rows: unknown[]) => void;
  reject: (error: Error) => void;
}

/** Reads of a SQLite file in a thread with a connection of its own, one after another. The thread begins with the first one. */
export class SqliteReader {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(private readonly file: string) {}

  /** It sees what was committed before. @throws AppError RATE_LIMITED when too many wait; what the driver throws */
  all(sql: string, parameters: unknown[]): Promise<unknown[]> {
    if (this.waiting.size >= MAX_WAITING) {
      return Promise.reject(new AppError('RATE_LIMITED', 'Too many people are searching; try again in a moment.'));
    }
    this.worker ??= this.start();
    const request: ReadRequest = { id: (this.lastId += 1), sql, parameters };
    this.worker.postMessage(request);
    return new Promise((resolve, reject) => this.waiting.set(request.id, { resolve, reject }));
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(THREAD, { workerData: { file: this.file } });
    // The server ends when nothing else is left to do.
    worker.unref();
    worker.on('message', (reply: ReadReply) => this.settle(reply));
    worker.on('error', (error: Error) => this.fail(error));
    worker.on('exit', () => {
      this.worker = undefined;
      this.fail(new AppError('DATABASE_UNAVAILABLE', 'The search has stopped; try again in a moment.'));
    });
    return worker;
  }

  private settle(reply: ReadReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('rows' in reply) waiting?.resolve(reply.rows);
    else waiting?.reject(Object.assign(new Error(reply.error.message), { code: reply.error.code }));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
