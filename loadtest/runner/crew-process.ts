import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Assignment, FromChild, SecondReport, ToChild, Tracks } from './messages.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
/** Leaving takes it less; then it is ended. */
const FINISH_MS = 10_000;

interface CrewProcessEvents {
  second: [SecondReport];
  /** It ended before it was told to. */
  died: [how: string];
}

/** A process of the load tester, seen from its parent. */
export class CrewProcess extends EventEmitter<CrewProcessEvents> {
  /** Indices of the plan's people. */
  readonly people: readonly number[];
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  readonly #finished: Promise<Tracks | null>;
  #dead = false;

  constructor(assignment: Assignment) {
    super();
    this.people = assignment.people;
    this.#child = fork(CHILD, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#ready = new Promise((resolve, reject) => {
      this.#child.on('message', ({ type }: FromChild) => {
        if (type === 'ready') resolve();
      });
      this.#child.once('exit', () => reject(new Error('A process of the load tester could not start.')));
      this.#child.once('error', reject);
    });
    this.#finished = this.#follow();
    this.#tell({ type: 'assign', assignment });
  }

  get dead(): boolean {
    return this.#dead;
  }

  ready(): Promise<void> {
    return this.#ready;
  }

  start(atEpochMs: number): void {
    this.#tell({ type: 'start', atEpochMs });
  }

  measure(atEpochMs: number): void {
    this.#tell({ type: 'measure', atEpochMs });
  }

  /** Its people leave. @returns what they received at the end; `null` when the process is dead. */
  async finish(): Promise<Tracks | null> {
    this.#tell({ type: 'finish' });
    const timer = setTimeout(() => this.kill(), FINISH_MS);
    try {
      return await this.#finished;
    } finally {
      clearTimeout(timer);
    }
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #tell(message: ToChild): void {
    // It may be gone already, which `died` tells.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #follow(): Promise<Tracks | null> {
    return new Promise((resolve) => {
      let tracks: Tracks | null = null;
      this.#child.on('message', (message: FromChild) => {
        if (message.type === 'second') this.emit('second', message.report);
        if (message.type === 'finished') tracks = message.tracks;
      });
      this.#child.once('exit', (code, signal) => {
        this.#dead = tracks === null;
        if (this.#dead) this.emit('died', signal ? `ended by ${signal}` : `ended with exit code ${code}`);
        resolve(tracks);
      });
    });
  }
}
