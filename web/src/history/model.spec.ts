import type { CallDetails, CallLane, Direction, Quality, QualitySample } from '@minimeet/protocol';
import { measuredOf, peopleOf, sampleAt, stretchesOf, verdictOf } from './model.js';

const START = Date.parse('2026-11-21T10:00:00Z');

describe('a call, as the page shows it', () => {
  it('has one lane a person, whoever came twice with two stays', () => {
    const call = details([stay('ann', 0), stay('ben', 5), stay('ann', 60)]);
    expect(peopleOf(call).map(({ name, stays }) => [name, stays.length])).toEqual([
      ['ann', 2],
      ['ben', 1],
    ]);
  });

  it('keeps people of deleted accounts apart by their names', () => {
    const gone = { ...stay('eve', 0), userId: null };
    expect(peopleOf(details([gone, { ...stay('zoe', 1), userId: null }, gone]))).toHaveLength(2);
  });

  it('takes a sample for the time since the one before, not for a gap', () => {
    const lane = stay('ann', 0, [sample(10), sample(20), sample(200)]);
    expect(measuredOf(lane, 'up').map(({ from, to }) => [seconds(from), seconds(to)])).toEqual([
      [0, 10],
      [10, 20],
      [190, 200],
    ]);
    expect(measuredOf(lane, 'down')).toEqual([]);
  });

  it('joins samples of one quality to a stretch, and breaks it at a gap', () => {
    const lane = stay('ann', 0, [sample(10), sample(20, 'bad'), sample(30, 'bad'), sample(40), sample(200)]);
    const stretches = stretchesOf(measuredOf(lane, 'up'));
    expect(stretches.map(({ from, to, quality }) => [seconds(from), seconds(to), quality])).toEqual([
      [0, 10, 'good'],
      [10, 30, 'bad'],
      [30, 40, 'good'],
      [190, 200, 'good'],
    ]);
  });

  it('finds the sample of a moment', () => {
    const measured = measuredOf(stay('ann', 0, [sample(10), sample(20, 'poor')]), 'up');
    expect(sampleAt(measured, START + 15_000)?.quality).toBe('poor');
    expect(sampleAt(measured, START + 25_000)).toBeNull();
  });

  it('says whose quality was the worst', () => {
    const call = details([
      { ...stay('ann', 0), quality: 'good' },
      { ...stay('ben', 0), quality: 'poor' },
      { ...stay('ben', 9), quality: 'good' },
      { ...stay('cem', 0), quality: null },
    ]);
    expect(verdictOf(call)).toEqual({ quality: 'poor', people: ['ben'], of: 3 });
    expect(verdictOf(details([stay('ann', 0)]))).toBeNull();
  });
});

function seconds(at: number): number {
  return (at - START) / 1_000;
}

function at(second: number): string {
  return new Date(START + second * 1_000).toISOString();
}

function sample(second: number, quality: Quality = 'good', direction: Direction = 'up'): QualitySample {
  const unknown = { lossRatio: null, jitterMs: null, roundTripTimeMs: null, bitrateBps: null, frozenMs: null };
  return { at: at(second), direction, quality, ...unknown };
}

function stay(name: string, joined: number, samples: QualitySample[] = []): CallLane {
  return {
    id: `${name}${joined}`,
    userId: name,
    displayName: name,
    joinedAt: at(joined),
    leftAt: null,
    leaveReason: null,
    client: null,
    networkPath: null,
    quality: null,
    joinPhases: null,
    speakingMs: 0,
    reconnects: 0,
    events: [],
    samples,
  };
}

function details(participations: CallLane[]): CallDetails {
  return { id: 'c', roomId: 'r', startedAt: at(0), endedAt: null, participations, worstMoment: null };
}
