import type { NetworkSample, TrackCounters, Uplink } from './sample.js';

/** `fair`: one notices it · `bad`: one cannot talk like this. */
export type Level = 'good' | 'fair' | 'bad';

/** A problem with the media from somebody, and the place of the loss. */
export interface Trouble {
  level: Exclude<Level, 'good'>;
  what: 'picture' | 'sound';
  /**
   * `theirs`: others arrive well · `mine`: most arrive with losses, or one's own way to the server is bad too · `here`:
   * the pictures of most stand still without losses, so this computer may be the reason · `either`: there is nobody to
   * compare with.
   */
  where: 'theirs' | 'mine' | 'here' | 'either';
}

/** A problem with the media that one sends. */
export interface OwnTrouble {
  level: Exclude<Level, 'good'>;
  what: 'upload' | 'delay' | 'computer';
}

export interface Verdict {
  /** People without trouble are not in it. */
  people: ReadonlyMap<string, Trouble>;
  own: OwnTrouble | null;
}

/** A track that somebody's picture or sound comes on. Screens are left out: a page that nobody scrolls stands still. */
export interface WatchedTrack {
  trackId: string;
  personId: string;
}

/** Shares of all packets. Opus conceals a few, a picture shows them. */
const LOSS = { fair: 0.03, bad: 0.1 };
/** Shares of the time. */
const FROZEN = { fair: 0.06, bad: 0.25 };
/** From here on people talk into each other's words (ITU-T G.114: 400 ms one way). */
const ROUND_TRIP_MS = { fair: 400, bad: 800 };
/** Below it there is sound, and hardly a picture. */
const UPLOAD_BPS = { fair: 350_000, bad: 120_000 };
/** So few packets are none to judge by. */
const FEW_PACKETS = 25;

/** Judges the time between two samples, which are a few seconds apart. */
export function judge(before: NetworkSample, now: NetworkSample, watched: readonly WatchedTrack[]): Verdict {
  const seconds = (now.at - before.at) / 1000;
  const levels = new Map<string, Measured>();
  for (const { trackId, personId } of watched) {
    const [first, last] = [before.tracks.get(trackId), now.tracks.get(trackId)];
    const measured = first && last && judgeTrack(first, last, seconds);
    if (!measured) continue;
    const known = levels.get(personId);
    if (!known || isWorse(measured.level, known.level)) levels.set(personId, measured);
  }
  const own = judgeUplink(before.uplink, now.uplink);
  const bad = [...levels.values()].filter(({ level }) => level !== 'good');
  const where = placeOf(bad, levels.size, own);
  const people = new Map<string, Trouble>();
  for (const [personId, { level, what }] of levels) if (level !== 'good') people.set(personId, { level, what, where });
  return { people, own };
}

interface Measured {
  level: Level;
  what: Trouble['what'];
  /** Packets are missing; else they come, and the picture stands still all the same. */
  lossy: boolean;
}

function judgeTrack(before: TrackCounters, now: TrackCounters, seconds: number): Measured | null {
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const packets = lost + now.packetsReceived - before.packetsReceived;
  // Silence, or off screen: nothing was sent.
  if (packets < FEW_PACKETS) return null;
  const frozen = (now.frozenSeconds - before.frozenSeconds) / seconds;
  const byLoss = levelOf(lost / packets, LOSS);
  const byFreezes = levelOf(frozen, FROZEN);
  return {
    level: isWorse(byFreezes, byLoss) ? byFreezes : byLoss,
    what: now.kind === 'video' ? 'picture' : 'sound',
    lossy: byLoss !== 'good',
  };
}

function judgeUplink(before: Uplink, now: Uplink): OwnTrouble | null {
  const { roundTripTimeMs, availableBps, limitedByCpu } = now;
  const packets = now.packetsSent - before.packetsSent;
  const repeated = now.packetsRepeated - before.packetsRepeated;
  const byLoss = packets < FEW_PACKETS ? 'good' : levelOf(repeated / packets, LOSS);
  const byRate =
    availableBps === null ? 'good' : levelOf(-availableBps, { fair: -UPLOAD_BPS.fair, bad: -UPLOAD_BPS.bad });
  const upload = isWorse(byRate, byLoss) ? byRate : byLoss;
  if (upload !== 'good') return { level: upload, what: 'upload' };
  const delay = levelOf(roundTripTimeMs ?? 0, ROUND_TRIP_MS);
  if (delay !== 'good') return { level: delay, what: 'delay' };
  return limitedByCpu ? { level: 'fair', what: 'computer' } : null;
}

function placeOf(bad: readonly Measured[], measured: number, own: OwnTrouble | null): Trouble['where'] {
  if (own !== null && own.what !== 'computer') return 'mine';
  const most = measured > 1 && bad.length * 2 > measured;
  if (most) return bad.some(({ lossy }) => lossy) ? 'mine' : 'here';
  return measured > 1 ? 'theirs' : 'either';
}

function levelOf(value: number, from: { fair: number; bad: number }): Level {
  if (value >= from.bad) return 'bad';
  return value >= from.fair ? 'fair' : 'good';
}

function isWorse(a: Level, b: Level): boolean {
  const order: Level[] = ['good', 'fair', 'bad'];
  return order.indexOf(a) > order.indexOf(b);
}
