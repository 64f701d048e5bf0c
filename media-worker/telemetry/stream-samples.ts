import type { types } from 'mediasoup';
import type { KindSample } from '@minimeet/protocol';

/**
 * The totals of a stream that samples are made of. mediasoup's units: jitter in RTP timestamp units (RFC 3550), the
 * round trip in milliseconds and 0 when unknown, `fractionLost` in 1/256 over the last report.
 */
export type StreamTotals = Pick<
  types.ProducerStat | types.ConsumerStat,
  | 'ssrc'
  | 'rtxSsrc'
  | 'packetCount'
  | 'packetsLost'
  | 'packetsRepaired'
  | 'fractionLost'
  | 'jitter'
  | 'roundTripTime'
  | 'nackCount'
  | 'pliCount'
  | 'firCount'
>;

/** One stream since its sample before. */
export interface StreamSample extends KindSample {
  /** Packets that `lossRatio` speaks of. */
  packetsExpected: number;
}

/** The growth of a total. A total that falls, since a late packet came after all, first has to make up for that. */
class Growth {
  #highest = 0;

  take(total: number): number {
    const grown = Math.max(0, total - this.#highest);
    this.#highest = Math.max(total, this.#highest);
    return grown;
  }
}

/** The counters of a stream, since its beginning or the look before. */
class StreamGrowth {
  readonly #packets = new Growth();
  readonly #lost = new Growth();
  readonly #repaired = new Growth();
  readonly #nacks = new Growth();
  readonly #plis = new Growth();
  readonly #firs = new Growth();

  take(totals: StreamTotals) {
    const lost = this.#lost.take(totals.packetsLost);
    const repaired = this.#repaired.take(totals.packetsRepaired);
    return {
      packets: this.#packets.take(totals.packetCount),
      lost,
      // Without a retransmission stream a packet that is sent again is not among the lost any more.
      repaired: totals.rtxSsrc === undefined ? 0 : repaired,
      feedback: {
        nacks: this.#nacks.take(totals.nackCount),
        plis: this.#plis.take(totals.pliCount),
        firs: this.#firs.take(totals.firCount),
      },
    };
  }
}

/** A stream that a person sends. Its loss is that of the network, before what was sent again. */
export class UpStream {
  readonly #growth = new StreamGrowth();

  take(totals: StreamTotals, clockRate: number): StreamSample {
    const { packets, lost, repaired, feedback } = this.#growth.take(totals);
    const packetsExpected = Math.max(lost, packets - repaired + lost);
    return {
      packets,
      packetsLost: lost,
      packetsExpected,
      lossRatio: ratio(lost, packetsExpected),
      jitterMs: jitterMs(totals, clockRate),
      roundTripTimeMs: roundTripTimeMs(totals),
      ...feedback,
    };
  }
}

/**
 * A stream that a person receives. Only the receiver's reports tell how it arrives, so nothing is known before one has
 * come. The SFU passes on the gaps of what it forwards, which the receiver reports as lost too: they are subtracted, so
 * that a sender's bad network is not taken for that of everybody who receives it.
 */
export class DownStream {
  readonly #growth = new StreamGrowth();
  readonly #sources = new Map<number, StreamGrowth>();
  #report: Report = [0, 0, 0, 0];
  /** Gaps of the source of which the receiver had not reported yet: at most 0. */
  #unreported = 0;

  /** @param source the stream that is forwarded, as it arrives; absent when none does. */
  take(totals: StreamTotals, source: StreamTotals | undefined, clockRate: number, recent: boolean): StreamSample {
    const first = this.#sources.size === 0;
    const { packets, lost, feedback } = this.#growth.take(totals);
    const gaps = this.#gaps(source);
    const difference = first ? Math.max(0, lost - gaps) : lost - gaps;
    const packetsLost = Math.max(0, difference + this.#unreported);
    this.#unreported = Math.min(0, difference);
    const reported = this.#hasReported(totals);
    // A stream whose turn comes seldom tells its present loss, not that of all the time since.
    const lossRatio = recent || gaps > 0 ? ratio(packetsLost, packets) : totals.fractionLost / 256;
    return {
      packets,
      packetsLost,
      packetsExpected: packets,
      lossRatio: reported ? lossRatio : null,
      jitterMs: reported ? jitterMs(totals, clockRate) : null,
      roundTripTimeMs: reported ? roundTripTimeMs(totals) : null,
      ...feedback,
    };
  }

  /** @returns the packets that the source lost for good; none at first for a source that a switch of layers brings. */
  #gaps(source: StreamTotals | undefined): number {
    if (!source) {
      return 0;
    }
    const known = this.#sources.get(source.ssrc);
    const growth = known ?? new StreamGrowth();
    this.#sources.set(source.ssrc, growth);
    const { lost, repaired } = growth.take(source);
    return known || this.#sources.size === 1 ? Math.max(0, lost - repaired) : 0;
  }

  /** mediasoup does not tell of reports, but hardly two are equal: the round trip is measured to 15 µs. */
  #hasReported({ packetsLost, fractionLost, jitter, roundTripTime = 0 }: StreamTotals): boolean {
    const before = this.#report;
    const report: Report = [packetsLost, fractionLost, jitter, roundTripTime];
    this.#report = report;
    return report.some((value, index) => value !== before[index]);
  }
}

type Report = [packetsLost: number, fractionLost: number, jitter: number, roundTripTime: number];

/**
 * Streams of one kind and direction together: loss by packets, the rest by the worst.
 *
 * @returns `undefined` when nothing flowed.
 */
export function combine(streams: readonly StreamSample[]): KindSample | undefined {
  const flowing = streams.filter(({ packets, packetsLost }) => packets + packetsLost > 0);
  if (flowing.length === 0) {
    return undefined;
  }
  const known = flowing.filter(({ lossRatio }) => lossRatio !== null);
  const lost = sum(known.map(({ lossRatio, packetsExpected }) => (lossRatio ?? 0) * packetsExpected));
  return {
    packets: sum(flowing.map(({ packets }) => packets)),
    packetsLost: sum(flowing.map(({ packetsLost }) => packetsLost)),
    lossRatio: ratio(lost, sum(known.map(({ packetsExpected }) => packetsExpected))),
    jitterMs: worst(flowing.map((stream) => stream.jitterMs)),
    roundTripTimeMs: worst(flowing.map((stream) => stream.roundTripTimeMs)),
    nacks: sum(flowing.map(({ nacks }) => nacks)),
    plis: sum(flowing.map(({ plis }) => plis)),
    firs: sum(flowing.map(({ firs }) => firs)),
  };
}

function jitterMs({ jitter }: StreamTotals, clockRate: number): number {
  return (jitter / clockRate) * 1_000;
}

function roundTripTimeMs({ roundTripTime }: StreamTotals): number | null {
  return roundTripTime || null;
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? Math.min(1, part / whole) : null;
}

function worst(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
