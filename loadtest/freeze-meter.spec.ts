import { FreezeMeter } from './freeze-meter.js';

/** @returns a meter that has seen a second of 20 frames a second, until 1000 ms. */
function moving(): FreezeMeter {
  const meter = new FreezeMeter();
  for (let nowMs = 0; nowMs <= 1_000; nowMs += 50) meter.frame(nowMs);
  return meter;
}

describe('freezes', () => {
  it('begin at the average and 150 ms more, or at three times the average', () => {
    const meter = moving();
    meter.frame(1_199);
    expect(meter.count).toBe(0);
    const other = moving();
    other.frame(1_200);
    expect([other.count, other.totalMs, other.durationsMs]).toEqual([1, 200, [200]]);
    const slow = new FreezeMeter();
    for (let nowMs = 0; nowMs <= 4_000; nowMs += 200) slow.frame(nowMs);
    slow.frame(4_590);
    expect(slow.count).toBe(0);
    slow.frame(5_400);
    expect(slow.count).toBe(1);
  });

  it('count while they go on, once', () => {
    const meter = moving();
    meter.review(1_500);
    expect([meter.count, meter.totalMs, meter.durationsMs]).toEqual([1, 500, []]);
    meter.review(2_000);
    meter.frame(2_100);
    expect([meter.count, meter.totalMs, meter.durationsMs, meter.watchedMs]).toEqual([1, 1_100, [1_100], 2_100]);
  });

  it('do not hide the next one', () => {
    const meter = moving();
    meter.frame(5_000);
    meter.frame(5_210);
    expect(meter.durationsMs).toEqual([4_000, 210]);
  });

  it('are none while the video need not move', () => {
    const meter = moving();
    meter.pause(1_050);
    meter.review(9_000);
    meter.frame(9_500);
    meter.frame(9_550);
    expect([meter.count, meter.totalMs, meter.watchedMs]).toEqual([0, 0, 1_100]);
  });
});
