import { LIMITS } from '@minimeet/protocol';
import type { Layout } from './load.js';

/** The space for people on the page in a window of 1440x900, in CSS pixels, which are the device's pixels there. */
const STAGE = { width: 1416, height: 760 };
const GAP = 10;
const WIDEST = 16 / 9;
const STRIP_WIDTH = 240;

interface Size {
  width: number;
  height: number;
}

/** The number of tiles of each layout but `speaker`, one's own included. */
const GRID_TILES: Record<Exclude<Layout, 'speaker'>, number> = { '3x3': 9, '4x4': 16, '5x5': 25, all: LIMITS.tiles };

/** How many pictures of others a layout shows at most. */
export function capacityOf(layout: Layout): number {
  if (layout === 'speaker') return 1 + stripPlaces();
  // One's own picture takes a tile, as on the page, but nobody needs the server to see it.
  return layout === 'all' ? GRID_TILES.all : GRID_TILES[layout] - 1;
}

/** The sizes of the tiles for that many pictures of others, the most important one first. */
export function tileSizes(layout: Layout, others: number): Size[] {
  const count = Math.min(others, capacityOf(layout));
  if (count === 0) return [];
  if (layout === 'speaker') {
    const focus = { width: STAGE.width - STRIP_WIDTH - GAP, height: STAGE.height };
    const strip = { width: STRIP_WIDTH, height: Math.round(STRIP_WIDTH / WIDEST) };
    return [focus, ...Array.from({ length: count - 1 }, () => strip)];
  }
  // The other of two people fills the page, and one's own picture floats above.
  const tile = count === 1 ? STAGE : largestTile(count + 1);
  return Array.from({ length: count }, () => tile);
}

function stripPlaces(): number {
  return Math.floor((STAGE.height + GAP) / (Math.round(STRIP_WIDTH / WIDEST) + GAP));
}

/** As the page places a grid: as many columns as make the tiles largest. */
function largestTile(count: number): Size {
  const candidates = Array.from({ length: count }, (_, index) => tileFor(index + 1, count));
  return candidates.reduce((best, tile) => (tile.width * tile.height > best.width * best.height ? tile : best));
}

function tileFor(columns: number, count: number): Size {
  const rows = Math.ceil(count / columns);
  const cell = {
    width: (STAGE.width - GAP * (columns - 1)) / columns,
    height: (STAGE.height - GAP * (rows - 1)) / rows,
  };
  const width = Math.floor(Math.max(1, Math.min(cell.width, cell.height * WIDEST)));
  return { width, height: Math.floor(Math.max(1, Math.min(cell.height, cell.width * WIDEST))) };
}
