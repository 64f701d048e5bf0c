import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from '@minimeet/protocol';
import type { RunResult } from '../run-result.js';
import type { Raised } from './command-line.js';
import { type Group, type Load, peopleOf, peoplePerRoom, titleOf } from './load.js';

/** Closer than this to the first load that breaks the gate, the last one that keeps it is the answer. */
const PRECISION = 0.1;
/** The server closes what the run before left. */
const PAUSE_MS = 2_000;

/** Runs a load and judges it. */
type RunStep = (load: Load) => Promise<RunResult>;

/**
 * Looks for the highest load that keeps the gate, in fresh runs: doubles until it breaks, then halves the distance. It
 * begins with the load as it is, and goes down when that breaks the gate already.
 * @returns all runs, the smallest first.
 */
export async function findMax(load: Load, raised: Raised, run: RunStep, signal: AbortSignal): Promise<RunResult[]> {
  const results: RunResult[] = [];
  let kept = 0;
  let broken = Infinity;
  let count: number | null = countOf(load.groups, raised);
  while (count !== null && !signal.aborted) {
    if (results.length > 0) await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    const result: RunResult = await run(loadWith(load, raised, count));
    // A run that was cut short does not prove that its load can be held.
    if (result.cutShort !== undefined && result.gate?.passed !== false) break;
    results.push(result);
    if (result.gate?.passed) kept = count;
    else broken = count;
    count = nextCount(kept, broken, load.groups, raised);
  }
  return results.sort((a, b) => a.load.people - b.load.people);
}

/** @returns what to try next; `null`: the answer is near enough. */
function nextCount(kept: number, broken: number, groups: readonly Group[], raised: Raised): number | null {
  if (broken === Infinity) {
    const next = Math.min(kept * 2, mostOf(groups, raised));
    return next > kept ? next : null;
  }
  if (broken - kept <= Math.max(1, kept * PRECISION)) return null;
  return Math.floor((kept + broken) / 2);
}

/** Counts the raised quantity; several groups count by the multiple of their rooms. */
function countOf(groups: readonly Group[], raised: Raised): number {
  const [group] = groups;
  if (!group || groups.length > 1) return 1;
  return Math.max(1, group[FIELDS[raised]]);
}

function mostOf(groups: readonly Group[], raised: Raised): number {
  if (raised === 'rooms') return Infinity;
  const others = groups.map((group) => peoplePerRoom(group) - group[FIELDS[raised]]);
  return LIMITS.participantsPerRoom - Math.max(...others);
}

/** People come as fast one after the other as they would in the load that was asked for. */
function loadWith(load: Load, raised: Raised, count: number): Load {
  const groups = load.groups.map((group) =>
    load.groups.length > 1 ? { ...group, rooms: group.rooms * count } : { ...group, [FIELDS[raised]]: count },
  );
  const title = load.title === titleOf(load.groups) ? titleOf(groups) : `${load.title}, ${count} times`;
  return { ...load, title, groups, rampSeconds: (load.rampSeconds * peopleOf(groups)) / peopleOf(load.groups) };
}

const FIELDS = {
  rooms: 'rooms',
  publishers: 'publishers',
  'audio-publishers': 'audioPublishers',
  subscribers: 'subscribers',
} as const satisfies Record<Raised, keyof Group>;
