import type { NetworkPath } from '@minimeet/protocol';

/** The entries of the browser's own lists, by their W3C names; a browser may leave out any field (W3C webrtc-stats). */
interface StatsEntry {
  type: string;
  kind?: string;
  framesDecoded?: number;
  packetsReceived?: number;
  trackIdentifier?: string;
  freezeCount?: number;
  totalFreezesDuration?: number;
  pauseCount?: number;
  totalPausesDuration?: number;
  selectedCandidatePairId?: string;
  /** Firefox's way of saying which pair is in use. */
  selected?: boolean;
  localCandidateId?: string;
  candidateType?: string;
  protocol?: string;
}

/** The part of `getStats()` that is read here. */
export interface StatsReport {
  forEach(visit: (entry: StatsEntry, id: string) => void): void;
}

/** How often a video stood still since it is received, and for how long. */
export interface Standstill {
  count: number;
  ms: number;
}

export function hasPicture(report: StatsReport): boolean {
  return entriesOf(report, 'inbound-rtp').some(({ framesDecoded = 0 }) => framesDecoded > 0);
}

export function hasPackets(report: StatsReport): boolean {
  return entriesOf(report, 'inbound-rtp').some(({ packetsReceived = 0 }) => packetsReceived > 0);
}

/** The path of the candidate pair in use, by its local candidate; `undefined` before there is one. */
export function networkPathOf(report: StatsReport): NetworkPath | undefined {
  const byId = new Map<string, StatsEntry>();
  report.forEach((entry, id) => byId.set(id, entry));
  const entries = [...byId.values()];
  const pairId = entries.find((entry) => entry.type === 'transport' && entry.selectedCandidatePairId !== undefined);
  const pair =
    byId.get(pairId?.selectedCandidatePairId ?? '') ??
    entries.find(({ type, selected }) => type === 'candidate-pair' && selected);
  const local = byId.get(pair?.localCandidateId ?? '');
  if (!local) return undefined;
  if (local.candidateType === 'relay') return 'relay';
  return local.protocol === 'tcp' ? 'tcp' : 'udp';
}

/**
 * Standstills by the track's id, for every video whose browser counts them. Pauses count too: a standstill of more than
 * 5 seconds is a pause and no freeze to webrtc-stats, but not to a viewer.
 */
export function standstills(report: StatsReport): Map<string, Standstill> {
  const all = new Map<string, Standstill>();
  for (const entry of entriesOf(report, 'inbound-rtp')) {
    const { kind, trackIdentifier, freezeCount, totalFreezesDuration = 0 } = entry;
    if (kind !== 'video' || trackIdentifier === undefined || freezeCount === undefined) continue;
    all.set(trackIdentifier, {
      count: freezeCount + (entry.pauseCount ?? 0),
      ms: (totalFreezesDuration + (entry.totalPausesDuration ?? 0)) * 1000,
    });
  }
  return all;
}

function entriesOf(report: StatsReport, type: string): StatsEntry[] {
  const entries: StatsEntry[] = [];
  report.forEach((entry) => {
    if (entry.type === type) entries.push(entry);
  });
  return entries;
}
