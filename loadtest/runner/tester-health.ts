import { cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The histogram holds the time between two looks of this distance, of which the distance itself is no delay. */
const RESOLUTION_MS = 10;

/** How this process copes: CPU and event-loop delay. */
export class ProcessHealth {
  #cpu = process.cpuUsage();
  #atMs = performance.now();
  readonly #second = monitor();
  readonly #measured = monitor();

  /** Since the call before. */
  take(): { cpuRatio: number; eventLoopDelayMs: number; eventLoopDelayP99Ms: number } {
    const used = process.cpuUsage(this.#cpu);
    const nowMs = performance.now();
    const cpuRatio = (used.user + used.system) / 1000 / (nowMs - this.#atMs);
    this.#cpu = process.cpuUsage();
    this.#atMs = nowMs;
    const eventLoopDelayMs = p99Of(this.#second);
    this.#second.reset();
    return { cpuRatio, eventLoopDelayMs, eventLoopDelayP99Ms: p99Of(this.#measured) };
  }

  /** The measured part begins. */
  restart(): void {
    this.#measured.reset();
  }
}

/** How much of the whole machine's CPU is left. */
export class MachineHealth {
  #before = times();

  /** Share of all processors that was idle since the call before, 0..1. */
  takeIdleRatio(): number {
    const now = times();
    const passed = now.total - this.#before.total;
    const idle = now.idle - this.#before.idle;
    this.#before = now;
    return passed > 0 ? idle / passed : 1;
  }
}

type Monitor = ReturnType<typeof monitorEventLoopDelay>;

function times(): { idle: number; total: number } {
  return cpus().reduce(
    ({ idle, total }, { times: of }) => ({
      idle: idle + of.idle,
      total: total + of.user + of.nice + of.sys + of.idle + of.irq,
    }),
    { idle: 0, total: 0 },
  );
}

function monitor(): Monitor {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return histogram;
}

function p99Of(histogram: Monitor): number {
  return histogram.count === 0 ? 0 : Math.max(0, histogram.percentile(99) / 1e6 - RESOLUTION_MS);
}
