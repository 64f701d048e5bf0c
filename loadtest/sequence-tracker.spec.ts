import { SequenceTracker } from './sequence-tracker.js';

describe('the sequence of a stream', () => {
  it('counts a packet as lost only after there was time to send it again', () => {
    const sequence = new SequenceTracker();
    for (const number of [65_534, 65_535, 1, 2]) sequence.push(number, 0);
    expect(sequence.review(5)).toEqual([]);
    expect(sequence.review(20)).toEqual([0]);
    expect(sequence.review(40)).toEqual([]);
    expect(sequence.review(100)).toEqual([0]);
    expect(sequence.lost).toBe(0);
    sequence.review(501);
    expect([sequence.received, sequence.lost, sequence.hasGaps]).toEqual([4, 1, false]);
    // A packet that comes later than that is not counted twice.
    expect(sequence.push(0, 510)).toBe(-1);
    expect([sequence.received, sequence.lost]).toEqual([4, 1]);
  });

  it('takes what comes in another order, or again, for what it is', () => {
    const sequence = new SequenceTracker();
    expect([5, 7, 6, 6, 7, 8].map((number) => sequence.push(number, 0) & 0xffff)).toEqual([5, 7, 6, 0xffff, 0xffff, 8]);
    sequence.review(1_000);
    expect([sequence.received, sequence.lost]).toEqual([4, 0]);
  });

  it('reports to the sender what is missing since the report before', () => {
    const sequence = new SequenceTracker();
    for (let number = 0; number < 100; number++) if (number % 10 !== 5) sequence.push(number, 0);
    expect(sequence.report()).toEqual({ lossRatio: 0.1, totalLost: 10, highestSequenceNumber: 99 });
    for (let number = 100; number < 200; number++) sequence.push(number, 0);
    expect(sequence.report()).toEqual({ lossRatio: 0, totalLost: 10, highestSequenceNumber: 199 });
  });
});
