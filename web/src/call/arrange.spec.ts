import { arrange, firstPageSize, type PlacedTile, type Wanted } from './arrange.js';
import type { TileModel } from './tile/tile-model.js';

const LAPTOP = { width: 1416, height: 760 };
const TABLET = { width: 744, height: 880 };
const PHONE = { width: 374, height: 690 };
const ON_ITS_SIDE = { width: 828, height: 270 };

function person(id: string): TileModel {
  return {
    key: id === 'me' ? 'self' : `camera-${id}`,
    participantId: id,
    source: 'camera',
    name: id,
    isSelf: id === 'me',
    track: null,
    hasVideo: true,
    held: false,
    muted: false,
    speaking: false,
    hand: null,
    away: false,
  };
}

const screenOf = (id: string): TileModel => ({ ...person(id), key: `screen-${id}`, source: 'screen' });
const people = (count: number) =>
  ['me', ...Array.from({ length: count - 1 }, (_, index) => `p${index + 1}`)].map(person);

function wanted(change: Partial<Wanted>): Wanted {
  return {
    layout: 'auto',
    people: people(4),
    screens: [],
    pinned: new Set(),
    speakerId: null,
    area: LAPTOP,
    page: 0,
    ...change,
  };
}

const keysIn = (placed: PlacedTile[], place: PlacedTile['place']) =>
  placed.filter((one) => one.place === place).map(({ tile }) => tile.key);

describe('the automatic layout', () => {
  it('is a grid of everybody', () => {
    const { placed } = arrange(wanted({}));
    expect(keysIn(placed, 'grid')).toEqual(['self', 'camera-p1', 'camera-p2', 'camera-p3']);
  });

  it('gives the other of two people all of the stage', () => {
    const { placed } = arrange(wanted({ people: people(2) }));
    expect(keysIn(placed, 'grid')).toEqual(['camera-p1']);
    expect(keysIn(placed, 'floating')).toEqual(['self']);
  });

  it('makes a shared screen large, and the grid comes back after it', () => {
    const { placed } = arrange(wanted({ screens: [screenOf('p2')] }));
    expect(keysIn(placed, 'focus')).toEqual(['screen-p2']);
    expect(keysIn(placed, 'strip')).toEqual(['self', 'camera-p1', 'camera-p2', 'camera-p3']);
    expect(keysIn(arrange(wanted({})).placed, 'grid')).toHaveLength(4);
  });
});

describe('a chosen layout', () => {
  it('of a grid keeps a shared screen a tile among the others, the first', () => {
    const { placed } = arrange(wanted({ layout: 'grid', screens: [screenOf('p2')] }));
    expect(keysIn(placed, 'grid')).toEqual(['screen-p2', 'self', 'camera-p1', 'camera-p2', 'camera-p3']);
  });

  it('of the speaker shows nobody else but oneself, in the corner', () => {
    const { placed, pages } = arrange(wanted({ layout: 'speaker', speakerId: 'p2' }));
    expect(keysIn(placed, 'focus')).toEqual(['camera-p2']);
    expect(keysIn(placed, 'floating')).toEqual(['self']);
    expect(placed).toHaveLength(2);
    expect(pages).toBe(1);
  });

  it('of the speaker shows oneself large while nobody else is there', () => {
    expect(keysIn(arrange(wanted({ layout: 'speaker', people: people(1) })).placed, 'focus')).toEqual(['self']);
  });

  it('of a sidebar has the speaker large and everybody else beside', () => {
    const { placed } = arrange(wanted({ layout: 'sidebar', speakerId: 'p3' }));
    expect(keysIn(placed, 'focus')).toEqual(['camera-p3']);
    expect(keysIn(placed, 'strip')).toEqual(['self', 'camera-p1', 'camera-p2']);
  });

  it('gives a screen precedence over who speaks', () => {
    const { placed } = arrange(wanted({ layout: 'speaker', speakerId: 'p3', screens: [screenOf('p1')] }));
    expect(keysIn(placed, 'focus')).toEqual(['screen-p1']);
  });
});

describe('what is pinned', () => {
  it.each(['auto', 'grid', 'sidebar'] as const)('is large in the layout "%s", before a shared screen', (layout) => {
    const { placed } = arrange(wanted({ layout, pinned: new Set(['camera-p2']), screens: [screenOf('p1')] }));
    expect(keysIn(placed, 'focus')).toEqual(['camera-p2']);
    expect(keysIn(placed, 'strip')).toContain('screen-p1');
  });

  it('shares the large place when there are several', () => {
    const pinned = new Set(['camera-p2', 'screen-p1']);
    const { placed } = arrange(wanted({ pinned, screens: [screenOf('p1')] }));
    expect(keysIn(placed, 'focus')).toEqual(['screen-p1', 'camera-p2']);
  });

  it('counts no more when it has left', () => {
    const { placed } = arrange(wanted({ pinned: new Set(['camera-gone']) }));
    expect(keysIn(placed, 'grid')).toHaveLength(4);
  });
});

describe('pages', () => {
  it.each(['auto', 'grid', 'sidebar'] as const)('show everybody exactly once in the layout "%s"', (layout) => {
    const all = wanted({ layout, people: people(30) });
    const { pages, placed } = arrange(all);
    const large = keysIn(placed, 'focus');
    const shown = Array.from({ length: pages }, (_, page) => arrange({ ...all, page }).placed).flatMap((one) =>
      one.filter(({ place }) => place !== 'focus').map(({ tile }) => tile.key),
    );
    expect(pages).toBeGreaterThan(1);
    expect([...large, ...shown].sort()).toEqual(all.people.map(({ key }) => key).sort());
  });

  it('fall back to the last one when people have left', () => {
    const { page, pages } = arrange(wanted({ people: people(12), page: 5 }));
    expect(page).toBe(pages - 1);
  });
});

describe.each([
  ['laptop', LAPTOP],
  ['tablet', TABLET],
  ['phone', PHONE],
  ['phone on its side', ON_ITS_SIDE],
])('on a %s', (_name, area) => {
  it.each([1, 2, 3, 5, 9, 30])('every layout keeps %i people inside the stage', (count) => {
    for (const layout of ['auto', 'grid', 'speaker', 'sidebar'] as const) {
      for (const screens of [[], [screenOf('p1')]]) {
        const { placed } = arrange(wanted({ layout, area, people: people(count), screens }));
        expect(placed.length).toBeGreaterThan(0);
        for (const { rect } of placed) {
          expect(rect.x).toBeGreaterThanOrEqual(0);
          expect(rect.y).toBeGreaterThanOrEqual(0);
          expect(rect.x + rect.width).toBeLessThanOrEqual(area.width + 1);
          expect(rect.y + rect.height).toBeLessThanOrEqual(area.height + 1);
          expect(rect.width * rect.height).toBeGreaterThan(0);
        }
      }
    }
  });

  it('the first page has room for at least one of the others', () => {
    for (const layout of ['auto', 'grid', 'speaker', 'sidebar'] as const)
      expect(firstPageSize(wanted({ layout, area }))).toBeGreaterThanOrEqual(1);
  });
});
