import { planView, type Held } from './view-plan.js';

const NONE = new Set<string>();

function held(producerId: string, more: Partial<Held> = {}): Held {
  return {
    consumerId: `c-${producerId}`,
    producerId,
    kind: 'video',
    paused: false,
    spatialLayer: 0,
    lastWanted: 0,
    ...more,
  };
}

describe('the plan of a view', () => {
  it('opens what is missing, once', () => {
    const wanted = [{ producerId: 'a', spatialLayer: 2 }, { producerId: 'b' }];
    expect(planView(wanted, [], new Set(['b']), 128).open).toEqual([{ producerId: 'a', spatialLayer: 2 }]);
  });

  it('resumes what is there and pauses what is off screen', () => {
    const plan = planView([{ producerId: 'a', spatialLayer: 0 }], [held('a', { paused: true }), held('b')], NONE, 128);
    expect(plan).toEqual({ open: [], resume: ['c-a'], pause: ['c-b'], close: [], layers: [] });
  });

  it('changes layers only where they differ', () => {
    const wanted = [
      { producerId: 'a', spatialLayer: 2 },
      { producerId: 'b', spatialLayer: 0 },
    ];
    expect(planView(wanted, [held('a'), held('b')], NONE, 128).layers).toEqual([
      { consumerId: 'c-a', spatialLayer: 2 },
    ]);
  });

  it('keeps the eight videos that were on screen last and closes the others', () => {
    const consumers = Array.from({ length: 11 }, (_, index) => held(`v${index}`, { paused: true, lastWanted: index }));
    expect(planView([], consumers, NONE, 128).close.sort()).toEqual(['c-v0', 'c-v1', 'c-v2']);
  });

  it('counts audio by itself', () => {
    const consumers = Array.from({ length: 12 }, (_, index) => held(`a${index}`, { kind: 'audio', paused: true }));
    expect(planView([], [...consumers, held('v')], NONE, 128)).toMatchObject({ close: [], pause: ['c-v'] });
  });

  it('never opens more than the limit', () => {
    const wanted = ['a', 'b', 'c', 'd', 'e'].map((producerId) => ({ producerId }));
    expect(planView(wanted, [held('a'), held('b')], new Set(['c']), 4).open).toEqual([{ producerId: 'd' }]);
  });
});
