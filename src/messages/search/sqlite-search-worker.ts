import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../common/errors/index.js';
import type { ThreadReply, ThreadRequest } from './sqlite-search-thread.js';
import type { SearchWindow } from './windows.js';

/** Beyond it, people wait so long that it is better to say so. */
const MAX_WAITING = 100;

export interface Answer {
  window: SearchWindow;
  /** Time in the database. */
  readMs: number;
}

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** The thread that searches in a SQLite file, one request after another. It begins with the first one. */
export class SqliteSearchWorker {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(private readonly file: string) {}

  /** It sees everything committed before. @throws AppError RATE_LIMITED when too many wait; the driver's errors */
  ask(request: Omit<ThreadRequest, 'id'>): Promise<Answer> {
    if (this.waiting.size >= MAX_WAITING) {
      return Promise.reject(new AppError('RATE_LIMITED', 'Too many people are searching; try again in a moment.'));
    }
    this.worker ??= this.start();
    const id = (this.lastId += 1);
    this.worker.postMessage({ id, ...request } satisfies ThreadRequest);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    // Source or build, as this file is.
    const thread = new URL(`sqlite-search-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(thread, { workerData: { file: this.file } });
    // The server ends when nothing else is left to do.
    worker.unref();
    worker.on('message', (reply: ThreadReply) => this.settle(reply));
    worker.on('error', (error: Error) => this.fail(error));
    worker.on('exit', () => {
      this.worker = undefined;
      this.fail(new AppError('DATABASE_UNAVAILABLE', 'The search has stopped; try again in a moment.'));
    });
    return worker;
  }

  private settle(reply: ThreadReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('window' in reply) waiting?.resolve(reply);
    else waiting?.reject(Object.assign(new Error(reply.error.message), { code: reply.error.code }));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
