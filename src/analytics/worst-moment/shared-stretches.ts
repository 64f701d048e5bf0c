import type { Direction } from '@minimeet/protocol';
import { type BadStretch, overlapMs, type ReviewedLane, severityOf, type Span } from './stretches.js';

/** A time in which most people's media was poor or bad at once, in one direction. */
export interface SharedStretch extends Span {
  direction: Direction;
  /** Whose media was, in that time. */
  stretches: BadStretch[];
  /** The number of people who were there. */
  present: number;
}

/** Trouble of most people at once is no chance: its cause is on the server's side. */
const MOST = 2 / 3;
const MIN_PEOPLE = 2;
/** A pause in which fewer people suffered does not make two times of one: everybody is sampled at another moment. */
const MAX_PAUSE_MS = 10_000;

/** @param stretches of one direction, of all people. */
export function sharedStretches(lanes: ReviewedLane[], direction: Direction, stretches: BadStretch[]): SharedStretch[] {
  const shared: SharedStretch[] = [];
  for (const span of spansOfMost(lanes, stretches)) {
    const last = shared.at(-1);
    if (last && span.startMs - last.endMs <= MAX_PAUSE_MS) {
      last.endMs = span.endMs;
      last.present = Math.max(last.present, span.present);
    } else {
      shared.push({ ...span, direction, stretches: [] });
    }
  }
  for (const one of shared) one.stretches = stretches.filter((stretch) => overlapMs(stretch, one) > 0);
  return shared;
}

/** How bad it was for all of them together, in seconds of poor quality. */
export function sharedSeverityOf(shared: SharedStretch): number {
  return shared.stretches.reduce((sum, stretch) => {
    const share = overlapMs(stretch, shared) / (stretch.endMs - stretch.startMs);
    return sum + severityOf(stretch) * share;
  }, 0);
}

/** Goes through the moments at which something changes, and counts who suffers and who is there between them. */
function spansOfMost(lanes: ReviewedLane[], stretches: BadStretch[]): (Span & { present: number })[] {
  const changes = stretches
    .flatMap(({ lane, startMs, endMs }) => [
      { atMs: startMs, sufferer: lane.id, isStart: true },
      { atMs: endMs, sufferer: lane.id, isStart: false },
    ])
    .concat(
      lanes.flatMap(({ joinedAt, leftAt }) => [
        { atMs: Date.parse(joinedAt), sufferer: '', isStart: true },
        { atMs: leftAt === null ? Infinity : Date.parse(leftAt), sufferer: '', isStart: false },
      ]),
    )
    .sort((a, b) => a.atMs - b.atMs);
  const spans: (Span & { present: number })[] = [];
  /** By person, how many of their stretches go on: two may touch. */
  const sufferers = new Map<string, number>();
  let present = 0;
  for (const [index, { atMs: startMs, sufferer, isStart }] of changes.entries()) {
    if (sufferer === '') present += isStart ? 1 : -1;
    else {
      const count = (sufferers.get(sufferer) ?? 0) + (isStart ? 1 : -1);
      if (count > 0) sufferers.set(sufferer, count);
      else sufferers.delete(sufferer);
    }
    const endMs = changes[index + 1]?.atMs ?? startMs;
    const areMost = sufferers.size >= MIN_PEOPLE && sufferers.size >= MOST * present;
    if (areMost && endMs > startMs) spans.push({ startMs, endMs, present: Math.max(present, sufferers.size) });
  }
  return spans;
}
