import type { Quality } from '@minimeet/protocol';
import { mosOf, type NetworkConditions } from './e-model.js';

/** Measurements of one person and direction over a period. */
export interface ObservedConditions extends NetworkConditions {
  /** Time for which pictures stood still in the period; `null` is unknown. */
  frozenMs: number | null;
  intervalMs: number;
}

const WORST_FIRST = ['bad', 'poor', 'fair', 'good'] as const satisfies readonly Quality[];

/**
 * A call's quality for a person: the worse of its voice, by the mean opinion score (`mosOf`), and its picture, by the
 * share of packets lost and by the time for which it stood still. Congestion control gives up picture quality from 10 %
 * loss on, and does nothing below 2 % (draft-ietf-rmcat-gcc-02, section 6).
 */
export function qualityOf({ frozenMs, intervalMs, ...network }: ObservedConditions): Quality {
  const frozenRatio = intervalMs > 0 ? (frozenMs ?? 0) / intervalMs : 0;
  const judgements = [
    atLeast(mosOf(network), { good: 4.0, fair: 3.6, poor: 3.1 }),
    below(network.lossRatio ?? 0, { good: 0.02, fair: 0.05, poor: 0.1 }),
    below(frozenRatio, { good: 0.02, fair: 0.05, poor: 0.15 }),
  ];
  return WORST_FIRST.find((quality) => judgements.includes(quality)) ?? 'good';
}

type Thresholds = Record<Exclude<Quality, 'bad'>, number>;

function atLeast(value: number, { good, fair, poor }: Thresholds): Quality {
  if (value >= good) return 'good';
  if (value >= fair) return 'fair';
  return value >= poor ? 'poor' : 'bad';
}

function below(value: number, { good, fair, poor }: Thresholds): Quality {
  if (value < good) return 'good';
  if (value < fair) return 'fair';
  return value < poor ? 'poor' : 'bad';
}
