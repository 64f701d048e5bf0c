import type { CallEvent, QualitySample } from '@minimeet/protocol';
import { measuredOf, sampleAt, stayOf, type Measured, type Person, type Span } from './model.js';
import { clockWithSeconds, DIRECTION_WORDS, eventWords, figures, QUALITY_WORDS } from './words.js';

/** What is known of one person at one time. */
export interface Moment {
  at: number;
  present: boolean;
  up: QualitySample | null;
  down: QualitySample | null;
  /** Near it, as near as the eye can tell. */
  events: CallEvent[];
}

/** A person's samples and events, put in order once and looked at often. */
export interface LaneData {
  stays: Span[];
  up: Measured[];
  down: Measured[];
  events: CallEvent[];
}

export function laneDataOf({ stays }: Person, call: Span): LaneData {
  return {
    stays: stays.map((stay) => stayOf(stay, call)),
    up: stays.flatMap((stay) => measuredOf(stay, 'up')),
    down: stays.flatMap((stay) => measuredOf(stay, 'down')),
    events: stays.flatMap(({ events }) => events),
  };
}

/** @param nearMs how far an event may be from it. */
export function momentOf({ stays, up, down, events }: LaneData, at: number, nearMs: number): Moment {
  return {
    at,
    present: stays.some(({ from, to }) => from <= at && at <= to),
    up: sampleAt(up, at),
    down: sampleAt(down, at),
    events: events.filter((event) => Math.abs(Date.parse(event.at) - at) <= nearMs),
  };
}

/** In one sentence, for who does not see the card. */
export function momentWords({ at, present, up, down, events }: Moment): string {
  const time = clockWithSeconds(at);
  if (!present) return `${time}: not in the call`;
  const measured = [up, down].flatMap((sample) => (sample ? [sampleWords(sample)] : []));
  const happened = events.map(eventWords);
  return `${time}: ${[...(measured.length > 0 ? measured : ['not measured']), ...happened].join('; ')}`;
}

function sampleWords(sample: QualitySample): string {
  const { direction, quality } = sample;
  return `${DIRECTION_WORDS[direction]} ${[QUALITY_WORDS[quality].toLowerCase(), ...figures(sample)].join(', ')}`;
}
