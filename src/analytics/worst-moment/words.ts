import type { Direction, QualitySample } from '@minimeet/protocol';

/** A value from here on is bad by itself; the one furthest above its limit is the cause. */
const BAD = { lossRatio: 0.1, roundTripTimeMs: 800, jitterMs: 150, frozenRatio: 0.15 };

type Cause =
  { what: 'loss'; ratio: number } | { what: 'round-trip' | 'jitter' | 'frozen'; ms: number } | { what: 'unknown' };

/** Finds why samples are bad. Values are means over the samples in which they are known; `frozen` is a sum. */
function causeOf(samples: QualitySample[], durationMs: number): Cause {
  const ratio = mean(samples.map(({ lossRatio }) => lossRatio));
  const roundTripTimeMs = mean(samples.map((sample) => sample.roundTripTimeMs));
  const jitterMs = mean(samples.map((sample) => sample.jitterMs));
  const frozenMs = samples.reduce((sum, sample) => sum + (sample.frozenMs ?? 0), 0);
  const candidates: { cause: Cause; weight: number }[] = [
    { cause: { what: 'loss', ratio }, weight: ratio / BAD.lossRatio },
    { cause: { what: 'round-trip', ms: roundTripTimeMs }, weight: roundTripTimeMs / BAD.roundTripTimeMs },
    { cause: { what: 'jitter', ms: jitterMs }, weight: jitterMs / BAD.jitterMs },
    { cause: { what: 'frozen', ms: frozenMs }, weight: frozenMs / durationMs / BAD.frozenRatio },
  ];
  const [first] = candidates.sort((a, b) => b.weight - a.weight);
  return first && first.weight > 0 ? first.cause : { what: 'unknown' };
}

/** “12 % loss on Ann's uplink for 3 minutes”. `who`: “Ann's”, “everybody's”; begins with a capital where it begins. */
export function badMediaWords(who: string, direction: Direction, samples: QualitySample[], durationMs: number): string {
  const link = `${who} ${direction}link`;
  const time = `for ${durationWords(durationMs)}`;
  const cause = causeOf(samples, durationMs);
  switch (cause.what) {
    case 'loss':
      return `${percentWords(cause.ratio)} loss on ${link} ${time}`;
    case 'round-trip':
      return `Round trips of ${Math.round(cause.ms)} ms on ${link} ${time}`;
    case 'jitter':
      return `Jitter of ${Math.round(cause.ms)} ms on ${link} ${time}`;
    case 'frozen':
      return `Pictures stood still for ${durationWords(cause.ms)} on ${link} within ${durationWords(durationMs)}`;
    case 'unknown':
      return `Poor quality on ${link} ${time}`;
  }
}

/** “Everybody's downlink lost packets for 40 s”. */
export function sharedMediaWords(
  who: string,
  direction: Direction,
  samples: QualitySample[],
  durationMs: number,
): string {
  const link = `${who} ${direction}link`;
  const time = `for ${durationWords(durationMs)}`;
  const { what } = causeOf(samples, durationMs);
  switch (what) {
    case 'loss':
      return `${link} lost packets ${time}`;
    case 'round-trip':
      return `${link} was slow ${time}`;
    case 'jitter':
      return `${link} was uneven ${time}`;
    case 'frozen':
      return `${who} pictures stood still ${time}`;
    case 'unknown':
      return `${link} was poor ${time}`;
  }
}

export function timesWords(times: number): string {
  return ['once', 'twice'][times - 1] ?? `${times} times`;
}

/** “40 s”, “3 minutes”, “1.5 hours”. */
export function durationWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `${Number((seconds / 3_600).toFixed(1))} hours`;
}

function percentWords(ratio: number): string {
  const percent = ratio * 100;
  return `${percent >= 10 ? Math.round(percent) : Number(percent.toFixed(1))} %`;
}

function mean(values: (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}
