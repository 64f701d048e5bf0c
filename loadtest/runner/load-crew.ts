import { LoadPerson } from './load-person.js';
import type { VisitContext } from './load-visit.js';
import type { Assignment, SecondReport, Tracks } from './messages.js';
import { Recorder } from './recorder.js';
import { RoomSound } from './room-sound.js';
import { ProcessHealth } from './tester-health.js';

const TICK_MS = 100;
const REPORT_MS = 1_000;
/** Leaving is polite, but nobody waits long for it. */
const LEAVE_MS = 3_000;

/** All people of one process. */
export class LoadCrew {
  readonly #recorder = new Recorder();
  readonly #health = new ProcessHealth();
  readonly #assignment: Assignment;
  readonly #onSecond: (report: SecondReport) => void;
  readonly #people = new Map<number, LoadPerson>();
  readonly #timers: NodeJS.Timeout[] = [];
  #startedAtMs = 0;
  #measured = false;
  #nextReportAtMs = 0;

  constructor(assignment: Assignment, onSecond: (report: SecondReport) => void) {
    this.#assignment = assignment;
    this.#onSecond = onSecond;
    const { plan, rooms, people, url, loadTestKey, impair } = assignment;
    const context: VisitContext = {
      url,
      loadTestKey,
      impair,
      recorder: this.#recorder,
      startedAtMs: () => this.#startedAtMs,
    };
    const sounds = plan.rooms.map((room) => new RoomSound(room));
    for (const index of people) {
      const person = plan.people[index];
      const room = person && plan.rooms[person.room];
      const open = person && rooms[person.room];
      const sound = person && sounds[person.room];
      if (room && open && sound) this.#people.set(index, new LoadPerson(person, room, open, sound, context));
    }
  }

  /** Everybody comes when the plan says so, whether or not those before them have got in yet. */
  start(atEpochMs: number): void {
    this.#startedAtMs = atEpochMs - performance.timeOrigin;
    for (const [index, person] of this.#people) {
      this.#at(this.#startedAtMs + (this.#assignment.plan.people[index]?.joinAtMs ?? 0), (atMs) => person.join(atMs));
    }
    this.#nextReportAtMs = this.#startedAtMs + REPORT_MS;
    this.#timers.push(setInterval(() => this.#tick(), TICK_MS));
  }

  /** The measured part begins: people begin to come and go. */
  measure(atEpochMs: number): void {
    const fromMs = atEpochMs - performance.timeOrigin;
    this.#report();
    this.#measured = true;
    this.#health.restart();
    for (const { person: index, atMs } of this.#assignment.plan.changes) {
      const person = this.#people.get(index);
      if (person) this.#at(fromMs + atMs, (scheduledAtMs) => person.join(scheduledAtMs));
    }
  }

  /** Reports for the last time, and everybody leaves. */
  async finish(): Promise<Tracks> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#report();
    const nowMs = performance.now();
    const all = [...this.#people.values()].map((person) => person.tracks(nowMs));
    await Promise.race([
      Promise.allSettled([...this.#people.values()].map((person) => person.end())),
      new Promise((resolve) => setTimeout(resolve, LEAVE_MS)),
    ]);
    this.#report();
    return {
      expected: all.reduce((sum, { expected }) => sum + expected, 0),
      received: all.reduce((sum, { received }) => sum + received, 0),
    };
  }

  #at(atMs: number, act: (scheduledAtMs: number) => Promise<void>): void {
    // Failures are recorded where they happen.
    this.#timers.push(setTimeout(() => void act(atMs), Math.max(0, atMs - performance.now())));
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const person of this.#people.values()) person.tick(nowMs);
    if (nowMs < this.#nextReportAtMs) return;
    this.#nextReportAtMs = Math.max(this.#nextReportAtMs + REPORT_MS, nowMs);
    this.#report();
  }

  #report(): void {
    const people = [...this.#people.values()];
    for (const person of people) person.measure();
    this.#onSecond({
      people: people.filter(({ inRoom }) => inRoom).length,
      joining: people.filter(({ joining }) => joining).length,
      measured: this.#measured,
      ...this.#recorder.take(),
      ...this.#health.take(),
    });
  }
}
