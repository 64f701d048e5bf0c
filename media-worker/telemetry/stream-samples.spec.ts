import { combine, DownStream, UpStream, type StreamTotals } from './stream-samples.js';

const AUDIO = 48_000;
const VIDEO = 90_000;

function totals(some: Partial<StreamTotals>): StreamTotals {
  const none = {
    packetsRepaired: 0,
    fractionLost: 0,
    jitter: 0,
    roundTripTime: 0,
    nackCount: 0,
    pliCount: 0,
    firCount: 0,
  };
  return { ssrc: 1, packetCount: 0, packetsLost: 0, ...none, ...some };
}

describe('a stream on the way up', () => {
  it('is what came since the look before', () => {
    const stream = new UpStream();
    stream.take(totals({ packetCount: 100, packetsLost: 10, nackCount: 3, pliCount: 1 }), AUDIO);
    const now = totals({ packetCount: 190, packetsLost: 20, jitter: 480, nackCount: 5, pliCount: 1, firCount: 2 });
    expect(stream.take(now, AUDIO)).toEqual({
      packets: 90,
      packetsLost: 10,
      packetsExpected: 100,
      lossRatio: 0.1,
      jitterMs: 10,
      roundTripTimeMs: null,
      nacks: 2,
      plis: 0,
      firs: 2,
    });
  });

  it('has the jitter of its own clock, and the round trip once it is known', () => {
    const sample = new UpStream().take(totals({ packetCount: 1, jitter: 900, roundTripTime: 42.5 }), VIDEO);
    expect(sample).toMatchObject({ jitterMs: 10, roundTripTimeMs: 42.5 });
  });

  it('lost what was sent again too, though it came in the end', () => {
    const packets = { packetCount: 100, packetsLost: 20, packetsRepaired: 20 };
    expect(new UpStream().take(totals({ ...packets, rtxSsrc: 2 }), VIDEO).lossRatio).toBe(0.2);
  });

  it('never loses less than nothing when late packets come after all, and makes up for them', () => {
    const stream = new UpStream();
    const lost = [5, 2, 4, 7].map(
      (packetsLost, index) => stream.take(totals({ packetCount: 100 * (index + 1), packetsLost }), AUDIO).packetsLost,
    );
    expect(lost).toEqual([5, 0, 0, 2]);
  });

  it('has no loss when nothing was expected', () => {
    expect(new UpStream().take(totals({}), AUDIO).lossRatio).toBeNull();
  });
});

describe('a stream on the way down', () => {
  const RECENT = true;
  const source = (packetsLost: number, some: Partial<StreamTotals> = {}) => totals({ ssrc: 9, packetsLost, ...some });

  it('is unknown while its receiver reports nothing, though it counts what is sent', () => {
    const stream = new DownStream();
    const report = { packetsLost: 5, jitter: 48, roundTripTime: 20 };
    expect(stream.take(totals({ packetCount: 100 }), source(0), AUDIO, RECENT)).toMatchObject({
      packets: 100,
      packetsLost: 0,
      lossRatio: null,
      jitterMs: null,
      roundTripTimeMs: null,
    });
    const heard = stream.take(totals({ packetCount: 150, ...report }), source(0), AUDIO, RECENT);
    expect(heard).toMatchObject({ packets: 50, packetsLost: 5, lossRatio: 0.1, jitterMs: 1, roundTripTimeMs: 20 });
    // The totals are the old ones: no report has come since.
    const silent = stream.take(totals({ packetCount: 250, ...report }), source(0), AUDIO, RECENT);
    expect(silent).toMatchObject({ packets: 100, packetsLost: 0, lossRatio: null, roundTripTimeMs: null });
  });

  it('does not lose what its source had lost', () => {
    const stream = new DownStream();
    const looks = [
      // The source's losses before the consumer began.
      { packetCount: 100, packetsLost: 0, gaps: 50, own: 0 },
      { packetCount: 180, packetsLost: 20, gaps: 70, own: 0 },
      { packetCount: 260, packetsLost: 48, gaps: 90, own: 8 },
      // The source's loss is known at once, the receiver's with its next report.
      { packetCount: 340, packetsLost: 48, gaps: 110, own: 0 },
      { packetCount: 440, packetsLost: 68, gaps: 110, own: 0 },
    ];
    for (const { packetCount, packetsLost, gaps, own } of looks) {
      const sample = stream.take(
        totals({ packetCount, packetsLost, jitter: packetCount }),
        source(gaps),
        AUDIO,
        RECENT,
      );
      expect(sample.packetsLost).toBe(own);
    }
  });

  it('loses what its source lost and then repaired', () => {
    const stream = new DownStream();
    stream.take(totals({ jitter: 1 }), source(0), VIDEO, RECENT);
    const repaired = source(10, { packetsRepaired: 10, rtxSsrc: 10 });
    expect(stream.take(totals({ packetCount: 100, packetsLost: 10 }), repaired, VIDEO, RECENT).lossRatio).toBe(0.1);
  });

  it('is not charged for what a layer that it switches to had lost before', () => {
    const stream = new DownStream();
    stream.take(totals({ packetCount: 100, jitter: 1 }), source(0), VIDEO, RECENT);
    const other = totals({ ssrc: 10, packetsLost: 500 });
    expect(stream.take(totals({ packetCount: 200, packetsLost: 10 }), other, VIDEO, RECENT).packetsLost).toBe(10);
  });

  it('says how it is now when its turn was long ago', () => {
    const stream = new DownStream();
    const sample = stream.take(
      totals({ packetCount: 1_000, packetsLost: 64, fractionLost: 64 }),
      source(0),
      VIDEO,
      !RECENT,
    );
    expect(sample).toMatchObject({ packets: 1_000, packetsLost: 64, lossRatio: 0.25 });
  });
});

describe('streams of a kind together', () => {
  const take = (some: Partial<StreamTotals>) => new UpStream().take(totals(some), AUDIO);

  it('lose by packets and else are as bad as the worst', () => {
    const small = take({ packetCount: 80, packetsLost: 20, jitter: 96, roundTripTime: 30, nackCount: 2 });
    const large = take({ packetCount: 900, jitter: 48, roundTripTime: 50, pliCount: 1 });
    expect(combine([small, large])).toEqual({
      packets: 980,
      packetsLost: 20,
      lossRatio: 0.02,
      jitterMs: 2,
      roundTripTimeMs: 50,
      nacks: 2,
      plis: 1,
      firs: 0,
    });
  });

  it('are none when nothing flows, and leave out one that does not', () => {
    expect(combine([])).toBeUndefined();
    expect(combine([take({ jitter: 4_800 })])).toBeUndefined();
    expect(combine([take({ jitter: 4_800 }), take({ packetCount: 1, jitter: 48 })])?.jitterMs).toBe(1);
  });

  it('have the loss of those of which it is known', () => {
    const unknown = new DownStream().take(totals({ packetCount: 100 }), undefined, AUDIO, true);
    expect(combine([unknown])?.lossRatio).toBeNull();
    expect(combine([unknown, take({ packetCount: 90, packetsLost: 10 })])?.lossRatio).toBe(0.1);
  });
});
