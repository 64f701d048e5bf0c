import type { Term } from './query.js';

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

/** Where a term begins in a message, and whether it is there as a whole word. */
interface Place {
  term: number;
  at: number;
  isWhole: boolean;
}

/**
 * How well a message fits, a whole number from 1: BM25 (Robertson and Zaragoza 2009) without the rarity of words, which every hit has
 * all of, and more where they stand close together. `null`: not all terms are there.
 * @param codes of the message, in their order
 */
export function scoreOf(codes: readonly string[], terms: readonly Term[]): number | null {
  const places = placesOf(codes, terms);
  const counts = terms.map(() => 0);
  for (const { term, isWhole } of places) counts[term] = (counts[term] ?? 0) + (isWhole ? 1 : PREFIX_WEIGHT);
  if (counts.includes(0)) return null;
  const norm = K1 * (1 - B + (B * codes.length) / USUAL_LENGTH);
  const sum = counts.reduce((total, count) => total + (count * (K1 + 1)) / (count + norm), 0);
  const nearness = 1 + NEARNESS_WEIGHT / (1 + gapOf(places, terms));
  return Math.max(1, Math.round((SCALE * sum * nearness) / terms.length));
}

function placesOf(codes: readonly string[], terms: readonly Term[]): Place[] {
  const places: Place[] = [];
  codes.forEach((_code, at) => {
    terms.forEach((term, index) => {
      const found = matchAt(codes, at, term);
      if (found) places.push({ term: index, at, isWhole: found === 'whole' });
    });
  });
  return places;
}

function matchAt(
  codes: readonly string[],
  at: number,
  { codes: wanted, isPrefix }: Term,
): 'whole' | 'prefix' | undefined {
  const last = wanted.length - 1;
  for (let i = 0; i <= last; i += 1) {
    const code = codes[at + i];
    if (code === undefined) return undefined;
    if (code === wanted[i]) continue;
    return i === last && isPrefix && code.startsWith(wanted[i] ?? '') ? 'prefix' : undefined;
  }
  return 'whole';
}

/** Words between the terms where they stand closest. */
function gapOf(places: readonly Place[], terms: readonly Term[]): number {
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
