/** Counters of one received track, since it is received. */
export interface TrackCounters {
  kind: 'audio' | 'video';
  packetsReceived: number;
  packetsLost: number;
  /** Seconds in which the picture stood still. */
  frozenSeconds: number;
}

/**
 * The counters of one's own sending. `null`: not known (yet). Repeated packets tell the loss: the loss that the server
 * reports (`fractionLost`) is the worst of all receivers, and so may be on their side.
 */
export interface Uplink {
  /** Packets of pictures since they are sent, and those of them that the server has asked for again. */
  packetsSent: number;
  packetsRepeated: number;
  roundTripTimeMs: number | null;
  /**
   * The browser's estimate of the network's capacity, only while it is less than the browser would send. Else it is no
   * measurement.
   */
  availableBps: number | null;
  /** The computer is too slow to compress the picture. */
  limitedByCpu: boolean;
}

/** The measurements of one moment. */
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
  packetsSent?: number;
  retransmittedPacketsSent?: number;
  roundTripTime?: number;
  qualityLimitationReason?: string;
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
  const uplink: Uplink = {
    packetsSent: 0,
    packetsRepeated: 0,
    roundTripTimeMs: null,
    availableBps: null,
    limitedByCpu: false,
  };
  let available: number | null = null;
  let limitedByNetwork = false;
  sent.forEach((entry) => {
    const { type, kind, roundTripTime, availableOutgoingBitrate } = entry;
    if (type === 'outbound-rtp' && kind === 'video') {
      uplink.packetsSent += entry.packetsSent ?? 0;
      uplink.packetsRepeated += entry.retransmittedPacketsSent ?? 0;
      uplink.limitedByCpu ||= entry.qualityLimitationReason === 'cpu';
      limitedByNetwork ||= entry.qualityLimitationReason === 'bandwidth';
    }
    if (type === 'remote-inbound-rtp' && roundTripTime !== undefined)
      uplink.roundTripTimeMs = Math.max(uplink.roundTripTimeMs ?? 0, roundTripTime * 1000);
    if (type === 'candidate-pair' && availableOutgoingBitrate !== undefined)
      available = Math.max(available ?? 0, availableOutgoingBitrate);
  });
  return { ...uplink, availableBps: limitedByNetwork ? available : null };
}
