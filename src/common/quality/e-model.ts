/** Measurements of one direction between a person and the server. `null` is unknown and left out. */
export interface NetworkConditions {
  /** 0..1 */
  lossRatio: number | null;
  jitterMs: number | null;
  roundTripTimeMs: number | null;
}

/** Transmission rating with every parameter at its default (G.107, clause 7.1: R = 93.2). */
const DEFAULT_RATING = 93.2;
/** Delay, one way in ms, from which conversation suffers noticeably (Cole and Rosenbluth, 2001). */
const NOTICED_DELAY_MS = 177.3;
/** One Opus frame of 20 ms, and as much again to encode, decode and play it. */
const CODEC_DELAY_MS = 40;
/** A jitter buffer holds about twice the jitter. */
const JITTER_BUFFER = 2;
/**
 * Packet-loss robustness `Bpl`, for random loss. G.113 has no value for Opus; this is the one of G.711 with concealment
 * of lost packets (appendix I), and its equipment impairment `Ie` is 0 as there: Opus at the bit rates of a call is no
 * worse.
 */
const LOSS_ROBUSTNESS = 25.1;
const MAX_LOSS_IMPAIRMENT = 95;

/**
 * Mean opinion score of a voice call, 1 (useless) to 4.5, estimated from the network: the E-model of ITU-T G.107,
 * simplified as by Cole and Rosenbluth, "Voice over IP performance monitoring" (SIGCOMM CCR 31/2, 2001), with the delay
 * of half a round trip.
 */
export function mosOf({ lossRatio, jitterMs, roundTripTimeMs }: NetworkConditions): number {
  const delayMs = (roundTripTimeMs ?? 0) / 2 + JITTER_BUFFER * (jitterMs ?? 0) + CODEC_DELAY_MS;
  return opinionOf(DEFAULT_RATING - delayImpairment(delayMs) - lossImpairment(100 * (lossRatio ?? 0)));
}

/** `Id`, as Cole and Rosenbluth fit the curves of G.107 without echo. */
function delayImpairment(delayMs: number): number {
  return 0.024 * delayMs + 0.11 * Math.max(0, delayMs - NOTICED_DELAY_MS);
}

/** `Ie,eff` (G.107, equation 7-29) with random loss, `BurstR` = 1. */
function lossImpairment(lossPercent: number): number {
  return (MAX_LOSS_IMPAIRMENT * lossPercent) / (lossPercent + LOSS_ROBUSTNESS);
}

/**
 * The mean opinion score of a rating R (G.107, annex B). Below R = 6.5 its polynomial falls under 1, the lowest vote.
 */
export function opinionOf(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}
