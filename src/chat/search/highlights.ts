import type { SearchHit } from '@minimeet/protocol';
import { encode } from '../../messages/search/index-text.js';
import type { Term } from '../../messages/search/query.js';
import { type Word, wordsOf } from '../../messages/search/words.js';

type Range = SearchHit['highlights'][number];

/**
 * The places of the terms in a text, from the left, without overlap. A word that begins with the last term gives its
 * beginning only.
 */
export function highlightsOf(text: string, terms: readonly Term[]): Range[] {
  const ranges = wordsOf(text).flatMap((word) => terms.flatMap((term) => rangesIn(word, term)));
  return merged(ranges);
}

function rangesIn(word: Word, { word: wanted, isPrefix }: Term): Range[] {
  if (word.isRun !== wanted.isRun) return [];
  if (word.isRun) return occurrences(word.folded, wanted.folded).map((at) => rangeOf(word, at, wanted));
  // As the index compares them: very long words are the same when they begin alike.
  const [code, wantedCode] = [encode(word.folded), encode(wanted.folded)];
  if (code === wantedCode) return [{ start: word.start, end: word.end }];
  return isPrefix && code.startsWith(wantedCode) ? [rangeOf(word, 0, wanted)] : [];
}

/** Positions in code points; they may overlap. */
function occurrences(folded: string, wanted: string): number[] {
  const letters = Array.from(folded);
  const wantedLetters = Array.from(wanted);
  return letters.flatMap((_letter, at) => (wantedLetters.every((letter, i) => letters[at + i] === letter) ? [at] : []));
}

/** A character of which a part is meant is meant whole: `stras` in `straße` is `straß`. */
function rangeOf({ start, parts }: Word, at: number, wanted: Word): Range {
  const length = wanted.parts?.length ?? wanted.folded.length;
  const [first, last] = [parts?.[at], parts?.[at + length - 1]];
  return first && last ? { start: first.start, end: last.end } : { start: start + at, end: start + at + length };
}

function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    // Two words that only touch stay two; overlapping ranges become one.
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
