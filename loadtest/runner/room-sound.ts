import type { PersonPlan, RoomPlan } from './plan.js';
import { SpeakerTurns } from './speaker-turns.js';

/** The server forwards the sound of the loudest few of the others (its `AUDIO_STREAMS`, by default). */
const FORWARDED = 4;

/**
 * Plans the speakers of a room and the sounds that the others are to hear. Times are milliseconds since the start of
 * the run.
 */
export class RoomSound {
  readonly #microphones: readonly number[];
  /** `null`: all speak all the time. */
  readonly #turns: SpeakerTurns | null;

  constructor({ people, simulateSpeakers, seed }: RoomPlan) {
    this.#microphones = people.filter(({ publish }) => publish.includes('microphone')).map(({ index }) => index);
    this.#turns = simulateSpeakers ? new SpeakerTurns(this.#microphones, seed) : null;
  }

  speaks({ index, publish }: PersonPlan, atMs: number): boolean {
    return publish.includes('microphone') && (this.#turns?.speaksAt(index, atMs) ?? true);
  }

  /** How many microphones somebody is to hear throughout that time. */
  expected({ index }: PersonPlan, fromMs: number, toMs: number): number {
    const speaking = this.#turns?.speakThroughout(fromMs, toMs) ?? this.#microphones;
    return Math.min(FORWARDED, speaking.filter((speaker) => speaker !== index).length);
  }
}
