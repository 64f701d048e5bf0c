import { AppError } from '../../common/errors/index.js';
import { type Word, wordsOf } from './words.js';

/** A word, or a run of letters, that must be in a message. */
export interface Term {
  word: Word;
  /** Words that begin with it match too. A run matches wherever it stands, so it is none. */
  isPrefix: boolean;
}

/** Each costs a look into the index a room. */
const MAX_WORDS = 20;

/**
 * The words of a query; punctuation means nothing, whatever it means to a database. The last may be a beginning.
 * @throws AppError INVALID_PAYLOAD without a word, or with too many
 */
export function termsOf(query: string): Term[] {
  const terms = wordsOf(query).map((word, i, { length }) => ({ word, isPrefix: !word.isRun && i === length - 1 }));
  const unique = [...new Map(terms.map((term) => [`${term.word.folded} ${term.isPrefix}`, term])).values()];
  if (unique.length === 0) throw invalid('q must have a word: a letter, a digit or an emoji.');
  if (unique.length > MAX_WORDS) throw invalid(`q must not have more than ${MAX_WORDS} different words.`);
  return unique;
}

function invalid(sentence: string): AppError {
  return new AppError('INVALID_PAYLOAD', sentence, { details: { q: [sentence] } });
}
