import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The period that a reading looks back on. */
const WINDOW_MS = 10_000;
/** How often the delay is measured. */
const RESOLUTION_MS = 20;
const NANOSECONDS = 1e9;

/** The last one is the worst. */
export const QUANTILES = ['0.5', '0.99', '1'] as const;
type Quantile = (typeof QUANTILES)[number];

/**
 * Tells how late timers were over the last 10 to 15 seconds. Node's monitor sums up from its last reset; so of three
 * monitors, each reset every 15 seconds in its turn, the oldest is read. Reading resets nothing.
 */
export class EventLoopDelay {
  /** The oldest first. */
  private monitors = Array.from({ length: 3 }, () => monitorEventLoopDelay({ resolution: RESOLUTION_MS }));
  private readonly timer: NodeJS.Timeout;

  constructor() {
    for (const monitor of this.monitors) monitor.enable();
    this.timer = setInterval(() => this.turn(), WINDOW_MS / 2).unref();
  }

  seconds(): Record<Quantile, number> {
    const [oldest] = this.monitors;
    const late = (measured: number | undefined): number =>
      // The monitor measures from timer to timer, so what is waited on purpose is in it.
      Math.max(0, (measured ?? 0) / NANOSECONDS - RESOLUTION_MS / 1000);
    if (!oldest?.count) return { '0.5': 0, '0.99': 0, '1': 0 };
    return { '0.5': late(oldest.percentile(50)), '0.99': late(oldest.percentile(99)), '1': late(oldest.max) };
  }

  stop(): void {
    clearInterval(this.timer);
    for (const monitor of this.monitors) monitor.disable();
  }

  private turn(): void {
    const [oldest, ...younger] = this.monitors;
    if (!oldest) return;
    oldest.reset();
    this.monitors = [...younger, oldest];
  }
}
