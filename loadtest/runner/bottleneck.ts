import type { SecondReport } from './messages.js';

/** From here on a process, or the machine, keeps its work waiting. */
const BUSY_RATIO = 0.85;
const LATE_MS = 50;
const IDLE_RATIO = 0.05;
/** A moment of it says nothing. */
const BUSY_SECONDS = 3;
const BUSY_SHARE = 0.05;

interface ProcessRecord {
  seconds: number;
  busySeconds: number;
  measuredSeconds: number;
  cpuSum: number;
  eventLoopDelayP99Ms: number;
}

/** Watches whether the load tester keeps up: figures of one that does not are its own, not the server's. */
export class BottleneckWatch {
  readonly #processes = new Map<number, ProcessRecord>();
  readonly #crashes: string[] = [];
  #idleSum = 0;
  #idleSeconds = 0;

  add(process: number, { cpuRatio, measured, eventLoopDelayP99Ms }: SecondReport): void {
    const record = this.#processes.get(process) ?? {
      seconds: 0,
      busySeconds: 0,
      measuredSeconds: 0,
      cpuSum: 0,
      eventLoopDelayP99Ms: 0,
    };
    this.#processes.set(process, record);
    record.seconds += 1;
    if (cpuRatio > BUSY_RATIO) record.busySeconds += 1;
    if (!measured) return;
    record.measuredSeconds += 1;
    record.cpuSum += cpuRatio;
    record.eventLoopDelayP99Ms = eventLoopDelayP99Ms;
  }

  /** @param sentence without its full stop. */
  crashed(sentence: string): void {
    this.#crashes.push(sentence);
  }

  /** Once a second of the measured part. */
  machine(idleRatio: number): void {
    this.#idleSum += idleRatio;
    this.#idleSeconds += 1;
  }

  /** The share of the busiest process in the measured part. */
  get maxCpuRatio(): number {
    return Math.max(
      0,
      ...[...this.#processes.values()].map(({ cpuSum, measuredSeconds }) => cpuSum / Math.max(1, measuredSeconds)),
    );
  }

  get eventLoopDelayP99Ms(): number {
    return Math.max(0, ...[...this.#processes.values()].map((record) => record.eventLoopDelayP99Ms));
  }

  /** In words; `null`: the tester kept up. */
  sentence(): string | null {
    const found = [...this.#crashes, ...this.#slowProcesses()];
    if (this.#idleSeconds > 0 && this.#idleSum / this.#idleSeconds < IDLE_RATIO) {
      found.push(
        `the machine of the tester had ${percent(this.#idleSum / this.#idleSeconds)} of its processors left: ` +
          'what else runs on it, maybe the server, and the tester were in each other’s way',
      );
    }
    if (found.length === 0) return null;
    const text = found.join('; ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }

  *#slowProcesses(): Iterable<string> {
    for (const [process, { seconds, busySeconds, eventLoopDelayP99Ms }] of this.#processes) {
      const name = `process ${process + 1} of the tester`;
      if (busySeconds >= BUSY_SECONDS && busySeconds > seconds * BUSY_SHARE) {
        yield `${name} used more than ${percent(BUSY_RATIO)} of a core in ${busySeconds} of ${seconds} seconds (--processes shares the work)`;
      }
      if (eventLoopDelayP99Ms > LATE_MS) {
        yield `the event loop of ${name} was late by ${Math.round(eventLoopDelayP99Ms)} ms (99th percentile), and so were its measurements`;
      }
    }
  }
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}
