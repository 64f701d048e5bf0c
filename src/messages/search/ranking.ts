import type { IndexedTerm, Position, Rank, RankedHit, SearchWindow, WindowPart } from './windows.js';

// It imports nothing at run time, and its types can be stripped, so that the search's thread loads it as source too.

/** A message that the index has given. */
export interface Candidate {
  id: string;
  /** See `indexText`. */
  indexed: string;
  position: Position;
}

/**
 * The newest matches, so many, are ranked among themselves and shown before older ones: the work of a page does not
 * grow with the matches of a word that everybody uses.
 */
const WINDOW = 1_000;
/** Messages that were changed to match since the page before may have come into a window. */
const LEEWAY = 100;

/** BM25's: how soon more of the same word stops to count, and how much long messages are held against. */
const K1 = 1.2;
const B = 0.75;
/** Words of a usual message; fixed, so that scores, and with them pages, stay while messages come and go. */
const USUAL_LENGTH = 12;
/** The weight of a word's beginning beside a whole word's. */
const PREFIX_WEIGHT = 0.5;
/** How much better words are that stand side by side than words far from each other. */
const NEARNESS_WEIGHT = 0.5;
const SCALE = 1_000;

/** Characters of the key before every code. */
const KEY_LENGTH = 8;
const SPACE = 32;

/** Where a term stands in the index's text. */
interface Place {
  term: number;
  start: number;
  end: number;
  words: number;
}

/** Candidates to ask the index for. */
export function candidatesFor({ oldest }: WindowPart): number {
  return WINDOW + 1 + (oldest === undefined ? 0 : LEEWAY);
}

/** @param found the newest candidates, newest first, as many as `candidatesFor` says if there are as many */
export function windowOf(
  found: readonly Candidate[],
  terms: readonly IndexedTerm[],
  { oldest, newest, after, limit }: WindowPart,
): SearchWindow {
  const inside = oldest === undefined ? found.slice(0, WINDOW) : found.filter(({ position }) => position >= oldest);
  const scorer = new Scorer(terms);
  const hits: RankedHit[] = [];
  for (const { id, indexed, position } of inside) {
    const score = scorer.score(indexed);
    if (score !== null && !(after && isUpTo({ score, position }, after))) hits.push({ id, position, score });
  }
  hits.sort((a, b) => b.score - a.score || (a.position < b.position ? 1 : -1));
  return {
    hits: hits.slice(0, limit),
    isWhole: hits.length <= limit,
    newest: newest ?? inside[0]?.position ?? '',
    oldest: oldest ?? inside.at(-1)?.position ?? '',
    isLast: inside.length === found.length,
  };
}

function isUpTo(rank: Rank, last: Rank): boolean {
  return rank.score > last.score || (rank.score === last.score && rank.position >= last.position);
}

/** A thousand messages are ranked for every page, so it looks for the terms in the index's text as it is. */
export class Scorer {
  /** Codes to look for, by key. */
  private readonly wanted = new Map<string, string[]>();
  private readonly terms: readonly IndexedTerm[];

  constructor(terms: readonly IndexedTerm[]) {
    this.terms = terms;
  }

  /**
   * How well a message fits, a whole number from 1: BM25 (Robertson and Zaragoza 2009) without the rarity of words,
   * which every hit has all of, and more where they stand close together. `null`: not all terms are there.
   */
  score(indexed: string): number | null {
    const { length } = this.terms;
    const wanted = this.wantedIn(indexed);
    const norm = K1 * (1 - B + (B * wordsIn(indexed)) / USUAL_LENGTH);
    const places: Place[] = [];
    let sum = 0;
    for (let term = 0; term < length; term += 1) {
      const count = addPlaces(places, indexed, wanted[term] ?? '', term, this.terms[term]);
      if (count === 0) return null;
      sum += (count * (K1 + 1)) / (count + norm);
    }
    const nearness = 1 + NEARNESS_WEIGHT / (1 + (length === 1 ? 0 : gapOf(indexed, places, length)));
    return Math.max(1, Math.round((SCALE * sum * nearness) / length));
  }

  private wantedIn(indexed: string): string[] {
    const key = indexed.slice(0, KEY_LENGTH);
    const known = this.wanted.get(key);
    if (known) return known;
    // The codes of a run follow each other.
    const wanted = this.terms.map(({ codes }) => key + codes.join(` ${key}`));
    this.wanted.set(key, wanted);
    return wanted;
  }
}

/** @returns how often the term is there; the beginning of a word counts less */
function addPlaces(
  places: Place[],
  indexed: string,
  wanted: string,
  term: number,
  { codes = [], isPrefix = false }: Partial<IndexedTerm> = {},
): number {
  let count = 0;
  for (let start = indexed.indexOf(wanted); start >= 0; start = indexed.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    const isWhole = end === indexed.length || indexed.charCodeAt(end) === SPACE;
    if ((start > 0 && indexed.charCodeAt(start - 1) !== SPACE) || !(isWhole || isPrefix)) continue;
    count += isWhole ? 1 : PREFIX_WEIGHT;
    places.push({ term, start, end, words: codes.length });
  }
  return count;
}

/** Words between the terms where they stand closest. */
function gapOf(indexed: string, places: Place[], terms: number): number {
  places.sort((a, b) => a.start - b.start);
  const newest: (Place | undefined)[] = new Array<undefined>(terms).fill(undefined);
  let missing = terms;
  let gap = Infinity;
  for (const place of places) {
    if (!newest[place.term]) missing -= 1;
    newest[place.term] = place;
    if (missing > 0) continue;
    let start = place.start;
    let needed = 0;
    for (const one of newest) {
      if (!one) continue;
      start = Math.min(start, one.start);
      needed += one.words;
    }
    gap = Math.min(gap, Math.max(0, wordsIn(indexed, start, place.end) - needed));
    // It does not get closer.
    if (gap === 0) return 0;
  }
  return gap;
}

function wordsIn(indexed: string, start = 0, end = indexed.length): number {
  let words = 1;
  for (let at = indexed.indexOf(' ', start); at >= 0 && at < end; at = indexed.indexOf(' ', at + 1)) words += 1;
  return words;
}
