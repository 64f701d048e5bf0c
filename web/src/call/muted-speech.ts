/** Speech at a usual distance from the microphone lies above it, a quiet room below. */
export const SPEECH_LEVEL = 0.4;
/** So much sound within so long is somebody who talks; a cough or a door is shorter. */
const LOUD_MS = 600;
const WINDOW_MS = 2_000;
/** The next hint not before, and no more than this many while one stays muted: it may be somebody else in the room. */
const QUIET_MS = 60_000;
const MOST = 3;

/** Decides when to tell a person that they talk and are muted. Times are of one clock, in milliseconds. */
export class MutedSpeech {
  /** Stretches of sound: when each was measured, and how long it was. */
  #loud: { at: number; ms: number }[] = [];
  #measuredAt: number | null = null;
  #toldAt = -Infinity;
  #told = 0;

  /** @param level 0 to 1, since the measurement before. @returns whether to tell now. */
  hears(level: number, at: number): boolean {
    // A hidden page measures late: the time in between is not known.
    const ms = Math.min(100, at - (this.#measuredAt ?? at));
    this.#measuredAt = at;
    if (level >= SPEECH_LEVEL) this.#loud.push({ at, ms });
    this.#loud = this.#loud.filter((stretch) => at - stretch.at < WINDOW_MS);
    const loudMs = this.#loud.reduce((sum, stretch) => sum + stretch.ms, 0);
    if (loudMs < LOUD_MS || this.#told >= MOST || at - this.#toldAt < QUIET_MS) return false;
    this.#told++;
    this.#toldAt = at;
    return true;
  }
}
