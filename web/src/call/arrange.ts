import { focusLayout, gridLayout, pageSizeFor, pairLayout, screenAboveLayout, type Rect, type Size } from './layout.js';
import type { TileModel } from './tile/tile-model.js';

/**
 * The layouts to choose from. `auto`: the grid, until somebody shares a screen or a tile is pinned · `speaker`: one
 * large · `sidebar`: one large, the others in a strip.
 */
export const STAGE_LAYOUTS = ['auto', 'grid', 'speaker', 'sidebar'] as const;
export type StageLayout = (typeof STAGE_LAYOUTS)[number];

export interface PlacedTile {
  tile: TileModel;
  rect: Rect;
  /** `focus`: a large one; `strip`: beside it; `floating`: one's own, in the corner of another's. */
  place: 'grid' | 'focus' | 'strip' | 'floating';
}

export interface Arrangement {
  placed: PlacedTile[];
  page: number;
  pages: number;
}

export interface Wanted {
  layout: StageLayout;
  /** Oneself first. */
  people: TileModel[];
  /** Screens of others. */
  screens: TileModel[];
  /** Keys of tiles; those that are not there (any more) are ignored. */
  pinned: ReadonlySet<string>;
  /** Whom `speaker` and `sidebar` show large when nothing is pinned or shared. */
  speakerId: string | null;
  area: Size;
  /** 0 is the first. */
  page: number;
}

const GAP = 10;

/** Decides what is on screen, and where: nothing that is not returned is shown or received. */
export function arrange(wanted: Wanted): Arrangement {
  const { people, screens, area, page } = wanted;
  if (area.width <= 0 || area.height <= 0) return { placed: [], page: 0, pages: 1 };
  switch (modeOf(wanted)) {
    case 'grid':
      return arrangeGrid([...screens, ...people], area, page);
    case 'pair':
      return arrangePair(people, area);
    case 'speaker':
      return arrangeSpeaker(wanted);
    case 'sidebar':
      return arrangeSidebar(wanted);
  }
}

/** How many of the others are on the first page. */
export function firstPageSize(wanted: Wanted): number {
  switch (modeOf(wanted)) {
    case 'grid':
    case 'pair':
      return Math.max(1, pageSizeFor(wanted.area) - 1);
    case 'speaker':
      return 1;
    case 'sidebar':
      return Math.max(1, aroundFocus(focusOf(wanted), wanted.area).places - 1);
  }
}

/** A pinned tile is large in every layout: that is what pinning is for. */
function modeOf({ layout, people, screens, pinned }: Wanted): 'grid' | 'pair' | 'speaker' | 'sidebar' {
  if (layout === 'speaker' || layout === 'sidebar') return layout;
  const isPinned = [...people, ...screens].some(({ key }) => pinned.has(key));
  if (isPinned || (layout === 'auto' && screens.length > 0)) return 'sidebar';
  return layout === 'auto' && people.length === 2 ? 'pair' : 'grid';
}

function arrangeGrid(tiles: TileModel[], area: Size, wantedPage: number): Arrangement {
  const { shown, page, pages } = pageOf(tiles, pageSizeFor(area), wantedPage);
  return { placed: place(shown, gridLayout(shown.length, area, GAP), 'grid'), page, pages };
}

function arrangePair([self, other]: TileModel[], area: Size): Arrangement {
  const rects = pairLayout(area, GAP + 6);
  return {
    placed: [
      ...(other ? [{ tile: other, rect: rects.other, place: 'grid' as const }] : []),
      ...(self ? [{ tile: self, rect: rects.self, place: 'floating' as const }] : []),
    ],
    page: 0,
    pages: 1,
  };
}

function arrangeSpeaker(wanted: Wanted): Arrangement {
  const { people, area } = wanted;
  const focused = focusOf(wanted);
  const self = people.find(({ isSelf }) => isSelf);
  const placed = place(focused, focusRects(focused.length, { x: 0, y: 0, ...area }), 'focus');
  if (self && !focused.includes(self)) {
    placed.push({ tile: self, rect: pairLayout(area, GAP + 6).self, place: 'floating' });
  }
  return { placed, page: 0, pages: 1 };
}

function arrangeSidebar(wanted: Wanted): Arrangement {
  const { people, screens, area } = wanted;
  const focused = focusOf(wanted);
  const others = [...screens, ...people].filter((tile) => !focused.includes(tile));
  if (others.length === 0) {
    return { placed: place(focused, focusRects(focused.length, { x: 0, y: 0, ...area }), 'focus'), page: 0, pages: 1 };
  }
  const { focus, places, rects } = aroundFocus(focused, area);
  const { shown, page, pages } = pageOf(others, places, wanted.page);
  return {
    placed: [
      ...place(focused, focusRects(focused.length, focus), 'focus'),
      ...place(shown, rects(shown.length), 'strip'),
    ],
    page,
    pages,
  };
}

interface AroundFocus {
  focus: Rect;
  /** How many others have room. */
  places: number;
  rects: (shown: number) => Rect[];
}

function aroundFocus(focused: TileModel[], area: Size): AroundFocus {
  const { focus, strip, beside } = focusLayout(area, GAP);
  const [only] = focused;
  if (beside || focused.length > 1 || only?.source !== 'screen') {
    return { focus, places: strip.length, rects: (shown) => centred(strip.slice(0, shown), area, beside) };
  }
  const above = screenAboveLayout(area, GAP);
  return {
    focus: above.focus,
    places: above.places,
    rects: (shown) => gridLayout(shown, above.below, GAP).map((rect) => moved(rect, above.below)),
  };
}

/** The large tiles: the pinned ones, else a shared screen, else the person who speaks. */
export function focusOf({ people, screens, pinned, speakerId }: Omit<Wanted, 'layout' | 'area' | 'page'>): TileModel[] {
  const chosen = [...screens, ...people].filter(({ key }) => pinned.has(key));
  if (chosen.length > 0) return chosen;
  const one = screens[0] ?? people.find(({ participantId }) => participantId === speakerId) ?? people[1] ?? people[0];
  return one ? [one] : [];
}

/** One takes all of it, several share it as a grid does. */
function focusRects(count: number, focus: Rect): Rect[] {
  if (count === 1) return [focus];
  return gridLayout(count, focus, GAP).map((rect) => moved(rect, focus));
}

function moved(rect: Rect, by: { x: number; y: number }): Rect {
  return { ...rect, x: rect.x + by.x, y: rect.y + by.y };
}

/** A strip that is not full stands in the middle. */
function centred(strip: Rect[], area: Size, beside: boolean): Rect[] {
  const last = strip.at(-1);
  if (!last) return strip;
  const free = beside ? area.height - (last.y + last.height) : area.width - (last.x + last.width);
  const shift = Math.max(0, Math.round(free / 2));
  return strip.map((rect) => (beside ? { ...rect, y: rect.y + shift } : { ...rect, x: rect.x + shift }));
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
