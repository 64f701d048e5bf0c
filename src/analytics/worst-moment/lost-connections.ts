import type { CallEventType } from '@minimeet/protocol';
import type { ReviewedLane, Span } from './stretches.js';

/** One or more losses of one person within a minute. */
export interface Loss extends Span {
  lane: ReviewedLane;
  what: 'connection' | 'media';
  times: number;
  /** It did not come back before the stay ended. */
  isFinal: boolean;
}

/** Most people's at once. */
export interface SharedLoss extends Span {
  what: Loss['what'];
  people: number;
  present: number;
}

const CLUSTER_MS = 60_000;
/** Losses of several people within this time have one cause. */
const TOGETHER_MS = 10_000;
const MOST = 2 / 3;
/** A second without any connection is worse than one of bad quality; and that it broke at all is worth many. */
const WEIGHT_PER_SECOND = 5;
const WEIGHT_PER_LOSS = 30;

const ENDS: Record<Loss['what'], [lost: CallEventType, back: CallEventType]> = {
  connection: ['connection-lost', 'connection-resumed'],
  media: ['media-lost', 'media-rebuilt'],
};

/** The losses of one person, those within a minute of each other as one. */
export function lossesOf(lane: ReviewedLane): Loss[] {
  return (['connection', 'media'] as const).flatMap((what) => {
    const [lostType, backType] = ENDS[what];
    const losses: Loss[] = [];
    let isLost = false;
    for (const { type, at } of lane.events) {
      const atMs = Date.parse(at);
      const last = losses.at(-1);
      if (type === lostType) {
        isLost = true;
        if (last && atMs - last.startMs <= CLUSTER_MS) Object.assign(last, { times: last.times + 1, endMs: atMs });
        else losses.push({ lane, what, times: 1, isFinal: false, startMs: atMs, endMs: atMs });
      } else if (type === backType && last && isLost) {
        isLost = false;
        last.endMs = atMs;
      }
    }
    const last = losses.at(-1);
    if (last && isLost && lane.leftAt !== null) Object.assign(last, { isFinal: true, endMs: Date.parse(lane.leftAt) });
    return losses;
  });
}

export function lossSeverityOf({ startMs, endMs, times }: Loss): number {
  return WEIGHT_PER_LOSS * times + (WEIGHT_PER_SECOND * (endMs - startMs)) / 1_000;
}

/** Losses that began together, if they hit most of the people who were there. */
export function sharedLosses(lanes: ReviewedLane[], losses: Loss[]): { loss: SharedLoss; severity: number }[] {
  return (['connection', 'media'] as const).flatMap((what) => {
    const found: { loss: SharedLoss; severity: number }[] = [];
    const waiting = losses.filter((loss) => loss.what === what).sort((a, b) => a.startMs - b.startMs);
    for (let first = waiting[0]; first; first = waiting[0]) {
      const startMs = first.startMs;
      const later = waiting.findIndex((loss) => loss.startMs - startMs > TOGETHER_MS);
      const group = waiting.splice(0, later === -1 ? waiting.length : later);
      const present = lanes.filter(
        ({ joinedAt, leftAt }) => Date.parse(joinedAt) <= startMs && (leftAt === null || Date.parse(leftAt) > startMs),
      ).length;
      if (group.length < 2 || group.length < MOST * present) continue;
      const endMs = Math.max(...group.map((loss) => loss.endMs));
      const severity = group.reduce((sum, loss) => sum + lossSeverityOf(loss), 0);
      found.push({ loss: { what, people: group.length, present, startMs, endMs }, severity });
    }
    return found;
  });
}
