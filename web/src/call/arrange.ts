import { focusLayout, gridLayout, pageSizeFor, pairLayout, type Rect, type Size } from './layout.js';
import type { TileModel } from './tile-model.js';

export interface PlacedTile {
  tile: TileModel;
  rect: Rect;
  /** `focus`: the large one beside a strip; `floating`: one's own, in the corner of the other's. */
  place: 'grid' | 'focus' | 'strip' | 'floating';
}

export interface Arrangement {
  placed: PlacedTile[];
  page: number;
  pages: number;
}

interface Wanted {
  /** Oneself first. */
  people: TileModel[];
  screens: TileModel[];
  area: Size;
  /** 0 is the first. */
  page: number;
}

const GAP = 10;

/** Decides what is on screen, and where: nothing that is not returned is shown or received. */
export function arrange({ people, screens, area, page }: Wanted): Arrangement {
  if (area.width <= 0 || area.height <= 0) return { placed: [], page: 0, pages: 1 };
  const focused = screens.find(({ isSelf }) => !isSelf);
  if (focused) return arrangeFocus(focused, [...screens.filter((screen) => screen !== focused), ...people], area, page);
  const tiles = [...people, ...screens];
  const [self, other] = people;
  if (tiles.length === 2 && self && other) return arrangePair(self, other, area);
  return arrangeGrid(tiles, area, page);
}

function arrangePair(self: TileModel, other: TileModel, area: Size): Arrangement {
  const rects = pairLayout(area, GAP + 6);
  return {
    placed: [
      { tile: other, rect: rects.other, place: 'grid' },
      { tile: self, rect: rects.self, place: 'floating' },
    ],
    page: 0,
    pages: 1,
  };
}

function arrangeGrid(tiles: TileModel[], area: Size, wantedPage: number): Arrangement {
  const { shown, page, pages } = pageOf(tiles, pageSizeFor(area), wantedPage);
  const rects = gridLayout(shown.length, area, GAP);
  return { placed: place(shown, rects, 'grid'), page, pages };
}

function arrangeFocus(focused: TileModel, others: TileModel[], area: Size, wantedPage: number): Arrangement {
  const { focus, strip } = focusLayout(area, GAP);
  const { shown, page, pages } = pageOf(others, strip.length, wantedPage);
  return { placed: [{ tile: focused, rect: focus, place: 'focus' }, ...place(shown, strip, 'strip')], page, pages };
}

function pageOf(tiles: TileModel[], size: number, wanted: number): { shown: TileModel[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(tiles.length / size));
  const page = Math.min(wanted, pages - 1);
  return { shown: tiles.slice(page * size, (page + 1) * size), page, pages };
}

function place(tiles: TileModel[], rects: Rect[], where: PlacedTile['place']): PlacedTile[] {
  return tiles.flatMap((tile, index) => {
    const rect = rects[index];
    return rect ? [{ tile, rect, place: where }] : [];
  });
}
