import { randomFrom } from './random.js';

/** A turn lasts from the one to the other. */
const TURN_MS = [2_000, 8_000] as const;
/** The next one begins up to this much before the end of a turn, or after it. */
const OVERLAP_MS = 1_000;
const PAUSE_MS = 500;
/** Nobody asks about what is longer ago than this before the latest time that was asked about. */
const FORGET_MS = 10_000;

interface Turn {
  speaker: number;
  startMs: number;
  endMs: number;
}

/**
 * The turns of a room's speakers. They follow from the seed alone, so that every process knows the speakers of all
 * others. Times are since the start of the run.
 */
export class SpeakerTurns {
  readonly #speakers: readonly number[];
  readonly #random: () => number;
  readonly #turns: Turn[] = [];

  /** @param speakers who has a microphone. */
  constructor(speakers: readonly number[], seed: number) {
    this.#speakers = speakers;
    this.#random = randomFrom(seed);
  }

  speaksAt(speaker: number, atMs: number): boolean {
    return this.#until(atMs).some((turn) => turn.speaker === speaker && turn.startMs <= atMs && atMs < turn.endMs);
  }

  /** Those who speak from one time to the other without a pause. */
  speakThroughout(fromMs: number, toMs: number): number[] {
    return this.#until(toMs)
      .filter(({ startMs, endMs }) => startMs <= fromMs && toMs < endMs)
      .map(({ speaker }) => speaker);
  }

  #until(atMs: number): readonly Turn[] {
    if (this.#speakers.length === 0) return this.#turns;
    for (let last = this.#turns.at(-1); !last || last.startMs <= atMs; last = this.#turns.at(-1)) {
      this.#turns.push(this.#next(last));
    }
    while ((this.#turns[0]?.endMs ?? Infinity) < atMs - FORGET_MS) this.#turns.shift();
    return this.#turns;
  }

  #next(last: Turn | undefined): Turn {
    const [least, most] = TURN_MS;
    const startMs = last ? last.endMs - OVERLAP_MS + this.#random() * (OVERLAP_MS + PAUSE_MS) : 0;
    const others = this.#speakers.filter((speaker) => speaker !== last?.speaker);
    const choice = others.length > 0 ? others : this.#speakers;
    const speaker = choice[Math.floor(this.#random() * choice.length)] ?? 0;
    return { speaker, startMs, endMs: startMs + least + this.#random() * (most - least) };
  }
}
