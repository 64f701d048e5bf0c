import { jest } from '@jest/globals';
import type { PublishedTrack } from '../forwarding/published-track.js';
import { Retries } from './retries.js';

describe('a track that could not be sent', () => {
  const track = { id: 'track' } as PublishedTrack;
  let due: number;
  let retries: Retries;

  beforeEach(() => {
    jest.useFakeTimers();
    due = 0;
    retries = new Retries(() => (due += 1));
  });

  afterEach(() => {
    retries.close();
    jest.useRealTimers();
  });

  /** @returns how long the track rests after it failed once more (ms). */
  function restMs(): number {
    retries.failed(track);
    const startedAtMs = performance.now();
    while (retries.isResting(track.id)) {
      jest.advanceTimersByTime(100);
    }
    return performance.now() - startedAtMs;
  }

  it('rests ever longer, up to ten seconds', () => {
    const restsMs = Array.from({ length: 8 }, restMs);
    [1_000, 2_000, 4_000, 8_000, 10_000, 10_000].forEach((mostMs, index) => {
      expect(restsMs[index]).toBeGreaterThanOrEqual(mostMs / 2);
      expect(restsMs[index]).toBeLessThanOrEqual(mostMs + 100);
    });
    expect(due).toBe(8);
  });

  it('rests as long as at first after it could be sent', () => {
    restMs();
    restMs();
    expect(retries.failed(track)).toBe(3);
    retries.succeeded(track);
    expect(retries.failed(track)).toBe(1);
  });

  it('is tried together with those that failed with it', () => {
    const other = { id: 'other' } as PublishedTrack;
    retries.failed(track);
    retries.failed(other);
    while (retries.isResting(track.id)) {
      jest.advanceTimersByTime(1);
    }
    expect(retries.isResting(other.id)).toBe(false);
  });

  it('is not tried any more when the participant has gone', () => {
    retries.failed(track);
    retries.close();
    jest.advanceTimersByTime(60_000);
    expect(due).toBe(0);
  });
});
