import { TokenBucket } from './token-bucket.js';

describe('TokenBucket', () => {
  it('lets a burst through, then as many as are refilled', () => {
    let nowMs = 0;
    const bucket = new TokenBucket(3, 2, () => nowMs);
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false]);
    nowMs = 500;
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  });

  it('never holds more than the burst', () => {
    let nowMs = 0;
    const bucket = new TokenBucket(2, 100, () => nowMs);
    nowMs = 60_000;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  });
});
