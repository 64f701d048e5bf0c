import { QUALITIES, type Quality } from '@minimeet/protocol';

/** Samples of a stay, by quality. */
export type QualityCounts = Record<Quality, number>;

/** A quality counts for the whole stay when at least this part of its samples was no better: six minutes of an hour. */
const SHARE = 0.1;

export function noSamples(): QualityCounts {
  return { good: 0, fair: 0, poor: 0, bad: 0 };
}

/**
 * The worst quality that at least a tenth of the samples do not exceed. So one bad moment does not spoil a long call,
 * and a bad tenth is not hidden by a good average. `null` without a sample.
 */
export function overallQuality(counts: QualityCounts): Quality | null {
  const total = QUALITIES.reduce((sum, quality) => sum + counts[quality], 0);
  if (total === 0) return null;
  let notBetter = 0;
  for (const quality of [...QUALITIES].reverse()) {
    notBetter += counts[quality];
    if (notBetter >= total * SHARE) return quality;
  }
  return 'good';
}
