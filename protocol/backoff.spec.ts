import { backoffMs } from './backoff.js';

const RANGE = { fromMs: 250, toMs: 4_000 };

describe('the wait before a retry', () => {
  it.each([
    [0, 125, 250],
    [1, 250, 500],
    [4, 2_000, 4_000],
    [5, 2_000, 4_000],
    [5_000, 2_000, 4_000],
  ])('before retry %i lies between %i and %i ms', (attempt, leastMs, mostMs) => {
    expect(backoffMs(attempt, RANGE, 0)).toBe(leastMs);
    expect(backoffMs(attempt, RANGE, 1)).toBe(mostMs);
  });

  it('differs between those who wait, within the same bounds', () => {
    const waitsMs = Array.from({ length: 100 }, () => backoffMs(2, RANGE));
    expect(new Set(waitsMs).size).toBeGreaterThan(50);
    expect(Math.min(...waitsMs)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(1_000);
  });
});
