import type { WorstMoment } from '@minimeet/protocol';
import { type Loss, lossesOf, lossSeverityOf, type SharedLoss, sharedLosses } from './lost-connections.js';
import { type SharedStretch, sharedSeverityOf, sharedStretches } from './shared-stretches.js';
import {
  type BadStretch,
  intensityOf,
  overlapMs,
  type ReviewedLane,
  severityOf,
  type Span,
  stretchesOf,
  wasPresent,
} from './stretches.js';
import { badMediaWords, durationWords, sharedMediaWords, timesWords } from './words.js';

/** Something bad, how bad it was (seconds of poor quality, of all people together), and how to say it. */
interface Candidate extends Span {
  severity: number;
  participantId: string | null;
  sentence: () => string;
}

/** All that was bad about a call's media. */
interface Review {
  lanes: ReviewedLane[];
  stretches: BadStretch[];
  shared: SharedStretch[];
  /** The bad downlinks of others that a bad uplink caused, by the uplink. */
  effects: Map<BadStretch, BadStretch[]>;
}

/** Uplinks of which the effects are looked for, the worst ones: each is held against all that was bad in the call. */
const MAX_CAUSES = 100;
/** An uplink explains a bad downlink when it was as bad for this part of the time. */
const EXPLAINED = 0.5;

/**
 * The worst moment of a call, in a sentence that names the person and the trouble, and tells whether the others were
 * fine; `null` when nothing was poor. Trouble of most people at once is one moment, and the server's. An uplink is also
 * to blame for the others' bad downlinks meanwhile, since the server forwards what arrives.
 */
export function worstMoment(lanes: ReviewedLane[]): WorstMoment | null {
  const review = reviewOf(lanes);
  const losses = lanes.flatMap(lossesOf);
  const candidates = [
    ...sharedLosses(lanes, losses).map(ofSharedLoss),
    ...review.shared.filter((shared) => !isExplained(shared, review)).map(ofMost),
    ...review.stretches.map((stretch) => ofPerson(stretch, review)),
    ...losses.map(ofLoss),
  ];
  const [first, ...rest] = candidates;
  if (!first) return null;
  const worst = rest.reduce((best, candidate) => (candidate.severity > best.severity ? candidate : best), first);
  return {
    sentence: worst.sentence(),
    startsAt: new Date(worst.startMs).toISOString(),
    endsAt: new Date(worst.endMs).toISOString(),
    participantId: worst.participantId,
  };
}

function reviewOf(lanes: ReviewedLane[]): Review {
  const stretches = lanes.flatMap(stretchesOf);
  const shared = (['up', 'down'] as const).flatMap((direction) => {
    const ofDirection = stretches.filter((stretch) => stretch.direction === direction);
    return sharedStretches(lanes, direction, ofDirection);
  });
  const causes = stretches
    .filter(({ direction }) => direction === 'up')
    .map((stretch) => ({ stretch, severity: severityOf(stretch) }))
    .sort((a, b) => b.severity - a.severity)
    .slice(0, MAX_CAUSES);
  const effects = new Map(causes.map(({ stretch }) => [stretch, effectsOf(stretch, stretches, shared)]));
  return { lanes, stretches, shared, effects };
}

function ofPerson(stretch: BadStretch, review: Review): Candidate {
  const { lane, direction, samples, startMs, endMs } = stretch;
  const effects = review.effects.get(stretch) ?? [];
  return {
    startMs,
    endMs,
    participantId: lane.id,
    severity: [stretch, ...effects].reduce((sum, one) => sum + severityOf(one), 0),
    sentence: () => {
      const words = badMediaWords(possessive(lane.displayName), direction, samples, endMs - startMs);
      return `${words}${othersWords(stretch, review, effects)}.`;
    },
  };
}

/** None when most uplinks were bad at the same time. */
function effectsOf(cause: BadStretch, stretches: BadStretch[], shared: SharedStretch[]): BadStretch[] {
  if (shared.some((one) => one.direction === 'up' && overlapMs(one, cause) > 0)) return [];
  return stretches.filter(
    (other) =>
      other.direction === 'down' &&
      other.lane.id !== cause.lane.id &&
      overlapMs(other, cause) >= EXPLAINED * (other.endMs - other.startMs) &&
      intensityOf(other) <= intensityOf(cause),
  );
}

/** Whether it was one person's uplink that the others received. */
function isExplained(shared: SharedStretch, { effects }: Review): boolean {
  if (shared.direction === 'up') return false;
  return [...effects].some(
    ([cause, caused]) =>
      caused.length > 0 &&
      overlapMs(cause, shared) > 0 &&
      shared.stretches.every((one) => one.lane.id === cause.lane.id || caused.includes(one)),
  );
}

function ofMost(shared: SharedStretch): Candidate {
  const { direction, stretches, present, startMs, endMs } = shared;
  const who = mostWords(new Set(stretches.map(({ lane }) => lane.id)).size, present);
  const samples = stretches.flatMap((stretch) =>
    stretch.samples.filter(({ at }) => Date.parse(at) > startMs && Date.parse(at) <= endMs),
  );
  return {
    startMs,
    endMs,
    participantId: null,
    severity: sharedSeverityOf(shared),
    sentence: () => `${sharedMediaWords(who, direction, samples, endMs - startMs)}: look at the server's network.`,
  };
}

function ofLoss(loss: Loss): Candidate {
  const { lane, what, startMs, endMs } = loss;
  const whose = `${possessive(lane.displayName)} ${what}`;
  return {
    startMs,
    endMs,
    participantId: lane.id,
    severity: lossSeverityOf(loss),
    sentence: () => `${whose} was lost${lossWords(loss)}.`,
  };
}

function lossWords({ times, isFinal, startMs, endMs }: Loss): string {
  if (times > 1) return ` ${timesWords(times)} within a minute${isFinal ? ', and did not come back' : ''}`;
  if (isFinal) return ' and did not come back';
  return endMs > startMs ? ` for ${durationWords(endMs - startMs)}` : '';
}

function ofSharedLoss({ loss, severity }: { loss: SharedLoss; severity: number }): Candidate {
  const { what, people, present, startMs, endMs } = loss;
  const who = mostWords(people, present);
  const time = endMs > startMs ? ` for ${durationWords(endMs - startMs)}` : '';
  const look = what === 'media' ? "look at the server's media workers" : 'look at the server and its network';
  return { startMs, endMs, participantId: null, severity, sentence: () => `${who} ${what} was lost${time}: ${look}.` };
}

/** Tells how the others fared meanwhile; empty when nobody else was there. */
function othersWords(stretch: BadStretch, { lanes, stretches }: Review, effects: BadStretch[]): string {
  const others = lanes.filter((lane) => lane.id !== stretch.lane.id && wasPresent(lane, stretch));
  if (others.length === 0) return '';
  const meanwhile = stretches.filter((one) => one.lane.id !== stretch.lane.id && overlapMs(one, stretch) > 0);
  const names = new Map(meanwhile.map(({ lane }) => [lane.id, lane.displayName]));
  if (names.size === 0) return '; everyone else was fine';
  const [name = ''] = names.values();
  const who = names.size === 1 ? name : `${names.size} others`;
  return meanwhile.every((one) => effects.includes(one)) ? `; ${who} received it badly` : `; ${who} had trouble too`;
}

function mostWords(people: number, present: number): string {
  return people >= present ? "Everybody's" : `${people} of ${present} people's`;
}

function possessive(name: string): string {
  return `${name}'s`;
}
