/** CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface Rect extends Size {
  x: number;
  y: number;
}

/** Faces look wrong in tiles that are wider, or narrower, than these. */
const WIDEST = 16 / 9;
const NARROWEST = 9 / 16;
/** A landscape screen has landscape cameras: a narrower tile would show only the middle of their pictures. */
const NARROWEST_LYING = 1;
/** Screens are 16:9 or 16:10. */
const SCREEN = 16 / 10;
/** One's own floating picture, on a screen that is held upright. */
const UPRIGHT = 3 / 4;

/**
 * Places `count` equal tiles in an area: as many columns as make the tiles largest, the last row centred.
 * @returns one rectangle a tile, in reading order.
 */
export function gridLayout(count: number, area: Size, gap: number): Rect[] {
  if (count === 0 || area.width <= 0 || area.height <= 0) return [];
  let best = tileFor(1, count, area, gap);
  let columns = 1;
  for (let candidate = 2; candidate <= count; candidate++) {
    const tile = tileFor(candidate, count, area, gap);
    if (tile.width * tile.height <= best.width * best.height) continue;
    best = tile;
    columns = candidate;
  }
  return placeRows(count, columns, best, area, gap);
}

/** The largest tile with that many columns. */
function tileFor(columns: number, count: number, area: Size, gap: number): Size {
  const rows = Math.ceil(count / columns);
  const cell = { width: (area.width - gap * (columns - 1)) / columns, height: (area.height - gap * (rows - 1)) / rows };
  return fitInto(cell, area.width > area.height ? NARROWEST_LYING : NARROWEST);
}

/** The largest size within a cell whose shape suits a face. */
function fitInto(cell: Size, narrowest: number): Size {
  const width = Math.max(0, Math.min(cell.width, cell.height * WIDEST));
  const height = Math.max(0, Math.min(cell.height, cell.width / narrowest));
  return { width: Math.floor(width), height: Math.floor(height) };
}

function placeRows(count: number, columns: number, tile: Size, area: Size, gap: number): Rect[] {
  const rows = Math.ceil(count / columns);
  const top = (area.height - rows * tile.height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (area.width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return {
      ...tile,
      x: Math.round(left + (index % columns) * (tile.width + gap)),
      y: Math.round(top + row * (tile.height + gap)),
    };
  });
}

/** One other person fills the area; one's own picture floats in its corner. */
export function pairLayout(area: Size, gap: number): { other: Rect; self: Rect } {
  const portrait = area.width < area.height;
  const width = Math.round(portrait ? Math.min(132, area.width * 0.32) : Math.min(264, area.width * 0.22));
  const height = Math.round(portrait ? width / UPRIGHT : width / WIDEST);
  return {
    other: { x: 0, y: 0, width: Math.round(area.width), height: Math.round(area.height) },
    self: { x: Math.round(area.width - width - gap), y: Math.round(area.height - height - gap), width, height },
  };
}

interface FocusLayout {
  focus: Rect;
  strip: Rect[];
  /** The strip is a column beside the focus; else a row below it. */
  beside: boolean;
}

/** A shared screen as large as possible; people in a strip beside it in a wide area, below it in a high one. */
export function focusLayout(area: Size, gap: number): FocusLayout {
  const beside = area.width > area.height * 1.15;
  return { ...(beside ? stripBeside(area, gap) : stripBelow(area, gap)), beside };
}

/** A screen lies also where the area is high: as high as it needs, and people in a grid below it. */
export function screenAboveLayout(area: Size, gap: number): { focus: Rect; below: Rect; places: number } {
  const { focus, strip } = stripBelow(area, gap);
  const height = Math.round(Math.min(focus.height, area.width / SCREEN));
  const below = { x: 0, y: height + gap, width: area.width, height: area.height - height - gap };
  const rows = Math.max(1, Math.floor((below.height + gap) / ((strip[0]?.height ?? below.height) + gap)));
  return { focus: { ...focus, height }, below, places: rows * strip.length };
}

function stripBeside(area: Size, gap: number): { focus: Rect; strip: Rect[] } {
  const width = Math.round(clamp(area.width * 0.17, 132, 240));
  const height = Math.round(width / WIDEST);
  const places = Math.max(1, Math.floor((area.height + gap) / (height + gap)));
  return {
    focus: { x: 0, y: 0, width: area.width - width - gap, height: area.height },
    strip: Array.from({ length: places }, (_, index) => ({
      width,
      height,
      x: area.width - width,
      y: index * (height + gap),
    })),
  };
}

function stripBelow(area: Size, gap: number): { focus: Rect; strip: Rect[] } {
  const height = Math.round(clamp(area.height * 0.17, 84, 140));
  const places = Math.max(1, Math.floor((area.width + gap) / (height + gap)));
  const width = Math.floor(Math.min(height * WIDEST, (area.width - gap * (places - 1)) / places));
  return {
    focus: { x: 0, y: 0, width: area.width, height: area.height - height - gap },
    strip: Array.from({ length: places }, (_, index) => ({
      width,
      height,
      x: index * (width + gap),
      y: area.height - height,
    })),
  };
}

/** How many people a page of the grid holds: tiles that are too small to know a face by are worth nothing. */
export function pageSizeFor(area: Size): number {
  if (area.width < 600) return area.height < 420 ? 4 : 6;
  return area.height < 420 ? 6 : 9;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
