import { LoadVisit, type VisitContext } from './load-visit.js';
import type { OpenRoom, Tracks } from './messages.js';
import type { PersonPlan, RoomPlan } from './plan.js';
import type { RoomSound } from './room-sound.js';

/** One place in a room, and those who take it one after the other. */
export class LoadPerson {
  readonly #newVisit: () => LoadVisit;
  /** The last one has the place; those before are on their way out. */
  #visits: LoadVisit[] = [];
  #ended = false;

  constructor(plan: PersonPlan, room: RoomPlan, open: OpenRoom, sound: RoomSound, context: VisitContext) {
    this.#newVisit = () => new LoadVisit(plan, room, open, sound, context);
  }

  /** Expected for the first time, or on the way in. */
  get joining(): boolean {
    return this.#visits.length === 0 || this.#visits.some(({ joining }) => joining);
  }

  get inRoom(): boolean {
    return this.#visits.at(-1)?.inRoom ?? false;
  }

  /** Somebody comes, and the person before them leaves. @param scheduledAtMs of `performance.now()`. */
  async join(scheduledAtMs: number): Promise<void> {
    if (this.#ended) return;
    const left = this.#visits.at(-1)?.retire();
    const visit = this.#newVisit();
    this.#visits = [...this.#visits.filter(({ joining, inRoom }) => joining || inRoom), visit];
    await Promise.all([left, visit.join(scheduledAtMs)]);
  }

  /** Ten times a second. */
  tick(nowMs: number): void {
    for (const visit of this.#visits) visit.tick(nowMs);
  }

  /** Once a second: hands what was received since to the recorder. */
  measure(): void {
    for (const visit of this.#visits) visit.measure();
  }

  /** The tracks of the last second. */
  tracks(nowMs: number): Tracks {
    return (this.#visits.at(-1) ?? this.#newVisit()).tracks(nowMs);
  }

  /** For good. */
  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#visits.map((visit) => visit.end()));
  }
}
