import type { MessageId } from '@minimeet/protocol';
import type { Term } from './query.js';

/** A term as the index has it. */
export interface IndexedTerm extends Pick<Term, 'isPrefix'> {
  /** A word is one code, a part of a run is several that follow each other. */
  codes: string[];
}

/** Where a message stands in the order of time: an index's own words, which compare as they sort. */
export type Position = string;

/** Where a hit stands in the order of a window. */
export interface Rank {
  /** From 1. */
  score: number;
  position: Position;
}

export interface RankedHit extends Rank {
  id: MessageId;
}

/** Which part of what matches, and of that which hits. */
export interface WindowPart {
  /** A window that was looked at before: its ends, inclusive. */
  newest?: Position | undefined;
  oldest?: Position | undefined;
  /** A window of what is older. */
  before?: Position | undefined;
  /** Only what comes after it. */
  after?: Rank | undefined;
  limit: number;
}

/** The newest thousand that match, from a place on, ranked among themselves. */
export interface SearchWindow {
  /** The best first, of what is alike the newest; at most `limit`. */
  hits: RankedHit[];
  /** There are no more hits in it. */
  isWhole: boolean;
  /** Its ends; what is sent meanwhile, or goes away, moves nothing from one window to another. */
  newest: Position;
  oldest: Position;
  /** Nothing older matches. */
  isLast: boolean;
}
