import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.js';

/** A process of this machine: the number alone may be given to another one later. */
interface Process {
  pid: number;
  parent: number;
  command: string;
  startedAt: string;
}

/** `npm start` as a person runs it, in a process group of its own, with its own data and port. */
export class NpmStart {
  /** Of npm itself. */
  readonly npm: number;
  readonly dataDir: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'minimeet-'));
  #output = '';

  /** `env` is given the run's own folder. */
  constructor(env: (folder: string) => Record<string, string> = () => ({})) {
    this.dataDir = join(this.#folder, 'data');
    const child = spawn('npm', ['start'], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: {
        ...process.env,
        ...{ NODE_OPTIONS: '', PORT: '0', METRICS_PORT: '0', MEDIA_WORKERS: '2', DATA_DIR: this.dataDir },
        ...env(this.#folder),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    if (child.pid === undefined) throw new Error('npm could not be started');
    this.npm = child.pid;
  }

  /** The process of the script that npm runs. */
  get command(): number {
    const found = this.descendants().find(({ command }) => /^\S*node scripts\/start\.mjs/.test(command));
    if (!found) throw new Error('npm runs no scripts/start.mjs');
    return found.pid;
  }

  /** The temporary folders of a build that are still there. */
  leftovers(): string[] {
    return readdirSync(this.#folder).filter((name) => name.startsWith('mediasoup-worker-'));
  }

  /** Waits until it has said something like `text`. */
  async said(text: RegExp): Promise<void> {
    await eventually(
      () => text.exec(this.#output) ?? undefined,
      () => `npm start has not said ${text}:\n${this.#output}`,
      60_000,
    );
  }

  /** Waits until a process like `command` runs below npm, and gives everything that does. */
  async started(command: RegExp): Promise<Process[]> {
    return eventually(
      () => {
        const all = this.descendants();
        return all.some((each) => command.test(each.command)) ? all : undefined;
      },
      () => `no ${command} among ${JSON.stringify(this.descendants())}:\n${this.#output}`,
      60_000,
    );
  }

  /** npm and all processes below it. */
  descendants(): Process[] {
    const all = processes();
    const found = all.filter(({ pid }) => pid === this.npm);
    for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
    return found;
  }

  /** Waits until none of them runs any more. */
  async gone(these: Process[]): Promise<void> {
    const left = () =>
      processes().filter(({ pid, startedAt }) => these.some((one) => one.pid === pid && one.startedAt === startedAt));
    await eventually(
      () => (left().length === 0 ? true : undefined),
      () => `still there: ${JSON.stringify(left())}`,
      30_000,
    );
  }

  /** Ends what a failed test left, and removes its data. */
  clear(): void {
    for (const { pid } of this.descendants()) process.kill(pid, 'SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command stands in parentheses and may hold spaces.
      const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // Ended, and not yet asked for by its parent.
      if (state === 'Z') return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(name), parent: Number(parent), command, startedAt: rest[17] ?? '' }];
    } catch {
      return [];
    }
  });
}
