import { mosOf, opinionOf } from './e-model.js';
import { qualityOf } from './quality.js';

const PERFECT = { lossRatio: 0, jitterMs: 0, roundTripTimeMs: 0 };
const UNKNOWN = { lossRatio: null, jitterMs: null, roundTripTimeMs: null };

describe('the mean opinion score', () => {
  // ITU-T G.107, table B.1: the limits of user satisfaction.
  it.each([
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ])('of a rating of %d is %d', (rating, score) => {
    expect(opinionOf(rating)).toBeCloseTo(score, 1);
    expect(Math.abs(opinionOf(rating) - score)).toBeLessThan(0.01);
  });

  it('stays between 1 and 4.5, whatever comes in', () => {
    expect([opinionOf(-5), opinionOf(3), opinionOf(100), opinionOf(130)]).toEqual([1, 1, 4.5, 4.5]);
    expect(mosOf({ lossRatio: 1, jitterMs: 1000, roundTripTimeMs: 60_000 })).toBe(1);
  });

  it('of a perfect network is the best that the model gives to narrow-band voice, less the codec', () => {
    // R = 93.2 - 0.024 * 40 ms
    expect(mosOf(PERFECT)).toBeCloseTo(opinionOf(92.24), 10);
    expect(mosOf(PERFECT)).toBeGreaterThan(4.35);
  });

  it.each([
    // Ie,eff = 95 * 5 / (5 + 25.1) = 15.78
    [{ ...PERFECT, lossRatio: 0.05 }, 92.24 - 15.781],
    // Half of the round trip: Id = 0.024 * 240 + 0.11 * (240 - 177.3) = 12.657
    [{ ...PERFECT, roundTripTimeMs: 400 }, 93.2 - 12.657],
    // A buffer of twice the jitter: Id = 0.024 * 100
    [{ ...PERFECT, jitterMs: 30 }, 93.2 - 2.4],
  ])('of %j is that of a rating of %d', (conditions, rating) => {
    expect(mosOf(conditions)).toBeCloseTo(opinionOf(rating), 3);
  });

  it('leaves out what is not known', () => {
    expect(mosOf(UNKNOWN)).toBe(mosOf(PERFECT));
  });

  it('only falls as the network gets worse', () => {
    for (const [name, steps] of [
      ['lossRatio', [0, 0.01, 0.05, 0.1, 0.3]],
      ['jitterMs', [0, 10, 30, 100]],
      ['roundTripTimeMs', [0, 50, 200, 400, 800]],
    ] as const) {
      const scores = steps.map((value) => mosOf({ ...PERFECT, [name]: value }));
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(new Set(scores).size).toBe(scores.length);
    }
  });
});

describe('the quality of a call', () => {
  const observed = { ...PERFECT, frozenMs: 0, intervalMs: 10_000 };

  it.each([
    [{}, 'good'],
    [{ lossRatio: 0.019 }, 'good'],
    [{ lossRatio: 0.03 }, 'fair'],
    [{ lossRatio: 0.06 }, 'poor'],
    [{ lossRatio: 0.12 }, 'bad'],
    [{ frozenMs: 199 }, 'good'],
    [{ frozenMs: 300 }, 'fair'],
    [{ frozenMs: 1_000 }, 'poor'],
    [{ frozenMs: 2_000 }, 'bad'],
    [{ roundTripTimeMs: 200 }, 'good'],
    [{ roundTripTimeMs: 500 }, 'fair'],
    [{ roundTripTimeMs: 600 }, 'poor'],
    [{ roundTripTimeMs: 900 }, 'bad'],
    [{ ...UNKNOWN, frozenMs: null }, 'good'],
    [{ frozenMs: 5_000, intervalMs: 0 }, 'good'],
  ])('with %j is %s', (change, quality) => {
    expect(qualityOf({ ...observed, ...change })).toBe(quality);
  });
});
