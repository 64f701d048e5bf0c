import type { CallDetails, CallEventType, Direction, QualitySample, WorstMoment } from '@minimeet/protocol';
import { summaryOf, worstOf } from './model.js';

/** The facts in the samples and events of the worst moment, for a language that the server does not speak. */
export interface WorstFacts {
  /** `null`: it was everybody's. */
  name: string | null;
  lengthMs: number;
  /** Something was lost meanwhile. */
  lost: Extract<CallEventType, 'connection-lost' | 'media-lost'> | null;
  /** The direction with the most bad samples, and their means; `null` when none was bad. */
  media: { direction: Direction; summary: QualitySample } | null;
}

/** An event may be written down a moment before or after the samples that show it. */
const NEAR_MS = 2_000;

export function worstFacts({ participations }: CallDetails, worst: WorstMoment): WorstFacts {
  const [from, to] = [Date.parse(worst.startsAt), Date.parse(worst.endsAt)];
  const lane = participations.find(({ id }) => id === worst.participantId);
  const lanes = worst.participantId === null ? participations : lane ? [lane] : [];
  const isWithin = (at: string) => Date.parse(at) >= from - NEAR_MS && Date.parse(at) <= to + NEAR_MS;
  const bad = lanes.flatMap(({ samples }) =>
    samples.filter(({ at, quality }) => isWithin(at) && (quality === 'poor' || quality === 'bad')),
  );
  const lost = lanes.flatMap(({ events }) =>
    events.flatMap(({ at, type }) =>
      isWithin(at) && (type === 'connection-lost' || type === 'media-lost') ? [type] : [],
    ),
  );
  return {
    name: lane?.displayName ?? null,
    lengthMs: to - from,
    lost: lost[0] ?? null,
    media: mediaOf(bad, { from, to }),
  };
}

function mediaOf(bad: QualitySample[], span: { from: number; to: number }): WorstFacts['media'] {
  const up = bad.filter(({ direction }) => direction === 'up');
  const direction: Direction = up.length * 2 >= bad.length ? 'up' : 'down';
  const samples = bad.filter((sample) => sample.direction === direction);
  const quality = worstOf(samples.map((sample) => sample.quality));
  return quality && { direction, summary: summaryOf({ ...span, direction, quality, samples }) };
}
