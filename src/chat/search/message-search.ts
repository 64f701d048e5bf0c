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

/**
 * Where a message stands in the order of time: an index's own words, of the alphabet that compares as it sorts. What `isPosition`
 * refuses is never asked for.
 */
export type Position = string;

/** Which part of what matches. */
export interface SearchWindow {
  /** Inclusive. */
  newest?: Position | undefined;
  /** Exclusive: only what is older. */
  before?: Position | undefined;
  limit: number;
}

export interface Candidate {
  id: MessageId;
  roomId: RoomId;
  /** Of the index: see `indexText`. */
  indexed: string;
  position: Position;
}

/**
 * Finds messages by the database's own full-text index. It finds only; ranking and highlights are the same for all databases. An
 * index may give too much (a message with the parts of a run in other places): who asks looks at the words of what is found.
 */
export abstract class MessageSearch {
  /** The newest that match, newest first. The work is bounded by what matches in these rooms, not by what there is. */
  abstract find(criteria: SearchCriteria, window: SearchWindow): Promise<Candidate[]>;

  /** Whether it may be one of this index. */
  abstract isPosition(text: string): boolean;
}
