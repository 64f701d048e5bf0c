import { bitrate, clock, count, milliseconds, percent } from './format.js';

/** The state of a run at a moment; `null` where it is not known yet. */
export interface LiveState {
  /** Such as 'ramp-up' or 'measuring'. */
  stage: string;
  /** The finished part of the stage, 0..1. */
  progress: number;
  /** Until the end of the run. */
  secondsLeft: number;
  people: number;
  peopleWanted: number;
  joins: number;
  joinFailures: number;
  receivedBps: number;
  latencyP50Ms: number | null;
  latencyP99Ms: number | null;
  lossRatio: number | null;
  freezes: number;
  /** Sum of the workers, shares of one core. */
  workerCpuRatio: number | null;
  /** The share of the busiest process. */
  testerCpuRatio: number | null;
}

/** The part of a stream such as `process.stdout` that is used. */
interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

interface LiveTableOptions {
  environment?: Record<string, string | undefined>;
  /** Milliseconds of a monotonic clock. */
  now?: () => number;
}

interface Cell {
  name: string;
  value: string;
  isBad?: boolean;
}

const PLAIN_INTERVAL_MS = 5000;
const BAR_WIDTH = 24;

/**
 * Shows a run while it goes on: in place on a terminal, else a line every 5 s. It changes no mode of the terminal
 * (cursor, echo, screen) and leaves no line open, so that the terminal works whenever the process is ended.
 */
export class LiveTable {
  readonly #out: Output;
  readonly #now: () => number;
  readonly #inPlace: boolean;
  readonly #colours: boolean;
  #shown: string[] = [];
  #lastLineAt = -Infinity;

  constructor(out: Output, { environment = process.env, now = () => performance.now() }: LiveTableOptions = {}) {
    this.#out = out;
    this.#now = now;
    this.#inPlace = out.isTTY === true && environment['TERM'] !== 'dumb';
    // https://no-color.org: any value that is not empty.
    this.#colours = this.#inPlace && !environment['NO_COLOR'];
  }

  update(state: LiveState): void {
    if (this.#inPlace) {
      const lines = this.#linesOf(state);
      this.#out.write(this.#erasure() + lines.map((line) => `${line}\n`).join(''));
      this.#shown = lines;
    } else if (this.#now() - this.#lastLineAt >= PLAIN_INTERVAL_MS) {
      this.#lastLineAt = this.#now();
      this.#out.write(`${plainLine(state)}\n`);
    }
  }

  /** Prints a line that stays, above the table. */
  note(line: string): void {
    this.#out.write(`${this.#erasure()}${line}\n${this.#shown.map((shown) => `${shown}\n`).join('')}`);
  }

  /** Takes the table away, where it was in place: the report follows. */
  close(): void {
    this.#out.write(this.#erasure());
    this.#shown = [];
  }

  /** Back to where the table began; a terminal that became narrower has broken its lines since. */
  #erasure(): string {
    if (this.#shown.length === 0) return '';
    const columns = this.#columns;
    const rows = this.#shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
    return `\x1b[${rows}A\r\x1b[J`;
  }

  #linesOf(state: LiveState): string[] {
    const columns = this.#columns;
    const filled = Math.round(Math.min(1, Math.max(0, state.progress)) * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const head = `${state.stage} ${bar} ${clock(state.secondsLeft)} left`;
    // Narrow terminals have no room for the bar.
    const first = head.length < columns ? head : `${state.stage} ${clock(state.secondsLeft)} left`;
    return [first.slice(0, columns - 1), ...this.#blocks(cellsOf(state), columns - 1)];
  }

  /** Names over values, in as many blocks as the width asks for. */
  #blocks(cells: Cell[], width: number): string[] {
    const blocks: Cell[][] = [[]];
    let used = 0;
    for (const cell of cells) {
      if (used > 0 && used + cellWidth(cell) > width) {
        blocks.push([]);
        used = 0;
      }
      blocks.at(-1)?.push(cell);
      used += cellWidth(cell) + 2;
    }
    return blocks.flatMap((block) => [
      this.#paint(
        block
          .map((cell) => cell.name.padEnd(cellWidth(cell)))
          .join('  ')
          .slice(0, width),
        '2',
      ),
      block.map((cell) => this.#paint(cell.value.padEnd(cellWidth(cell)), cell.isBad ? '31' : '')).join('  '),
    ]);
  }

  #paint(text: string, colour: string): string {
    return this.#colours && colour !== '' ? `\x1b[${colour}m${text}\x1b[0m` : text;
  }

  get #columns(): number {
    return Math.max(20, this.#out.columns ?? 80);
  }
}

function cellsOf(state: LiveState): Cell[] {
  return [
    { name: 'people', value: `${count(state.people)}/${count(state.peopleWanted)}` },
    { name: 'joins', value: count(state.joins) },
    { name: 'failed', value: count(state.joinFailures), isBad: state.joinFailures > 0 },
    { name: 'in', value: bitrate(state.receivedBps).padEnd(9) },
    { name: 'p50', value: milliseconds(state.latencyP50Ms).padEnd(7) },
    { name: 'p99', value: milliseconds(state.latencyP99Ms).padEnd(7) },
    { name: 'loss', value: percent(state.lossRatio).padEnd(7) },
    { name: 'freezes', value: count(state.freezes), isBad: state.freezes > 0 },
    { name: 'workers', value: percent(state.workerCpuRatio).padEnd(6) },
    { name: 'tester', value: percent(state.testerCpuRatio).padEnd(6) },
  ];
}

/** One line for a log. */
function plainLine(state: LiveState): string {
  return [
    `${state.stage}, ${clock(state.secondsLeft)} left`,
    `people ${count(state.people)}/${count(state.peopleWanted)}`,
    `joins ${count(state.joins)}, failed ${count(state.joinFailures)}`,
    `in ${bitrate(state.receivedBps)}`,
    `latency p50 ${milliseconds(state.latencyP50Ms)}, p99 ${milliseconds(state.latencyP99Ms)}`,
    `loss ${percent(state.lossRatio)}`,
    `freezes ${count(state.freezes)}`,
    `workers ${percent(state.workerCpuRatio)}`,
    `tester ${percent(state.testerCpuRatio)}`,
  ].join(' · ');
}

function cellWidth({ name, value }: Cell): number {
  return Math.max(name.length, value.length);
}

/** Columns that a line takes, without its colours. */
function widthOf(line: string): number {
  // eslint-disable-next-line no-control-regex -- The escape character is what colours begin with.
  return line.replace(/\x1b\[\d+m/g, '').length;
}
