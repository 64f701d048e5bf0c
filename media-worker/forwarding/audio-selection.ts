import type { ParticipantId } from '@minimeet/protocol';

/** Silence: the bottom of RFC 6464's scale, in dBov (0 is the loudest). */
const SILENT = -127;
/** A speaker takes the place of another, or is named before them, from this much more loudness on (dB). */
const LOUDER_DB = 6;
/** A word's pause: one still speaks. */
const PAUSE_MS = 800;
/** Nobody who has just got a place loses it to somebody louder. */
const MIN_HOLD_MS = 2_000;
/** A client's hint counts for this long as speech at this level, until the microphone is measured. */
const HINT_MS = 1_000;
const HINT_LEVEL = -35;
/** A hint that no sound followed makes the next ones worthless for this long. */
const DISTRUST_MS = 10_000;
/** The remembered level falls by at most this much a second (dB). */
const RELEASE_DB_PER_S = 16;
/** Most names in a list of active speakers. */
const MAX_ACTIVE = 4;

interface Microphone {
  id: ParticipantId;
  /** The observer that measures it. */
  group: number;
  paused: boolean;
  /** dBov: rises at once, falls slowly, so that two talkers do not change places at every word. */
  loudness: number;
  measuredAtMs: number;
  /** Measured, never hinted. */
  lastSpokeAtMs: number;
  hintedAtMs: number;
  distrustedUntilMs: number;
  placedAtMs: number;
}

/**
 * Chooses the microphones that flow in a room: the last `places` speakers. A new speaker takes the place of the one who
 * has been quiet the longest; when all speak, that of the quietest if clearly louder. One more, the reserve, flows to
 * those who have a place themselves, so that a speaker hears as many others as everybody does.
 *
 * It is pure: levels and the time go in (milliseconds of any clock that does not jump), the chosen people come out.
 */
export class AudioSelection {
  readonly #places: number;
  readonly #microphones = new Map<ParticipantId, Microphone>();
  #placed: Microphone[] = [];
  #reserve?: Microphone;
  #active: Microphone[] = [];

  /** @param places the number of others that everybody hears. */
  constructor(places: number) {
    this.#places = places;
  }

  /** Like all that changes something: @returns when to `update` next, if nothing else happens before. */
  add(id: ParticipantId, group: number, nowMs: number, paused = false): number | undefined {
    this.#microphones.set(id, {
      id,
      group,
      paused,
      loudness: SILENT,
      measuredAtMs: nowMs,
      lastSpokeAtMs: Number.NEGATIVE_INFINITY,
      hintedAtMs: Number.NEGATIVE_INFINITY,
      distrustedUntilMs: Number.NEGATIVE_INFINITY,
      placedAtMs: nowMs,
    });
    return this.update(nowMs);
  }

  remove(id: ParticipantId, nowMs: number): number | undefined {
    const microphone = this.#microphones.get(id);
    if (microphone) {
      this.#microphones.delete(id);
      this.#unplace(microphone);
    }
    return this.update(nowMs);
  }

  /** A muted microphone keeps its place only as long as nobody else needs it. */
  setPaused(id: ParticipantId, paused: boolean, nowMs: number): number | undefined {
    const microphone = this.#microphones.get(id);
    if (microphone) {
      microphone.paused = paused;
      microphone.loudness = SILENT;
    }
    return this.update(nowMs);
  }

  /** One observer's measurement: those of its group that it does not name are quiet (dBov by microphone). */
  measure(group: number, levels: ReadonlyMap<ParticipantId, number>, nowMs: number): number | undefined {
    for (const microphone of this.#microphones.values()) {
      if (microphone.group === group) {
        hear(microphone, levels.get(microphone.id) ?? SILENT, nowMs);
      }
    }
    return this.update(nowMs);
  }

  /** The person's own client says that they begin, or cease, to speak. */
  hint(id: ParticipantId, speaking: boolean, nowMs: number): number | undefined {
    const microphone = this.#microphones.get(id);
    // A hint that was given is not taken back: it ends by itself, and is judged then.
    if (
      speaking &&
      microphone &&
      !microphone.paused &&
      nowMs >= microphone.distrustedUntilMs &&
      !isHinted(microphone, nowMs)
    ) {
      microphone.hintedAtMs = nowMs;
    }
    return this.update(nowMs);
  }

  /** Looks again after time has passed. */
  update(nowMs: number): number | undefined {
    this.#expireHints(nowMs);
    this.#fill(nowMs);
    const newcomers = [...this.#microphones.values()]
      .filter((microphone) => !this.#placed.includes(microphone) && speaks(microphone, nowMs))
      .sort((a, b) => effectiveLevel(b, nowMs) - effectiveLevel(a, nowMs));
    for (const newcomer of newcomers) {
      this.#admit(newcomer, nowMs);
    }
    this.#rankActive(nowMs);
    return this.#nextChange(nowMs);
  }

  /** @returns the participants whose microphones flow to one listener. */
  heardBy(listener: ParticipantId): ParticipantId[] {
    const others = this.#placed.filter(({ id }) => id !== listener);
    if (others.length < this.#placed.length && this.#reserve) {
      others.push(this.#reserve);
    }
    return others.map(({ id }) => id);
  }

  /** All that have a place, and the reserve: changes when what anybody hears changes. */
  flowing(): ParticipantId[] {
    return [...this.#placed, ...(this.#reserve ? [this.#reserve] : [])].map(({ id }) => id);
  }

  /** @returns the speakers of this moment, loudest first; the order changes only for a clear difference. */
  activeSpeakers(): ParticipantId[] {
    return this.#active.map(({ id }) => id);
  }

  /** @returns the time of the last measured speech (ms); -Infinity for none. */
  lastSpokeAtMs(id: ParticipantId): number {
    return this.#microphones.get(id)?.lastSpokeAtMs ?? Number.NEGATIVE_INFINITY;
  }

  #expireHints(nowMs: number): void {
    for (const microphone of this.#microphones.values()) {
      const { hintedAtMs } = microphone;
      if (hintedAtMs === Number.NEGATIVE_INFINITY || nowMs < hintedAtMs + HINT_MS) {
        continue;
      }
      microphone.hintedAtMs = Number.NEGATIVE_INFINITY;
      if (microphone.lastSpokeAtMs < hintedAtMs) {
        microphone.distrustedUntilMs = nowMs + DISTRUST_MS;
        this.#restoreReserve(microphone, nowMs);
      }
    }
  }

  /** Gives the place back to the one that an empty hint took it from. */
  #restoreReserve(impostor: Microphone, nowMs: number): void {
    const index = this.#placed.indexOf(impostor);
    if (index >= 0 && this.#reserve && this.#reserve.lastSpokeAtMs > impostor.lastSpokeAtMs) {
      this.#placed[index] = this.#reserve;
      this.#reserve.placedAtMs = nowMs;
      this.#reserve = impostor;
    }
  }

  /** Free places, and those of the muted, go to the microphones that can use them, whether they speak or not. */
  #fill(nowMs: number): void {
    if (this.#placed.length === this.#places && !this.#placed.some((placed) => placed.paused) && this.#reserve) {
      return;
    }
    const waiting = [...this.#microphones.values()]
      .filter((microphone) => !microphone.paused && !this.#placed.includes(microphone))
      .sort((a, b) => b.lastSpokeAtMs - a.lastSpokeAtMs);
    while (waiting.length > 0) {
      const muted = this.#placed.findIndex((placed) => placed.paused);
      const index = this.#placed.length < this.#places ? this.#placed.length : muted;
      if (index < 0) {
        break;
      }
      this.#place(waiting.shift(), index, nowMs);
    }
    if (!this.#reserve || this.#reserve.paused) {
      this.#reserve = waiting[0];
    }
  }

  #admit(newcomer: Microphone, nowMs: number): void {
    const victim = this.#victimOf(newcomer, nowMs);
    if (victim) {
      this.#place(newcomer, this.#placed.indexOf(victim), nowMs);
      this.#reserve = victim;
    } else if (
      newcomer !== this.#reserve &&
      (!this.#reserve || !speaks(this.#reserve, nowMs) || isClearlyLouder(newcomer, this.#reserve, nowMs))
    ) {
      this.#reserve = newcomer;
    }
  }

  #victimOf(newcomer: Microphone, nowMs: number): Microphone | undefined {
    const quiet = this.#placed.filter((placed) => !speaks(placed, nowMs));
    if (quiet.length > 0) {
      return quiet.reduce((a, b) => (b.lastSpokeAtMs < a.lastSpokeAtMs ? b : a));
    }
    return this.#placed
      .filter((placed) => nowMs - placed.placedAtMs >= MIN_HOLD_MS && isClearlyLouder(newcomer, placed, nowMs))
      .sort((a, b) => a.loudness - b.loudness)[0];
  }

  #place(microphone: Microphone | undefined, index: number, nowMs: number): void {
    if (!microphone) {
      return;
    }
    if (this.#reserve === microphone) {
      this.#reserve = undefined;
    }
    this.#placed[index] = microphone;
    microphone.placedAtMs = nowMs;
  }

  #unplace(microphone: Microphone): void {
    this.#placed = this.#placed.filter((placed) => placed !== microphone);
    if (this.#reserve === microphone) {
      this.#reserve = undefined;
    }
  }

  #rankActive(nowMs: number): void {
    const isActive = (microphone: Microphone): boolean =>
      this.#microphones.has(microphone.id) && !microphone.paused && nowMs - microphone.lastSpokeAtMs < PAUSE_MS;
    const ranked = this.#active.filter(isActive);
    const newcomers = [...this.#microphones.values()].filter(
      (microphone) => isActive(microphone) && !ranked.includes(microphone),
    );
    for (const microphone of [...ranked, ...newcomers.sort((a, b) => b.loudness - a.loudness)]) {
      const from = ranked.includes(microphone) ? ranked.indexOf(microphone) : ranked.push(microphone) - 1;
      let to = from;
      while (to > 0 && microphone.loudness > (ranked[to - 1]?.loudness ?? 0) + LOUDER_DB) {
        to -= 1;
      }
      ranked.splice(to, 0, ...ranked.splice(from, 1));
    }
    this.#active = ranked.slice(0, MAX_ACTIVE);
  }

  #nextChange(nowMs: number): number | undefined {
    const times = this.#active.map(({ lastSpokeAtMs }) => lastSpokeAtMs + PAUSE_MS);
    for (const { hintedAtMs } of this.#microphones.values()) {
      times.push(hintedAtMs + HINT_MS);
    }
    const future = times.filter((time) => time > nowMs);
    return future.length > 0 ? Math.min(...future) : undefined;
  }
}

function hear(microphone: Microphone, level: number, nowMs: number): void {
  if (microphone.paused) {
    return;
  }
  const releasedDb = (RELEASE_DB_PER_S * (nowMs - microphone.measuredAtMs)) / 1_000;
  microphone.loudness = Math.max(level, microphone.loudness - releasedDb);
  microphone.measuredAtMs = nowMs;
  if (level > SILENT) {
    microphone.lastSpokeAtMs = nowMs;
    microphone.distrustedUntilMs = Number.NEGATIVE_INFINITY;
  }
}

function isHinted(microphone: Microphone, nowMs: number): boolean {
  return nowMs - microphone.hintedAtMs < HINT_MS;
}

function speaks(microphone: Microphone, nowMs: number): boolean {
  return !microphone.paused && (nowMs - microphone.lastSpokeAtMs < PAUSE_MS || isHinted(microphone, nowMs));
}

function effectiveLevel(microphone: Microphone, nowMs: number): number {
  return isHinted(microphone, nowMs) ? Math.max(HINT_LEVEL, microphone.loudness) : microphone.loudness;
}

function isClearlyLouder(newcomer: Microphone, placed: Microphone, nowMs: number): boolean {
  return effectiveLevel(newcomer, nowMs) > effectiveLevel(placed, nowMs) + LOUDER_DB;
}
