import { type CallLane, type Direction, type Quality, type QualitySample, TIMES } from '@minimeet/protocol';

/** The part of a lane that explains a call. `samples`: all, or at least all poor or bad ones, the oldest first. */
export type ReviewedLane = Pick<CallLane, 'id' | 'displayName' | 'joinedAt' | 'leftAt' | 'events' | 'samples'>;

/** Milliseconds since 1970. */
export interface Span {
  startMs: number;
  endMs: number;
}

/** Consecutive samples of one person and direction that were poor or bad. */
export interface BadStretch extends Span {
  lane: ReviewedLane;
  direction: Direction;
  samples: QualitySample[];
}

/** Between two samples of one stretch: an interval may be stretched when the server has much to measure. */
const MAX_GAP_MS = 2.5 * TIMES.qualityIntervalMs;
/** How much more a second of bad weighs than one of poor. */
const WEIGHTS: Record<Quality, number> = { good: 0, fair: 0, poor: 1, bad: 3 };

export function stretchesOf(lane: ReviewedLane): BadStretch[] {
  return (['up', 'down'] as const).flatMap((direction) => {
    const stretches: BadStretch[] = [];
    let open: BadStretch | undefined;
    for (const sample of lane.samples) {
      if (sample.direction !== direction) continue;
      if (WEIGHTS[sample.quality] === 0) {
        open = undefined;
        continue;
      }
      const endMs = Date.parse(sample.at);
      // A sample is of the time before it, and not of the time before the person.
      const startMs = Math.max(endMs - TIMES.qualityIntervalMs, Math.min(Date.parse(lane.joinedAt), endMs));
      if (open && endMs - open.endMs <= MAX_GAP_MS) {
        open.samples.push(sample);
        open.endMs = endMs;
      } else {
        open = { lane, direction, samples: [sample], startMs, endMs };
        stretches.push(open);
      }
    }
    return stretches;
  });
}

/** How bad it was, in seconds of poor quality. */
export function severityOf(stretch: BadStretch): number {
  return (intensityOf(stretch) * (stretch.endMs - stretch.startMs)) / 1_000;
}

/** How bad it was at a time: 1 (poor) to 3 (bad). */
export function intensityOf({ samples }: BadStretch): number {
  return samples.reduce((sum, { quality }) => sum + WEIGHTS[quality], 0) / samples.length;
}

export function overlapMs(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
}

/** Whether the person was in the call in some of that time. */
export function wasPresent({ joinedAt, leftAt }: ReviewedLane, { startMs, endMs }: Span): boolean {
  return Date.parse(joinedAt) < endMs && (leftAt === null || Date.parse(leftAt) > startMs);
}
