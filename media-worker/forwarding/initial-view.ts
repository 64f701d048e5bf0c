import type { ParticipantId, ProducerId, VideoSource } from '@minimeet/protocol';

/** A video that could be shown. */
export interface Candidate {
  producerId: ProducerId;
  participantId: ParticipantId;
  source: VideoSource;
  /** The time of its publisher's last speech (ms); -Infinity for none. */
  lastSpokeAtMs: number;
  /** Counts up with every join: the smallest has been there the longest. */
  joinOrder: number;
}

/** The order in which videos are picked for somebody who has not said what they look at. */
export function orderCandidates(candidates: readonly Candidate[]): Candidate[] {
  const screensFirst = (candidate: Candidate): number => (candidate.source === 'screen' ? 0 : 1);
  return [...candidates].sort(
    (a, b) =>
      screensFirst(a) - screensFirst(b) ||
      // Twice -Infinity differs by NaN, which is falsy too.
      b.lastSpokeAtMs - a.lastSpokeAtMs ||
      a.joinOrder - b.joinOrder,
  );
}

/**
 * Picks pictures and keeps those picked before, so that a picture does not move away whenever somebody speaks; only a
 * screen takes a camera's place.
 *
 * @param ordered as `orderCandidates` returns them, without one's own.
 */
export function pickTiles(
  ordered: readonly Candidate[],
  picked: ReadonlySet<ProducerId>,
  maxTiles: number,
): Candidate[] {
  const rank = (candidate: Candidate): number =>
    candidate.source === 'screen' ? 0 : picked.has(candidate.producerId) ? 1 : 2;
  return [...ordered].sort((a, b) => rank(a) - rank(b)).slice(0, maxTiles);
}
