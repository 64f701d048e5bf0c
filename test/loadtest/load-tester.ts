import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '../../loadtest/run-result.js';
import { eventually } from '../support/eventually.js';

const CLI = fileURLToPath(new URL('../../loadtest/dist/cli.js', import.meta.url));

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  /** Of the JSON report; `null` when there is none. */
  result: RunResult | null;
}

/** The load tester's command as a process, with a JSON report. */
export class LoadTester {
  readonly #process: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'minimeet-loadtest-'));
  #stdout = '';
  #stderr = '';

  constructor(args: string[]) {
    const report = join(this.#folder, 'result.json');
    this.#process = spawn(process.execPath, [CLI, ...args, '--report', report], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stdout?.on('data', (chunk: Buffer) => (this.#stdout += chunk.toString()));
    this.#process.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
  }

  /** Runs it to its end. */
  static run(args: string[]): Promise<Outcome> {
    return new LoadTester(args).outcome();
  }

  /** Waits until everybody has come and the media are measured. */
  async measuring(): Promise<void> {
    await eventually(
      () => (this.#stdout.includes('\nmeasuring') ? true : undefined),
      () => `Not yet: ${this.#stdout}`,
      30_000,
    );
  }

  /** Processes that it has started. */
  async children(): Promise<number[]> {
    const { pid = 0 } = this.#process;
    return (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean).map(Number);
  }

  interrupt(): void {
    this.#process.kill('SIGINT');
  }

  async outcome(): Promise<Outcome> {
    const [code] = (await once(this.#process, 'close')) as [number | null];
    const report = join(this.#folder, 'result.json');
    const result = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as RunResult) : null;
    rmSync(this.#folder, { recursive: true });
    return { code: code ?? -1, stdout: this.#stdout, stderr: this.#stderr, result };
  }
}

/** The result of a run that must have one. */
export function resultOf({ result, stdout, stderr }: Outcome): RunResult {
  if (!result) throw new Error(`No report:\n${stdout}\n${stderr}`);
  return result;
}
