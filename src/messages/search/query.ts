import { AppError } from '../../common/errors/index.js';
import { codesOf } from './index-text.js';
import { type Word, wordsOf } from './words.js';

/** Something that must be in a message. */
export interface Term {
  /** As in the index: a word is one code, a part of a run is several that follow each other. */
  codes: string[];
  /** The last code may be the beginning of one. */
  isPrefix: boolean;
  word: Word;
}

/** Each costs a look into the index a room. */
const MAX_WORDS = 20;

/**
 * The words of what somebody typed; punctuation means nothing, whatever it means to a database. The last may be a beginning.
 * @throws AppError INVALID_PAYLOAD without a word, or with too many.
 */
export function termsOf(query: string): Term[] {
  const words = wordsOf(query);
  const terms = words.map((word, i) => termOf(word, i === words.length - 1));
  const unique = [...new Map(terms.map((term) => [JSON.stringify([term.codes, term.isPrefix]), term])).values()];
  if (unique.length === 0) throw invalid('q must have a word: a letter, a digit or an emoji.');
  if (unique.length > MAX_WORDS) throw invalid(`q must not have more than ${MAX_WORDS} different words.`);
  return unique;
}

function termOf(word: Word, isLast: boolean): Term {
  const codes = codesOf(word);
  if (!word.isRun) return { codes, isPrefix: isLast, word };
  // The last letter alone is in the index where a run ends; in the middle of one it is the beginning of two.
  return codes.length > 1 ? { codes: codes.slice(0, -1), isPrefix: false, word } : { codes, isPrefix: true, word };
}

function invalid(sentence: string): AppError {
  return new AppError('INVALID_PAYLOAD', sentence, { details: { q: [sentence] } });
}
