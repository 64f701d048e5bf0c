import type { MessageId } from '@minimeet/protocol';
import { codesOf } from './index-text.js';
import { type FoundMessages, MessageSearch, type SearchCriteria } from './message-search.js';
import type { Term } from './query.js';
import { decodeSearchCursor, encodeSearchCursor } from './search-cursor.js';
import type { IndexedTerm, SearchWindow, WindowPart } from './windows.js';

/** Windows that one page looks at when hardly anything in them is a hit. */
const MAX_WINDOWS = 10;

/** Criteria by the codes of the index. */
export interface IndexedCriteria extends Omit<SearchCriteria, 'terms'> {
  terms: readonly IndexedTerm[];
}

/**
 * Searches by the full-text index of the messages' own database, which changes in their transaction. It goes through
 * the matches in windows, the newest first, and ranks each window by itself: alike on every database.
 */
export abstract class DatabaseSearch extends MessageSearch {
  async search({ terms, ...others }: SearchCriteria, cursor: string | null, limit: number): Promise<FoundMessages> {
    let part: Omit<WindowPart, 'limit'> =
      cursor === null ? {} : decodeSearchCursor(cursor, (text) => this.isPosition(text));
    if (others.roomIds.length === 0) return { ids: [], next: null };
    const criteria = { ...others, terms: terms.map(indexedTerm) };
    const ids: MessageId[] = [];
    for (let looked = 1; ; looked += 1) {
      const window = await this.window(criteria, { ...part, limit: limit - ids.length });
      ids.push(...window.hits.map(({ id }) => id));
      const isEnd = window.isWhole && window.isLast;
      if (isEnd || ids.length === limit || looked === MAX_WINDOWS) {
        return { ids, next: isEnd ? null : cursorAfter(window) };
      }
      part = { before: window.oldest };
    }
  }

  /** Asked for at least one room. */
  protected abstract window(criteria: IndexedCriteria, part: WindowPart): Promise<SearchWindow>;

  /** Whether it may be one of this index; others are not asked for. */
  protected abstract isPosition(text: string): boolean;
}

export function indexedTerm({ word, isPrefix }: Term): IndexedTerm {
  const codes = codesOf(word);
  if (!word.isRun) return { codes, isPrefix };
  // The last letter alone is in the index where a run ends; in the middle of one it is the beginning of two.
  return codes.length > 1 ? { codes: codes.slice(0, -1), isPrefix: false } : { codes, isPrefix: true };
}

function cursorAfter({ newest, oldest, hits, isWhole }: SearchWindow): string {
  const last = hits.at(-1);
  const after = isWhole || !last ? { score: 0, position: oldest } : { score: last.score, position: last.position };
  return encodeSearchCursor({ newest, oldest, after });
}
