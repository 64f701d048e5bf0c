import type { Sample } from './prometheus-text.js';
import type { ServerSide } from './run-result.js';

/** The window of the server's event-loop delay: a read before its end also covers the time before the measuring. */
const EVENT_LOOP_WINDOW_MS = 10_000;

/** The sums of one measurement's scrapes. */
export class ScrapeSums {
  #first: Scrape | undefined;
  #last: Scrape | undefined;
  /** Increases of counters, also across restarts of the server. */
  #processCpuSeconds = 0;
  #packetsDown = 0;
  readonly #workers = new Map<string, { cpuSeconds: number; seconds: number }>();
  #eventLoopDelay = { whole: 0, early: 0, seen: false };
  #memoryBytes: number | null = null;
  #latestProcessCpuRatio: number | null = null;

  /** @param atMs of a monotonic clock. */
  add(samples: readonly Sample[], atMs: number): void {
    const scrape = new Scrape(samples, atMs);
    if (this.#last) this.#addSince(this.#last, scrape);
    this.#first ??= scrape;
    this.#last = scrape;
    if (scrape.memoryBytes !== null) this.#memoryBytes = Math.max(this.#memoryBytes ?? 0, scrape.memoryBytes);
    this.#addEventLoopDelay(scrape, atMs - this.#first.atMs);
  }

  get version(): string | null {
    return this.#last?.version ?? null;
  }

  get latest(): { workerCpuRatio: number | null; processCpuRatio: number | null } {
    const ratios = this.#last?.workerCpuRatios;
    const workerCpuRatio = ratios?.size ? [...ratios.values()].reduce((sum, ratio) => sum + ratio, 0) : null;
    return { workerCpuRatio, processCpuRatio: this.#latestProcessCpuRatio };
  }

  /** @returns `null` before two scrapes at different times. */
  serverSide(packetsReceived: number = this.#packetsDown): ServerSide | null {
    if (!this.#first || !this.#last || this.#last.atMs <= this.#first.atMs) return null;
    const seconds = (this.#last.atMs - this.#first.atMs) / 1000;
    const workers = [...this.#workers].sort(([a], [b]) => Number(a) - Number(b)).map(([, worker]) => worker);
    const cpuSeconds = workers.reduce((sum, worker) => sum + worker.cpuSeconds, this.#processCpuSeconds);
    // Without the workers' share, it would be the price of signalling and not of forwarding.
    const isPriceKnown = packetsReceived > 0 && workers.length > 0 && this.#last.processCpuSeconds !== null;
    const { seen, whole, early } = this.#eventLoopDelay;
    return {
      cpuMicrosecondsPerPacket: isPriceKnown ? (cpuSeconds * 1e6) / packetsReceived : null,
      processCpuRatio: this.#last.processCpuSeconds === null ? null : this.#processCpuSeconds / seconds,
      workerCpuRatios: workers.map((worker) => worker.cpuSeconds / worker.seconds),
      eventLoopDelayP99Ms: seen ? (whole || early) * 1000 : null,
      memoryBytes: this.#memoryBytes,
    };
  }

  #addSince(before: Scrape, now: Scrape): void {
    const seconds = (now.atMs - before.atMs) / 1000;
    const increase = (from: number | null, to: number | null): number => {
      if (to === null) return 0;
      const isReset = from === null || now.startedAt !== before.startedAt || to < from;
      return isReset ? to : to - from;
    };
    const cpuSeconds = increase(before.processCpuSeconds, now.processCpuSeconds);
    this.#processCpuSeconds += cpuSeconds;
    this.#latestProcessCpuRatio = now.processCpuSeconds === null || seconds <= 0 ? null : cpuSeconds / seconds;
    this.#packetsDown += increase(before.packetsDown, now.packetsDown);
    for (const [slot, ratio] of now.workerCpuRatios) {
      const worker = this.#workers.get(slot) ?? { cpuSeconds: 0, seconds: 0 };
      worker.cpuSeconds += ratio * seconds;
      worker.seconds += seconds;
      this.#workers.set(slot, worker);
    }
  }

  /** The worst of the windows; those that began before the measuring count only where there are no others. */
  #addEventLoopDelay({ eventLoopDelayP99Seconds }: Scrape, ageMs: number): void {
    if (eventLoopDelayP99Seconds === null) return;
    const kind = ageMs < EVENT_LOOP_WINDOW_MS ? 'early' : 'whole';
    this.#eventLoopDelay[kind] = Math.max(this.#eventLoopDelay[kind], eventLoopDelayP99Seconds);
    this.#eventLoopDelay.seen = true;
  }
}

/** One scrape; `null` for what was not on the page. */
class Scrape {
  constructor(
    private readonly samples: readonly Sample[],
    readonly atMs: number,
  ) {}

  get version(): string | null {
    return this.samples.find(({ name }) => name === 'minimeet_build_info')?.labels['version'] ?? null;
  }

  /** Another one is another process, whose counters began at 0. */
  get startedAt(): number | null {
    return this.#sum('process_start_time_seconds');
  }

  get processCpuSeconds(): number | null {
    return this.#sum('process_cpu_seconds_total');
  }

  get packetsDown(): number | null {
    return this.#sum('minimeet_media_packets_total', { direction: 'down' });
  }

  get eventLoopDelayP99Seconds(): number | null {
    return this.#sum('minimeet_event_loop_delay_seconds', { quantile: '0.99' });
  }

  /** The memory of the server's process and its workers. */
  get memoryBytes(): number | null {
    const own = this.#sum('process_resident_memory_bytes');
    return own === null ? null : own + (this.#sum('minimeet_worker_memory_bytes') ?? 0);
  }

  /** By slot, without those that do not run now. */
  get workerCpuRatios(): Map<string, number> {
    return new Map(
      this.#all('minimeet_worker_cpu_ratio').map(({ labels, value }) => [labels['slot'] ?? '', value] as const),
    );
  }

  #sum(name: string, labels: Record<string, string> = {}): number | null {
    const found = this.#all(name).filter((sample) =>
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
    return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
  }

  /** Without what is not a number: an idle gauge of the event loop's delay is NaN. */
  #all(name: string): Sample[] {
    return this.samples.filter((sample) => sample.name === name && Number.isFinite(sample.value));
  }
}
