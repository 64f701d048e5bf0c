import { availableParallelism } from 'node:os';
import { CrewProcess } from './crew-process.js';
import { expectedTracks } from './expected-tracks.js';
import type { Assignment, SecondReport, Tracks } from './messages.js';
import type { Plan } from './plan.js';
import { RoomSound } from './room-sound.js';

/** A process of its own is worth while for so many people. */
const PEOPLE_PER_PROCESS = 25;

interface CrewListener {
  started(process: number, people: number): void;
  second(process: number, report: SecondReport): void;
  died(process: number, people: number, how: string): void;
}

/** The processes that share the people of a run. */
export class Crew {
  readonly #processes: CrewProcess[];
  readonly #plan: Plan;
  #startedAtEpochMs = 0;

  /** @param count `null`: as many as are worth while. */
  constructor(assignment: Omit<Assignment, 'people'>, count: number | null, listener: CrewListener) {
    const { plan } = assignment;
    this.#plan = plan;
    const most = count ?? Math.min(availableParallelism(), Math.ceil(plan.people.length / PEOPLE_PER_PROCESS));
    const processes = Math.max(1, Math.min(most, plan.people.length));
    this.#processes = Array.from({ length: processes }, (_, number) => {
      // Neighbours, who come one after the other, are in different processes.
      const people = plan.people.map(({ index }) => index).filter((index) => index % processes === number);
      const one = new CrewProcess({ ...assignment, people });
      listener.started(number, people.length);
      one.on('second', (report) => listener.second(number, report));
      one.on('died', (how) => listener.died(number, people.length, how));
      return one;
    });
  }

  get size(): number {
    return this.#processes.length;
  }

  get allDead(): boolean {
    return this.#processes.every(({ dead }) => dead);
  }

  async ready(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.ready()));
  }

  start(atEpochMs: number): void {
    this.#startedAtEpochMs = atEpochMs;
    for (const one of this.#processes) one.start(atEpochMs);
  }

  measure(): void {
    const nowMs = Date.now();
    for (const one of this.#processes) one.measure(nowMs);
  }

  /** All leave. @returns the tracks of all, those of dead processes with nothing received. */
  async finish(): Promise<Tracks> {
    const atMs = Date.now() - this.#startedAtEpochMs;
    const all = await Promise.all(
      this.#processes.map(async (one) => (await one.finish()) ?? this.#missedBy(one.people, atMs)),
    );
    return {
      expected: all.reduce((sum, { expected }) => sum + expected, 0),
      received: all.reduce((sum, { received }) => sum + received, 0),
    };
  }

  kill(): void {
    for (const one of this.#processes) one.kill();
  }

  #missedBy(people: readonly number[], atMs: number): Tracks {
    const sounds = this.#plan.rooms.map((room) => new RoomSound(room));
    const expected = people.reduce((sum, index) => {
      const person = this.#plan.people[index];
      const room = person && this.#plan.rooms[person.room];
      const sound = person && sounds[person.room];
      if (!room || !sound) return sum;
      const { audio, video } = expectedTracks(person, room, sound, atMs);
      return sum + audio + video;
    }, 0);
    return { expected, received: 0 };
  }
}
