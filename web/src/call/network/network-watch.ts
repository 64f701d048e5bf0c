import type { Room } from '@minimeet/sdk';
import { judge, type OwnTrouble, type Trouble, type WatchedTrack } from './judge.js';
import { readSample, type NetworkSample } from './sample.js';

/** Often enough to notice, seldom enough to cost nothing. */
const INTERVAL_MS = 3_000;
/** In this many samples in a row, or it is a hiccup; and gone from this many, or it is not over. */
const IN_A_ROW = 2;

/** Something that must last before it counts, and be gone for as long before it does not. */
class Steady<Value> {
  #shown: Value | null = null;
  #differs = 0;

  get shown(): Value | null {
    return this.#shown;
  }

  /** @param same whether two mean the same to a person. @returns whether what is shown has changed. */
  see(now: Value | null, same: (a: Value, b: Value) => boolean): boolean {
    const unchanged = now === this.#shown || (now !== null && this.#shown !== null && same(now, this.#shown));
    this.#differs = unchanged ? 0 : this.#differs + 1;
    if (this.#differs < IN_A_ROW) return false;
    this.#differs = 0;
    this.#shown = now;
    return true;
  }
}

/** Watches how the media of a call arrives while the page is seen. A reader of one person gets that one's network. */
export class NetworkWatch {
  readonly #room: Room;
  readonly #people = new Map<string, Steady<Trouble>>();
  readonly #own = new Steady<OwnTrouble>();
  readonly #listeners = new Set<() => void>();
  #before: NetworkSample | null = null;

  constructor(room: Room) {
    this.#room = room;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(personId: string): Trouble | null {
    return this.#people.get(personId)?.shown ?? null;
  }

  get own(): OwnTrouble | null {
    return this.#own.shown;
  }

  /** @returns a function that ends it. */
  start(): () => void {
    const timer = setInterval(() => void this.#look().catch(() => undefined), INTERVAL_MS);
    return () => clearInterval(timer);
  }

  async #look(): Promise<void> {
    const stats = document.hidden || this.#room.connection !== 'connected' ? null : await this.#room.stats();
    const before = this.#before;
    this.#before = stats && readSample(performance.now(), stats.received, stats.sent);
    if (!before || !this.#before) return;
    const { people, own } = judge(before, this.#before, this.#watched());
    let changed = this.#own.see(own, (a, b) => a.level === b.level && a.what === b.what);
    for (const id of new Set([...people.keys(), ...this.#people.keys()])) {
      changed = this.#steady(id).see(people.get(id) ?? null, isSameTrouble) || changed;
      if (!this.#room.participants.has(id)) this.#people.delete(id);
    }
    if (changed) for (const listener of this.#listeners) listener();
  }

  #steady(id: string): Steady<Trouble> {
    let steady = this.#people.get(id);
    if (!steady) this.#people.set(id, (steady = new Steady()));
    return steady;
  }

  #watched(): WatchedTrack[] {
    return [...this.#room.remoteTracks.values()]
      .filter(({ source, paused }) => !paused && (source === 'camera' || source === 'microphone'))
      .map(({ track, participantId }) => ({ trackId: track.id, personId: participantId }));
  }
}

function isSameTrouble(a: Trouble, b: Trouble): boolean {
  return a.level === b.level && a.what === b.what && a.where === b.where;
}
