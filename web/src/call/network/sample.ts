/** Counters of one received track, since it is received. */
export interface TrackCounters {
  kind: 'audio' | 'video';
  packetsReceived: number;
  packetsLost: number;
  /** Seconds in which the picture stood still. */
  frozenSeconds: number;
}

/** Of what one sends, now. `null`: not known (yet). */
export interface Uplink {
  /** 0..1, as the server says. */
  lossRatio: number | null;
  roundTripTimeMs: number | null;
  /** What the network can carry, as the browser reckons: only while that is less than it would send. Else it is no measurement. */
  availableBps: number | null;
  /** The computer is too slow to compress the picture. */
  limitedByCpu: boolean;
}

/** What there is at one moment. */
export interface NetworkSample {
  /** Milliseconds of one clock. */
  at: number;
  /** By the track's id. */
  tracks: ReadonlyMap<string, TrackCounters>;
  uplink: Uplink;
}

/** The entries of the browser's lists, by their W3C names; a browser may leave out any field (W3C webrtc-stats). */
interface StatsEntry {
  type: string;
  kind?: string;
  trackIdentifier?: string;
  packetsReceived?: number;
  packetsLost?: number;
  totalFreezesDuration?: number;
  fractionLost?: number;
  roundTripTime?: number;
  qualityLimitationReason?: string;
  frameWidth?: number;
  availableOutgoingBitrate?: number;
}

/** As much of an `RTCStatsReport` as is read here. */
export interface StatsList {
  forEach(visit: (entry: StatsEntry) => void): void;
}

export function readSample(at: number, received: StatsList, sent: StatsList): NetworkSample {
  const tracks = new Map<string, TrackCounters>();
  received.forEach((entry) => {
    const { type, kind, trackIdentifier, packetsReceived = 0, packetsLost = 0, totalFreezesDuration = 0 } = entry;
    if (type !== 'inbound-rtp' || trackIdentifier === undefined || (kind !== 'audio' && kind !== 'video')) return;
    tracks.set(trackIdentifier, { kind, packetsReceived, packetsLost, frozenSeconds: totalFreezesDuration });
  });
  return { at, tracks, uplink: readUplink(sent) };
}

function readUplink(sent: StatsList): Uplink {
  const losses: number[] = [];
  const roundTrips: number[] = [];
  const available: number[] = [];
  let limitedByCpu = false;
  let limitedByNetwork = false;
  sent.forEach(
    ({ type, kind, fractionLost, roundTripTime, qualityLimitationReason, frameWidth, availableOutgoingBitrate }) => {
      if (type === 'remote-inbound-rtp') {
        if (fractionLost !== undefined) losses.push(fractionLost);
        if (roundTripTime !== undefined) roundTrips.push(roundTripTime * 1000);
      }
      if (type === 'outbound-rtp' && kind === 'video' && frameWidth !== undefined) {
        limitedByNetwork ||= qualityLimitationReason === 'bandwidth';
        limitedByCpu ||= qualityLimitationReason === 'cpu';
      }
      if (type === 'candidate-pair' && availableOutgoingBitrate !== undefined) available.push(availableOutgoingBitrate);
    },
  );
  return {
    lossRatio: losses.length > 0 ? Math.max(...losses) : null,
    roundTripTimeMs: roundTrips.length > 0 ? Math.max(...roundTrips) : null,
    availableBps: limitedByNetwork && available.length > 0 ? Math.max(...available) : null,
    limitedByCpu,
  };
}
