import { orderCandidates, pickTiles, type Candidate } from './initial-view.js';

function candidate(name: string, more: Partial<Candidate> = {}): Candidate {
  return {
    producerId: name,
    participantId: `p-${name}`,
    source: 'camera',
    lastSpokeAtMs: Number.NEGATIVE_INFINITY,
    joinOrder: 1,
    ...more,
  };
}

const names = (candidates: readonly Candidate[]): string[] => candidates.map(({ producerId }) => producerId);

describe('what is shown before the page has said anything', () => {
  it('is screens, then who spoke last, then who has been there the longest', () => {
    const ordered = orderCandidates([
      candidate('late', { joinOrder: 9 }),
      candidate('early', { joinOrder: 2 }),
      candidate('spoke', { joinOrder: 5, lastSpokeAtMs: 10 }),
      candidate('spoke-later', { joinOrder: 6, lastSpokeAtMs: 20 }),
      candidate('screen', { joinOrder: 8, source: 'screen' }),
    ]);
    expect(names(ordered)).toEqual(['screen', 'spoke-later', 'spoke', 'early', 'late']);
  });

  it('stays when others speak, and makes place for a screen only', () => {
    const ordered = orderCandidates([
      candidate('a'),
      candidate('b', { joinOrder: 2 }),
      candidate('c', { joinOrder: 3, lastSpokeAtMs: 5 }),
    ]);
    expect(names(pickTiles(ordered, new Set(['a', 'b']), 2))).toEqual(['a', 'b']);
    const withScreen = orderCandidates([...ordered, candidate('screen', { source: 'screen' })]);
    expect(names(pickTiles(withScreen, new Set(['a', 'b']), 2))).toEqual(['screen', 'a']);
  });

  it('follows newcomers while there is room', () => {
    const ordered = orderCandidates([candidate('a'), candidate('b', { joinOrder: 2 })]);
    expect(names(pickTiles(ordered, new Set(['a']), 9))).toEqual(['a', 'b']);
  });
});
