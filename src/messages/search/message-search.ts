import type { MessageId, RoomId, UserId } from '@minimeet/protocol';
import type { Term } from './query.js';

export interface SearchCriteria {
  /** At least one. */
  roomIds: readonly RoomId[];
  /** All of them must be there. */
  terms: readonly Term[];
  sender?: UserId | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
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

/**
 * Finds messages by the database's own full-text index, and ranks them alike on every database. Who shows them looks once more at
 * whether they may be seen: they may have changed meanwhile, and an index knows rooms by a key that two may share.
 */
export abstract class MessageSearch {
  /** The work is bounded by what matches in these rooms, whatever else there is. */
  abstract window(criteria: SearchCriteria, part: WindowPart): Promise<SearchWindow>;

  /** Whether it may be one of this index; others are not asked for. */
  abstract isPosition(text: string): boolean;
}
