import { setTimeout as sleep } from 'node:timers/promises';
import { parsePrometheusText } from './prometheus-text.js';
import type { ServerSide } from './run-result.js';
import { ScrapeSums } from './scrape-sums.js';

interface ServerScraperOptions {
  /** The token that the server was told to ask for. */
  token?: string;
  intervalMs?: number;
}

interface ServerSideOutcome {
  /** `null`: `problem` says why. */
  serverSide: ServerSide | null;
  /** The problem, in a sentence for a person; `null`: none. A run with some failed scrapes has both. */
  problem: string | null;
}

const ANSWER_TIMEOUT_MS = 2000;

/** Watches a server under load through its own Prometheus metrics. Never throws: a run goes on without them. */
export class ServerScraper {
  readonly #url: string;
  readonly #token: string | undefined;
  readonly #intervalMs: number;
  readonly #stopping = new AbortController();
  #sums = new ScrapeSums();
  #running: Promise<void> | undefined;
  #problem: string | null = null;
  #failed = 0;
  #scrapes = 0;

  /** @param url of the page itself, as in http://127.0.0.1:9464/metrics */
  constructor(url: string, { token, intervalMs = 1000 }: ServerScraperOptions = {}) {
    this.#url = url;
    this.#token = token;
    this.#intervalMs = intervalMs;
  }

  /** Resolves after the first scrape; `problem` tells at once whether it worked. */
  async start(): Promise<void> {
    await this.#scrape();
    this.#running = this.#goOn();
  }

  /** Forgets what was seen so far: the figures of `stop` begin here, for instance after the ramp-up. */
  async measureFromNow(): Promise<void> {
    this.#sums = new ScrapeSums();
    this.#failed = 0;
    this.#scrapes = 0;
    await this.#scrape();
  }

  /**
   * Scrapes a last time.
   * @param packetsReceived by all peers of the tester since the measuring began; without it the server's own count,
   * which it samples in rotation, must do.
   */
  async stop(packetsReceived?: number): Promise<ServerSideOutcome> {
    this.#stopping.abort();
    await this.#running;
    await this.#scrape();
    const serverSide = this.#sums.serverSide(packetsReceived);
    if (serverSide && this.#failed > 0) {
      return {
        serverSide,
        problem: `${this.#failed} of ${this.#scrapes} scrapes failed, the last one so: ${this.#problem}`,
      };
    }
    return { serverSide, problem: this.#problem ?? (serverSide ? null : 'The run was too short for two scrapes.') };
  }

  /** Why the server's side could not be read the last time. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The version of the server under load, once a scrape worked. */
  get version(): string | null {
    return this.#sums.version;
  }

  /** The latest shares of one core, all workers together and the server's process; `null` while unknown. */
  get latest(): { workerCpuRatio: number | null; processCpuRatio: number | null } {
    return this.#problem === null ? this.#sums.latest : { workerCpuRatio: null, processCpuRatio: null };
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await sleep(this.#intervalMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.#scrape();
    }
  }

  async #scrape(): Promise<void> {
    const sums = this.#sums;
    this.#scrapes += 1;
    const page = await this.#read();
    // The measuring began anew while the answer was under way.
    if (sums !== this.#sums) return;
    if ('problem' in page) {
      this.#failed += 1;
      this.#problem = page.problem;
      return;
    }
    const samples = parsePrometheusText(page.text);
    if (samples.some(({ name }) => name === 'minimeet_build_info')) {
      this.#problem = null;
      sums.add(samples, performance.now());
    } else {
      this.#failed += 1;
      this.#problem = `${this.#url} answers, but not with the metrics of a MiniMeet server.`;
    }
  }

  async #read(): Promise<{ text: string } | { problem: string }> {
    try {
      const response = await fetch(this.#url, {
        headers: this.#token === undefined ? {} : { Authorization: `Bearer ${this.#token}` },
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      const text = await response.text();
      return response.ok ? { text } : { problem: this.#refusal(response.status) };
    } catch (error) {
      return { problem: this.#failure(error) };
    }
  }

  #refusal(status: number): string {
    if (status !== 401 && status !== 403) return `${this.#url} answers with HTTP status ${status}.`;
    if (this.#token === undefined) return `${this.#url} asks for a bearer token (${status}), and none was given.`;
    return `${this.#url} does not take this bearer token (${status}).`;
  }

  #failure(error: unknown): string {
    const { name, message, cause } = error as Error;
    if (name === 'TimeoutError') return `${this.#url} did not answer within ${ANSWER_TIMEOUT_MS / 1000} s.`;
    const { code } = (cause ?? {}) as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED') {
      return `${this.#url} refuses connections: is the server running there, with this METRICS_HOST and METRICS_PORT?`;
    }
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${this.#url}: there is no host of that name.`;
    const reason = cause instanceof Error ? cause.message : message;
    return `${this.#url} could not be read: ${reason}.`;
  }
}
