import type { MessageId } from '@minimeet/protocol';
import type { Term } from './query.js';

/** A term as the index has it. */
export interface IndexedTerm extends Pick<Term, 'isPrefix'> {
  /** A word is one code, a part of a run is several that follow each other. */
  codes: string[];
}

/** A message's place in the order of time, in an index's own words, which compare as they sort. */
export type Position = string;

/** A hit's place in the order of a window. */
export interface Rank {
  /** From 1. */
  score: number;
  position: Position;
}

export interface RankedHit extends Rank {
  id: MessageId;
}

/** A part of the matches, and of its hits. */
export interface WindowPart {
  /** A window that was looked at before: its ends, inclusive. */
  newest?: Position | undefined;
  oldest?: Position | undefined;
  /** A window of what is older. */
  before?: Position | undefined;
  /** Only hits that come after it. */
  after?: Rank | undefined;
  limit: number;
}

/** The newest thousand that match, from a place on, ranked among themselves. */
export interface SearchWindow {
  /** The best first, and the newest first among equals; at most `limit`. */
  hits: RankedHit[];
  /** There are no more hits in it. */
  isWhole: boolean;
  /** Its ends; messages that are sent or go away meanwhile move nothing from one window to another. */
  newest: Position;
  oldest: Position;
  /** Nothing older matches. */
  isLast: boolean;
}
