import type { KindSample } from '@minimeet/protocol';
import type { MediaSampleFacts } from '../common/events/index.js';
import { qualityOf } from '../common/quality/index.js';
import type { QualitySampleEntity } from './quality-sample.entity.js';

/** A ratio of fewer packets says nothing: one lost of three is not 33 % loss. */
const MIN_PACKETS = 10;
/** Fits a column of 32 bits; ten times what a person could send. */
const MAX_BITRATE_BPS = 2_000_000_000;

/**
 * The row of one interval; `null` when nothing flowed. It has the worse value of sound and picture, since much video
 * would hide that the few packets of the sound are lost. `frozenMs`: as the client reported since the row before,
 * `null` when it did not.
 */
export function sampleOf(facts: MediaSampleFacts, frozenMs: number | null): QualitySampleEntity | null {
  const { participantId, at, direction, intervalMs, bytes } = facts;
  const kinds = Object.values(facts.kinds);
  if (kinds.length === 0 && bytes === 0 && !frozenMs) return null;
  const network = {
    lossRatio: worst(kinds.filter(isEnough), ({ lossRatio }) => lossRatio),
    jitterMs: worst(kinds, ({ jitterMs }) => jitterMs),
    roundTripTimeMs: worst(kinds, ({ roundTripTimeMs }) => roundTripTimeMs),
  };
  // Several pictures that stand still at once are no longer than the interval for the one who looks at them.
  const stoodStillMs = frozenMs === null ? null : Math.round(Math.min(frozenMs, intervalMs));
  return {
    participationId: participantId,
    at,
    direction,
    ...network,
    bitrateBps: intervalMs > 0 ? Math.min(MAX_BITRATE_BPS, Math.round((bytes * 8 * 1_000) / intervalMs)) : null,
    frozenMs: stoodStillMs,
    quality: qualityOf({ ...network, frozenMs: stoodStillMs, intervalMs }),
  };
}

function isEnough({ packets, packetsLost }: KindSample): boolean {
  return packets + packetsLost >= MIN_PACKETS;
}

function worst(kinds: KindSample[], value: (kind: KindSample) => number | null): number | null {
  const known = kinds.map(value).filter((item) => item !== null);
  return known.length === 0 ? null : Math.max(...known);
}
