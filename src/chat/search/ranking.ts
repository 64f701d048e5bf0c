import type { Position, SearchWindow, WindowPart } from './message-search.js';
import type { Term } from './query.js';

// It imports nothing at run time, so that the search's thread can load it as source too.

/** A message that the index has given. */
export interface Candidate {
  id: string;
  /** See `indexText`. */
  indexed: string;
  position: Position;
}

/**
 * Of so many messages that match, the newest are ranked first, and all of them are shown before older ones: the work of a page does not
 * grow with what else there is of a word that everybody uses.
 */
const WINDOW = 1_000;
/** Messages that were changed to match since the page before may have come into a window. */
const LEEWAY = 100;

/** BM25's: how soon more of the same word stops to count, and how much long messages are held against. */
const K1 = 1.2;
const B = 0.75;
/** Words of a usual message. It is fixed, so that a message's score does not change while others come and go: pages stay stable. */
const USUAL_LENGTH = 12;
/** What the beginning of a word counts beside a whole one. */
const PREFIX_WEIGHT = 0.5;
/** How much better words are that stand side by side than words far from each other. */
const NEARNESS_WEIGHT = 0.5;
const SCALE = 1_000;

/** Characters of the key before every code. */
const KEY_LENGTH = 8;

/** Where a term stands in the index's text. */
interface Place {
  term: number;
  start: number;
  end: number;
}

type RankedTerm = Pick<Term, 'codes' | 'isPrefix'>;

/** Candidates to ask the index for. */
export function candidatesFor({ oldest }: WindowPart): number {
  return WINDOW + 1 + (oldest === undefined ? 0 : LEEWAY);
}

/** @param found the newest candidates, newest first, as many as `candidatesFor` says if there are as many */
export function windowOf(
  found: readonly Candidate[],
  terms: readonly RankedTerm[],
  { oldest, newest, after, limit }: WindowPart,
): SearchWindow {
  const inside = oldest === undefined ? found.slice(0, WINDOW) : found.filter(({ position }) => position >= oldest);
  const hits = inside.flatMap(({ id, indexed, position }) => {
    const score = scoreOf(indexed, terms);
    const isShown =
      score === null || (after && (score > after.score || (score === after.score && position >= after.position)));
    return isShown ? [] : [{ id, position, score }];
  });
  hits.sort((a, b) => b.score - a.score || (a.position < b.position ? 1 : -1));
  return {
    hits: hits.slice(0, limit),
    isWhole: hits.length <= limit,
    newest: newest ?? inside[0]?.position ?? '',
    oldest: oldest ?? inside.at(-1)?.position ?? '',
    isLast: inside.length === found.length,
  };
}

/**
 * How well a message fits, a whole number from 1: BM25 (Robertson and Zaragoza 2009) without the rarity of words, which every hit has
 * all of, and more where they stand close together. `null`: not all terms are there. It looks for them in the text as it is, because a
 * thousand messages are ranked for every page.
 */
export function scoreOf(indexed: string, terms: readonly RankedTerm[]): number | null {
  const key = indexed.slice(0, KEY_LENGTH);
  const norm = K1 * (1 - B + (B * wordsIn(indexed)) / USUAL_LENGTH);
  const places: Place[] = [];
  let sum = 0;
  for (const [index, term] of terms.entries()) {
    const count = addPlaces(places, indexed, key, term, index);
    if (count === 0) return null;
    sum += (count * (K1 + 1)) / (count + norm);
  }
  const nearness = 1 + NEARNESS_WEIGHT / (1 + gapOf(indexed, places, terms.length));
  return Math.max(1, Math.round((SCALE * sum * nearness) / terms.length));
}

/** @returns how often the term is there; the beginning of a word counts less */
function addPlaces(
  places: Place[],
  indexed: string,
  key: string,
  { codes, isPrefix }: RankedTerm,
  term: number,
): number {
  // The codes of a run follow each other.
  const wanted = key + codes.join(` ${key}`);
  let count = 0;
  for (let start = indexed.indexOf(wanted); start >= 0; start = indexed.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    const isWhole = end === indexed.length || indexed[end] === ' ';
    if ((start > 0 && indexed[start - 1] !== ' ') || !(isWhole || isPrefix)) continue;
    count += isWhole ? 1 : PREFIX_WEIGHT;
    places.push({ term, start, end });
  }
  return count;
}

/** Words between the terms where they stand closest. */
function gapOf(indexed: string, places: Place[], terms: number): number {
  if (terms === 1) return 0;
  places.sort((a, b) => a.start - b.start);
  const newest: (Place | undefined)[] = Array.from({ length: terms });
  let gap = Infinity;
  for (const place of places) {
    newest[place.term] = place;
    const known = newest.filter((one) => one !== undefined);
    if (known.length < terms) continue;
    const start = Math.min(...known.map((one) => one.start));
    const needed = known.reduce((sum, one) => sum + wordsIn(indexed, one.start, one.end), 0);
    gap = Math.min(gap, Math.max(0, wordsIn(indexed, start, place.end) - needed));
  }
  return gap;
}

function wordsIn(indexed: string, start = 0, end = indexed.length): number {
  let words = 1;
  for (let at = indexed.indexOf(' ', start); at >= 0 && at < end; at = indexed.indexOf(' ', at + 1)) words += 1;
  return words;
}
