import { placeInRoom, placeOn, type SlotLoad } from './placement.js';

function slot(index: number, cpuRatio = 0, recentPlacements = 0, peers = 0): SlotLoad {
  return { index, cpuRatio, recentPlacements, peers };
}

describe('a room is placed', () => {
  it('on the slot with most CPU to spare, whatever the number of people', () => {
    expect(placeOn([slot(0, 0.7, 0, 2), slot(1, 0.2, 0, 50)])).toBe(1);
  });

  it('of equally loaded slots on the one with fewest people', () => {
    expect(placeOn([slot(0, 0.101, 0, 8), slot(1, 0.11, 0, 3)])).toBe(1);
  });

  it('so that a burst between two samples spreads', () => {
    const slots = [slot(0), slot(1), slot(2)];
    for (let room = 0; room < 9; room += 1) {
      const chosen = slots.find(({ index }) => index === placeOn(slots));
      if (chosen) chosen.recentPlacements += 1;
    }
    expect(slots.map(({ recentPlacements }) => recentPlacements)).toEqual([3, 3, 3]);
  });

  it('nowhere when no slot is live', () => {
    expect(placeOn([])).toBeUndefined();
  });
});

describe('a person is placed in a room', () => {
  const options = { consumersPerSlot: 20, audioStreams: 4 };

  it('on its first slot while that has room', () => {
    expect(placeInRoom([{ index: 2, peers: 1, consumers: 0 }], 2, options)).toBe(2);
  });

  it('on another when the consumers that exist are enough', () => {
    const parts = [
      { index: 0, peers: 1, consumers: 20 },
      { index: 1, peers: 1, consumers: 3 },
    ];
    expect(placeInRoom(parts, 3, options)).toBe(1);
  });

  it('by what people will consume when they have come too fast to consume yet', () => {
    expect(placeInRoom([{ index: 0, peers: 4, consumers: 0 }], 5, options)).toBeUndefined();
  });
});
