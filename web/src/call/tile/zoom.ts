import type { Size } from '../layout.js';

/** A viewer's look at a shared screen: `scale` 1 shows all; `x` and `y` move it, in CSS pixels from the middle. */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
export const CLOSEST = 6;
/** One press of a button. */
export const ZOOM_STEP = 1.5;

/**
 * Comes closer (`factor` above 1) or goes away, so that what is under `point` stays under it.
 * @param point CSS pixels from the middle of the pane.
 */
export function zoomAt(zoom: Zoom, factor: number, point: { x: number; y: number }, pane: Size): Zoom {
  const scale = Math.min(CLOSEST, Math.max(1, zoom.scale * factor));
  const change = scale / zoom.scale;
  return within({ scale, x: point.x - (point.x - zoom.x) * change, y: point.y - (point.y - zoom.y) * change }, pane);
}

export function panBy(zoom: Zoom, dx: number, dy: number, pane: Size): Zoom {
  return within({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, pane);
}

/** The picture never leaves the pane: its edge stops at the pane's. */
function within({ scale, x, y }: Zoom, pane: Size): Zoom {
  const furthest = { x: (pane.width * (scale - 1)) / 2, y: (pane.height * (scale - 1)) / 2 };
  return {
    scale,
    x: between(-furthest.x, x, furthest.x),
    y: between(-furthest.y, y, furthest.y),
  };
}

function between(least: number, value: number, most: number): number {
  // Without the minus of -0, so that the whole picture is `WHOLE` again.
  return Math.min(most, Math.max(least, value)) + 0;
}
