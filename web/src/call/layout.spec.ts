import { focusLayout, gridLayout, pairLayout, screenAboveLayout, type Rect, type Size } from './layout.js';

const LAPTOP = { width: 1416, height: 760 };
const TABLET = { width: 744, height: 880 };
const PHONE = { width: 374, height: 690 };
const GAP = 10;

const columnsOf = (rects: Rect[]) => new Set(rects.map(({ x }) => x)).size;

function expectApartAndInside(rects: Rect[], area: Size): void {
  for (const [index, a] of rects.entries()) {
    expect(a.x).toBeGreaterThanOrEqual(0);
    expect(a.y).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width).toBeLessThanOrEqual(area.width + 1);
    expect(a.y + a.height).toBeLessThanOrEqual(area.height + 1);
    for (const b of rects.slice(index + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart).toBe(true);
    }
  }
}

describe('the grid', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 49])('places %i tiles apart from each other and inside the area', (count) => {
    for (const area of [LAPTOP, TABLET, PHONE]) {
      const rects = gridLayout(count, area, GAP);
      expect(rects).toHaveLength(count);
      expectApartAndInside(rects, area);
    }
  });

  it('gives four people two columns on every screen', () => {
    for (const area of [LAPTOP, TABLET, PHONE]) expect(columnsOf(gridLayout(4, area, GAP))).toBe(2);
  });

  it('gives nine people three columns on a laptop, and six people two on a phone', () => {
    expect(columnsOf(gridLayout(9, LAPTOP, GAP))).toBe(3);
    expect(columnsOf(gridLayout(6, PHONE, GAP))).toBe(2);
  });

  it('centres a last row that is not full', () => {
    const [, , third] = gridLayout(3, TABLET, GAP);
    if (!third) throw new Error('three tiles were asked for');
    expect(Math.abs(third.x + third.width / 2 - TABLET.width / 2)).toBeLessThanOrEqual(1);
  });

  it('never makes a tile wider than 16:9 or narrower than 9:16', () => {
    for (const area of [LAPTOP, PHONE, { width: 3000, height: 200 }, { width: 200, height: 3000 }]) {
      for (const { width, height } of gridLayout(2, area, GAP)) {
        expect(width / height).toBeLessThanOrEqual(16 / 9 + 0.02);
        expect(width / height).toBeGreaterThanOrEqual(9 / 16 - 0.02);
      }
    }
  });

  it('places nothing where there is no room', () => {
    expect(gridLayout(4, { width: 0, height: 0 }, GAP)).toEqual([]);
  });
});

describe('two people', () => {
  it.each([LAPTOP, TABLET, PHONE])('the other fills the stage and oneself stays inside it (%o)', (area) => {
    const { other, self } = pairLayout(area, GAP);
    expect(other).toEqual({ x: 0, y: 0, ...area });
    expect(self.x + self.width).toBeLessThanOrEqual(area.width);
    expect(self.y + self.height).toBeLessThanOrEqual(area.height);
    expect(self.width * self.height).toBeLessThan((area.width * area.height) / 8);
  });
});

describe('a shared screen', () => {
  it.each([LAPTOP, TABLET, PHONE])('takes most of the stage, with people apart from it (%o)', (area) => {
    const { focus, strip } = focusLayout(area, GAP);
    expect(strip.length).toBeGreaterThanOrEqual(3);
    expect(focus.width * focus.height).toBeGreaterThan(area.width * area.height * 0.7);
    expectApartAndInside([focus, ...strip], area);
  });
});

describe('a shared screen where the area is high', () => {
  it.each([TABLET, PHONE])('is as wide as the area, and leaves people all that it does not need (%o)', (area) => {
    const { focus, below, places } = screenAboveLayout(area, GAP);
    expect(focus.width).toBe(area.width);
    expect(focus.width / focus.height).toBeCloseTo(1.6, 1);
    expect(places).toBeGreaterThanOrEqual(6);
    expectApartAndInside([focus, below], area);
  });
});
