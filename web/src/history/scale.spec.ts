import type { Quality } from '@minimeet/protocol';
import type { Measured } from './model.js';
import { around, moved, piecesOf, ticksOf, timeAt, xOf, zoomed } from './scale.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-21T10:00:00Z');
const whole = { from: START, to: START + 8 * HOUR };

describe('the time axis of a call', () => {
  it.each([390, 900, 1200])('has labels that do not touch, at %i pixels, for calls of any length', (widthPx) => {
    for (const lengthMs of [20_000, 600_000, HOUR, 8 * HOUR, 48 * HOUR]) {
      const window = { from: START + 1_234, to: START + 1_234 + lengthMs };
      const xs = ticksOf(window, widthPx).map(({ at }) => xOf(at, window, widthPx));
      expect(xs.length).toBeGreaterThan(0);
      xs.forEach((x, i) => expect(x - (xs[i - 1] ?? -100)).toBeGreaterThanOrEqual(i === 0 ? 0 : 80));
    }
  });

  it('turns pixels into times and back', () => {
    expect(timeAt(xOf(START + HOUR, whole, 800), whole, 800)).toBe(START + HOUR);
    expect(timeAt(-5, whole, 800)).toBe(whole.from);
    expect(timeAt(900, whole, 800)).toBe(whole.to);
  });

  it('shows ten bad seconds of eight hours', () => {
    const pieces = piecesOf(
      [measured(0, HOUR, 'good'), measured(HOUR, HOUR + 10_000, 'bad'), measured(HOUR + 10_000, 8 * HOUR, 'good')],
      whole,
      800,
    );
    expect(pieces).toEqual([
      { x: 0, width: 100, quality: 'good' },
      { x: 100, width: 1, quality: 'bad' },
      { x: 101, width: 699, quality: 'good' },
    ]);
  });

  it('leaves gaps where nothing was measured, and what is outside of the window', () => {
    const window = { from: START + HOUR, to: START + 2 * HOUR };
    const pieces = piecesOf([measured(0, HOUR / 2, 'bad'), measured(1.25 * HOUR, 1.5 * HOUR, 'fair')], window, 100);
    expect(pieces).toEqual([{ x: 25, width: 25, quality: 'fair' }]);
  });

  it('zooms and moves inside of the call only', () => {
    const half = zoomed(whole, whole, 0.5);
    expect(half.to - half.from).toBe(4 * HOUR);
    expect(zoomed(half, whole, 8)).toEqual(whole);
    expect(moved(half, whole, 5)).toEqual({ from: START + 4 * HOUR, to: whole.to });
    const near = zoomed(whole, whole, 0.000_001);
    expect(near.to - near.from).toBe(30_000);
  });

  it('shows a stretch with some time around it', () => {
    expect(around({ from: START, to: START + 10_000 }, whole)).toEqual({ from: START, to: START + 70_000 });
  });
});

function measured(from: number, to: number, quality: Quality): Measured {
  const unknown = { lossRatio: null, jitterMs: null, roundTripTimeMs: null, bitrateBps: null, frozenMs: null };
  const at = new Date(START + to).toISOString();
  return { from: START + from, to: START + to, sample: { at, direction: 'up', quality, ...unknown } };
}
