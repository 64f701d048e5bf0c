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

/** Characters of the key before every code, and what the sender's begins with. */
const KEY_LENGTH = 8;
const SENDER_MARK = '__';

/** Where a term begins in a message, and whether it is there as a whole word. */
interface Place {
  term: number;
  at: number;
  isWhole: boolean;
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
 * all of, and more where they stand close together. `null`: not all terms are there.
 */
export function scoreOf(indexed: string, terms: readonly RankedTerm[]): number | null {
  const words = indexed.split(' ');
  const first = words[0]?.startsWith(SENDER_MARK, KEY_LENGTH) ? 1 : 0;
  const places = placesOf(words, first, terms);
  const counts = terms.map(() => 0);
  for (const { term, isWhole } of places) counts[term] = (counts[term] ?? 0) + (isWhole ? 1 : PREFIX_WEIGHT);
  if (counts.includes(0)) return null;
  const norm = K1 * (1 - B + (B * (words.length - first)) / USUAL_LENGTH);
  const sum = counts.reduce((total, count) => total + (count * (K1 + 1)) / (count + norm), 0);
  const nearness = 1 + NEARNESS_WEIGHT / (1 + gapOf(places, terms));
  return Math.max(1, Math.round((SCALE * sum * nearness) / terms.length));
}

function placesOf(words: readonly string[], first: number, terms: readonly RankedTerm[]): Place[] {
  const places: Place[] = [];
  for (let at = first; at < words.length; at += 1) {
    for (let term = 0; term < terms.length; term += 1) {
      const found = matchAt(words, at, terms[term]);
      if (found) places.push({ term, at, isWhole: found === 'whole' });
    }
  }
  return places;
}

/** Most words of most messages are others, which the first comparison says. */
function matchAt(words: readonly string[], at: number, term: RankedTerm | undefined): 'whole' | 'prefix' | undefined {
  const codes = term?.codes ?? [];
  for (let i = 0; i < codes.length; i += 1) {
    const [word, code] = [words[at + i], codes[i]];
    if (word === undefined || code === undefined || !word.startsWith(code, KEY_LENGTH)) return undefined;
    if (word.length === KEY_LENGTH + code.length) continue;
    return i === codes.length - 1 && term?.isPrefix ? 'prefix' : undefined;
  }
  return 'whole';
}

/** Words between the terms where they stand closest. */
function gapOf(places: readonly Place[], terms: readonly RankedTerm[]): number {
  if (terms.length === 1) return 0;
  const needed = terms.reduce((sum, { codes }) => sum + codes.length, 0);
  const newest = terms.map(() => -Infinity);
  let gap = Infinity;
  for (const { term, at } of places) {
    newest[term] = at;
    const span = at + (terms[term]?.codes.length ?? 1) - Math.min(...newest);
    gap = Math.min(gap, Math.max(0, span - needed));
  }
  return gap;
}
