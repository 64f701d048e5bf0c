import { cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveState } from '../report/index.js';
import type { RunResult, TimelinePoint } from '../run-result.js';
import { ServerScraper } from '../server-side.js';
import { BottleneckWatch } from './bottleneck.js';
import { Crew } from './crew.js';
import { HostedRooms } from './hosted-rooms.js';
import type { Load } from './load.js';
import { type Plan, planOf } from './plan.js';
import { Tally } from './tally.js';
import { MachineHealth } from './tester-health.js';

/** Between the word to all processes and the first join. */
const START_MS = 300;
/** After the last join was due: longer than anybody waits for a picture. */
const SETTLE_MS = 12_000;
const SECOND_MS = 1_000;
/** The processes report at full seconds; this much later all have. */
const COLLECT_MS = 200;
const DEFAULT_METRICS = 'http://127.0.0.1:9464/metrics';

/** Such as people read it while a run goes on. */
type Stage = 'ramp-up' | 'measuring';

export interface RunOptions {
  /** The command line that repeats it. */
  command: string;
  onProgress?: ((state: LiveState) => void) | undefined;
  /** Something to tell at once. */
  onNote?: (line: string) => void;
  /** Ends the run early; its measurements are reported. */
  signal?: AbortSignal;
}

/** Brings the people, measures, and lets them leave. @throws LoadTestError when it cannot begin. */
export async function runLoad(load: Load, options: RunOptions): Promise<RunResult> {
  const plan = planOf(load);
  const hosted = await HostedRooms.create(load, plan);
  try {
    return await new Run(load, plan, hosted, options).go();
  } finally {
    const left = await hosted.delete();
    if (left > 0) options.onNote?.(`${left} rooms of the load test could not be deleted.`);
  }
}

class Run {
  readonly #tally = new Tally();
  readonly #watch = new BottleneckWatch();
  readonly #machine = new MachineHealth();
  readonly #timeline: TimelinePoint[] = [];
  readonly #crashes: { process: number; people: number; reason: string }[] = [];
  readonly #crew: Crew;
  readonly #scraper: ServerScraper;
  #startedAtMs = 0;
  #measuredFromMs: number | null = null;
  #cutShort: string | null = null;

  constructor(
    private readonly load: Load,
    private readonly plan: Plan,
    hosted: HostedRooms,
    private readonly options: RunOptions,
  ) {
    const { url, loadTestKey, impair, processes, metricsToken } = load;
    this.#crew = new Crew({ url, loadTestKey, impair, plan, rooms: hosted.rooms }, processes, {
      started: (process, people) => this.#tally.expect(process, people),
      second: (process, report) => {
        this.#tally.add(process, report);
        this.#watch.add(process, report);
      },
      died: (process, people, how) => this.#died(process, people, how),
    });
    this.#scraper = new ServerScraper(load.metricsUrl ?? DEFAULT_METRICS, { token: metricsToken });
  }

  async go(): Promise<RunResult> {
    try {
      await Promise.all([this.#crew.ready(), this.#scraper.start()]);
      const startedAt = Date.now() + START_MS;
      this.#startedAtMs = performance.now() + START_MS;
      this.#crew.start(startedAt);
      await this.#join();
      await this.#measure();
      return await this.#finish(new Date(startedAt));
    } finally {
      this.#crew.kill();
    }
  }

  async #join(): Promise<void> {
    const rampEndMs = this.#startedAtMs + this.load.rampSeconds * 1000;
    const isSettled = (): boolean => performance.now() >= rampEndMs && this.#tally.joining === 0;
    await this.#seconds('ramp-up', rampEndMs + SETTLE_MS, isSettled);
    if (this.#cutShort === null && this.#tally.people === 0) this.#cutShort = 'nobody could join';
  }

  async #measure(): Promise<void> {
    if (this.#cutShort !== null) return;
    this.#crew.measure();
    this.#machine.takeIdleRatio();
    this.#measuredFromMs = performance.now();
    await this.#scraper.measureFromNow();
    await this.#seconds('measuring', this.#measuredFromMs + this.load.durationSeconds * 1000, () => false);
  }

  /** Lets the time pass, with a point of the timeline each second. */
  async #seconds(stage: Stage, untilMs: number, isDone: () => boolean): Promise<void> {
    for (;;) {
      const nowMs = performance.now();
      const nextPointMs = this.#startedAtMs + (this.#timeline.length + 1) * SECOND_MS + COLLECT_MS;
      await this.#wait(Math.min(nextPointMs, untilMs) - nowMs);
      if (performance.now() >= nextPointMs) this.#point(stage);
      if (this.options.signal?.aborted) {
        const seconds = Math.max(0, Math.round((performance.now() - this.#startedAtMs) / 1000));
        this.#cutShort ??= `stopped by Ctrl-C after ${seconds} s`;
      }
      if (this.#crew.allDead) this.#cutShort ??= 'all processes of the load tester died';
      if (this.#cutShort !== null || performance.now() >= untilMs || isDone()) return;
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    // Ctrl-C ends it; the caller looks.
    await sleep(Math.max(1, milliseconds), undefined, { signal: this.options.signal }).catch(() => undefined);
  }

  #point(stage: Stage): void {
    if (stage === 'measuring') this.#watch.machine(this.#machine.takeIdleRatio());
    const point = this.#tally.takeSecond(this.#timeline.length + 1, this.#scraper.latest.workerCpuRatio);
    const { latencyP50Ms: _, ...kept } = point;
    this.#timeline.push(kept);
    const { tried, failed } = this.#tally.joins;
    const { rampSeconds, durationSeconds } = this.load;
    const passed = (performance.now() - (this.#measuredFromMs ?? this.#startedAtMs)) / 1000;
    const planned = stage === 'measuring' ? durationSeconds : rampSeconds;
    this.options.onProgress?.({
      ...point,
      stage,
      progress: planned > 0 ? Math.min(1, passed / planned) : 1,
      secondsLeft: Math.max(0, planned - passed) + (stage === 'measuring' ? 0 : durationSeconds),
      peopleWanted: this.plan.people.length,
      joins: tried,
      joinFailures: failed,
    });
  }

  #died(process: number, people: number, how: string): void {
    const second = Math.max(0, Math.round((performance.now() - this.#startedAtMs) / 1000));
    this.#tally.lose(process);
    this.#crashes.push({ process: process + 1, people, reason: how });
    const sentence = `process ${process + 1} of the tester was ${how} after ${second} s, and its ${people} people are gone`;
    this.#watch.crashed(sentence);
    this.options.onNote?.(`P${sentence.slice(1)}.`);
  }

  async #finish(startedAt: Date): Promise<RunResult> {
    const endedMs = performance.now();
    const durationSeconds = this.#measuredFromMs === null ? 0 : (endedMs - this.#measuredFromMs) / 1000;
    const leaving = this.#crew.finish();
    // Their last reports come at once.
    await sleep(COLLECT_MS);
    const { serverSide, problem } = await this.#scraper.stop(this.#tally.packetsReceived);
    const tracks = await leaving;
    const { joins, media, reconnects } = this.#tally.results(durationSeconds);
    const { groups, title, seed, url } = this.load;
    const [processor] = cpus();
    return {
      formatVersion: 1,
      startedAt: startedAt.toISOString(),
      durationSeconds,
      title,
      ...(this.#cutShort !== null && { cutShort: this.#cutShort }),
      command: this.options.command,
      seed,
      machine: {
        processors: cpus().length,
        model: processor?.model.trim() ?? 'unknown',
        memoryBytes: totalmem(),
        node: process.version,
      },
      server: { url, version: this.#scraper.version },
      load: {
        rooms: this.plan.rooms.length,
        people: this.plan.people.length,
        publishers: groups.reduce((sum, group) => sum + group.rooms * (group.publishers + group.audioPublishers), 0),
        subscribers: groups.reduce((sum, group) => sum + group.rooms * group.subscribers, 0),
        processes: this.#crew.size,
      },
      joins,
      media: { ...media, tracks },
      reconnects,
      serverSide,
      serverMetricsProblem: problem,
      tester: {
        maxCpuRatio: this.#watch.maxCpuRatio,
        eventLoopDelayP99Ms: this.#watch.eventLoopDelayP99Ms,
        bottleneck: this.#watch.sentence(),
        ...(this.#crashes.length > 0 && { crashes: this.#crashes }),
      },
      timeline: this.#timeline,
      gate: null,
    };
  }
}
