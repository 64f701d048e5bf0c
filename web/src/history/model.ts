import {
  QUALITIES,
  type Call,
  type CallDetails,
  type CallLane,
  type CallParticipation,
  type Direction,
  type Quality,
  type QualitySample,
} from '@minimeet/protocol';

/** A part of the time, in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** A sample with the time it speaks of. */
export interface Measured extends Span {
  sample: QualitySample;
}

/** Samples of one direction that follow each other and are of one quality. */
export interface Stretch extends Span {
  direction: Direction;
  quality: Quality;
  samples: QualitySample[];
}

/** Somebody in the call; a person who came several times has several stays. */
export interface Person {
  key: string;
  name: string;
  /** Oldest first. */
  stays: CallLane[];
}

/** Longer than the interval of the samples: a busy server takes them more seldom. */
const LONGEST_SAMPLE_MS = 40_000;
const USUAL_SAMPLE_MS = 10_000;

/** 0 for good, 3 for bad. */
export function severityOf(quality: Quality): number {
  return QUALITIES.indexOf(quality);
}

/** The worst of them; `null` of none. */
export function worstOf(qualities: Iterable<Quality | null>): Quality | null {
  let worst: Quality | null = null;
  for (const quality of qualities) {
    if (quality && (worst === null || severityOf(quality) > severityOf(worst))) worst = quality;
  }
  return worst;
}

export function spanOf(call: Call, now: number): Span {
  const from = Date.parse(call.startedAt);
  return { from, to: Math.max(from + 1_000, call.endedAt === null ? now : Date.parse(call.endedAt)) };
}

export function stayOf(stay: CallParticipation, call: Span): Span {
  return { from: Date.parse(stay.joinedAt), to: stay.leftAt === null ? call.to : Date.parse(stay.leftAt) };
}

/** Accounts go by their id; a deleted account has only its name. */
export function keyOf({ userId, displayName }: CallParticipation): string {
  return userId ?? `deleted ${displayName}`;
}

/** Everybody once, the first to come first. */
export function peopleOf({ participations }: CallDetails): Person[] {
  const people = new Map<string, Person>();
  for (const stay of [...participations].sort((a, b) => a.joinedAt.localeCompare(b.joinedAt))) {
    const key = keyOf(stay);
    const person = people.get(key) ?? { key, name: stay.displayName, stays: [] };
    person.stays.push(stay);
    person.name = stay.displayName;
    people.set(key, person);
  }
  return [...people.values()];
}

/** A stay's samples of one direction, each with the time since the one before. */
export function measuredOf(stay: CallLane, direction: Direction): Measured[] {
  let before = Date.parse(stay.joinedAt);
  return stay.samples
    .filter((sample) => sample.direction === direction)
    .map((sample) => {
      const to = Date.parse(sample.at);
      const from = to - before <= LONGEST_SAMPLE_MS ? Math.min(before, to) : to - USUAL_SAMPLE_MS;
      before = to;
      return { from, to, sample };
    });
}

export function stretchesOf(measured: Measured[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { from, to, sample } of measured) {
    const last = stretches.at(-1);
    if (last && last.quality === sample.quality && from - last.to < 1_000) {
      last.to = to;
      last.samples.push(sample);
    } else {
      stretches.push({ from, to, direction: sample.direction, quality: sample.quality, samples: [sample] });
    }
  }
  return stretches;
}

/** The sample that speaks of this moment. */
export function sampleAt(measured: Measured[], at: number): QualitySample | null {
  return measured.find(({ from, to }) => from <= at && at <= to)?.sample ?? null;
}

/** A card's verdict on a call's quality: the worst one, and whose it was. */
export function verdictOf({ participations }: Call): { quality: Quality; people: string[]; of: number } | null {
  const quality = worstOf(participations.map((stay) => stay.quality));
  if (!quality) return null;
  const names = new Map(participations.map((stay) => [keyOf(stay), stay.displayName]));
  const affected = new Set(participations.filter((stay) => stay.quality === quality).map(keyOf));
  return { quality, people: [...affected].map((key) => names.get(key) ?? ''), of: names.size };
}

/** The means of a stretch; frozen time adds up. */
export function summaryOf({ samples, direction, quality, to }: Stretch): QualitySample {
  const mean = (name: 'lossRatio' | 'jitterMs' | 'roundTripTimeMs' | 'bitrateBps'): number | null => {
    const known = samples.flatMap((sample) => sample[name] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const frozen = samples.flatMap(({ frozenMs }) => frozenMs ?? []);
  return {
    at: new Date(to).toISOString(),
    direction,
    quality,
    lossRatio: mean('lossRatio'),
    jitterMs: mean('jitterMs'),
    roundTripTimeMs: mean('roundTripTimeMs'),
    bitrateBps: mean('bitrateBps'),
    frozenMs: frozen.length === 0 ? null : frozen.reduce((sum, value) => sum + value, 0),
  };
}
