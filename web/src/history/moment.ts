import type { CallEvent, QualitySample } from '@minimeet/protocol';
import { measuredOf, sampleAt, stayOf, type Measured, type Person, type Span } from './model.js';
import type { HistoryWords } from './words.js';

/** The facts about one person at one time. */
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

/** The moment in one sentence, for people who do not see the card. */
export function momentWords(words: HistoryWords, { at, present, up, down, events }: Moment): string {
  const { t } = words;
  const time = words.timeWithSeconds(at);
  if (!present) return t('moment.away', { time });
  const measured = [up, down].flatMap((sample) => (sample ? [sampleWords(words, sample)] : []));
  const happened = events.map(words.event);
  const what = [...(measured.length > 0 ? measured : [t('moment.notMeasured')]), ...happened].join('; ');
  return t('moment.at', { time, what });
}

function sampleWords({ t, figures, locale }: HistoryWords, sample: QualitySample): string {
  const { direction, quality } = sample;
  return `${t(`direction.${direction}`)} ${[t(`quality.${quality}`).toLocaleLowerCase(locale), ...figures(sample)].join(', ')}`;
}
