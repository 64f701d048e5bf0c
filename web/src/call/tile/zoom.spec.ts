import { CLOSEST, panBy, WHOLE, zoomAt, type Zoom } from './zoom.js';

const PANE = { width: 800, height: 600 };

/** Where a point of the whole picture is on the pane, both from the middle. */
const shownAt = (zoom: Zoom, point: { x: number; y: number }) => ({
  x: point.x * zoom.scale + zoom.x,
  y: point.y * zoom.scale + zoom.y,
});

describe('looking closer at a screen', () => {
  it('keeps what is under the pointer under it', () => {
    const point = { x: 100, y: -50 };
    const zoom = zoomAt(WHOLE, 2, point, PANE);
    expect(shownAt(zoom, point)).toEqual(point);
  });

  it('ends at the closest, and at the whole picture in the middle', () => {
    const close = zoomAt(WHOLE, 1000, { x: 400, y: 300 }, PANE);
    expect(close.scale).toBe(CLOSEST);
    expect(zoomAt(close, 1 / 1000, { x: -400, y: 10 }, PANE)).toEqual(WHOLE);
  });

  it('moves no further than the edge of the picture', () => {
    const zoom = zoomAt(WHOLE, 2, { x: 0, y: 0 }, PANE);
    expect(panBy(zoom, 5000, -5000, PANE)).toEqual({ scale: 2, x: 400, y: -300 });
  });

  it('cannot be moved while all of it is shown', () => {
    const moved = panBy(WHOLE, 30, 30, PANE);
    expect(moved.x).toBeCloseTo(0);
    expect(moved.y).toBeCloseTo(0);
  });
});
