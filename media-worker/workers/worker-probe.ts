import { readFile } from 'node:fs/promises';
import type { types } from 'mediasoup';
import type { MediaSettings } from '../options.js';
import type { WorkerRequests } from './worker-requests.js';

/** Measures one worker; also its watchdog, since a worker that hangs does not answer and is not reported. */
export class WorkerProbe {
  readonly #worker: types.Worker;
  readonly #requests: WorkerRequests;
  readonly #settings: MediaSettings;
  #cpuRatio = 0;
  #memoryBytes: number | null = null;
  #pingMs: number | null = null;
  #hung = false;
  #lastUsage?: { cpuMs: number; atMs: number };
  /** The time at which the unanswered request was sent. */
  #askedAtMs?: number;

  constructor(worker: types.Worker, requests: WorkerRequests, settings: MediaSettings) {
    this.#worker = worker;
    this.#requests = requests;
    this.#settings = settings;
  }

  /** CPU share of one core, 0..1, over the last sample. */
  get cpuRatio(): number {
    return this.#cpuRatio;
  }

  /** Resident memory at the last sample; `null` before it, and where there is no /proc. */
  get memoryBytes(): number | null {
    return this.#memoryBytes;
  }

  /** Round trip of the last sample's request, or the wait so far if longer; `null` before the first answer. */
  get pingSeconds(): number | null {
    const waitedMs = this.#askedAtMs === undefined ? 0 : performance.now() - this.#askedAtMs;
    if (this.#pingMs === null) {
      return null;
    }
    return Math.max(this.#pingMs, waitedMs) / 1_000;
  }

  /** The watchdog killed it. */
  get hung(): boolean {
    return this.#hung;
  }

  /**
   * A worker that stays silent for `workerHangMs` is killed, and so handled as any that died.
   *
   * @returns false when it was not measured: it died, or the sample before still waits.
   */
  async sample(): Promise<boolean> {
    if (this.#askedAtMs !== undefined) {
      return false;
    }
    this.#askedAtMs = performance.now();
    const half = this.#settings.workerHangMs / 2;
    // Two steps: when this process itself was stopped or busy, the answer is read between them.
    let watchdog = setTimeout(() => {
      watchdog = setTimeout(() => {
        this.#settings.onError(new Error(`worker ${this.#worker.pid} does not answer`), 'worker-hang');
        this.#hung = true;
        kill(this.#worker.pid);
      }, half);
    }, half);
    try {
      const usage = await this.#requests.untilAnswered(this.#worker.getResourceUsage());
      const atMs = performance.now();
      this.#pingMs = atMs - this.#askedAtMs;
      this.#measureCpu(usage.ru_utime + usage.ru_stime, atMs);
    } catch {
      // The worker died meanwhile, of which the 'died' event tells.
      return false;
    } finally {
      clearTimeout(watchdog);
      this.#askedAtMs = undefined;
    }
    this.#memoryBytes = await residentBytes(this.#worker.pid);
    return true;
  }

  #measureCpu(cpuMs: number, atMs: number): void {
    if (this.#lastUsage && atMs > this.#lastUsage.atMs) {
      this.#cpuRatio = Math.max(0, (cpuMs - this.#lastUsage.cpuMs) / (atMs - this.#lastUsage.atMs));
    }
    this.#lastUsage = { cpuMs, atMs };
  }
}

/** `VmRSS` of proc(5): the worker itself tells only the most memory that it ever had. */
async function residentBytes(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1_024;
  } catch {
    return null;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
