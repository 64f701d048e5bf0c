import type { MessageId, RoomId, UserId } from '@minimeet/protocol';
import type { Term } from './query.js';

export interface SearchCriteria {
  /** Nothing is found in none. */
  roomIds: readonly RoomId[];
  /** All of them must be there; at least one. */
  terms: readonly Term[];
  sender?: UserId | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
}

/** One page of what a search finds. */
export interface FoundMessages {
  /** The best first. A page may hold fewer than were asked for, or none, and still have a next one. */
  ids: MessageId[];
  /** The cursor of the next page; `null` after the last. */
  next: string | null;
}

/**
 * Finds messages by their words. Ranking and the meaning of cursors are an engine's own affair. Its answers may be
 * stale, and its index may know rooms and senders by keys that two share, so its caller looks at each message before it
 * shows one.
 */
export abstract class MessageSearch {
  /**
   * The work is bounded by what matches in these rooms, whatever else there is.
   * @param cursor - the `next` of an earlier page of the same search; `null`: the first page
   * @throws AppError INVALID_PAYLOAD for a cursor that this engine never gave, RATE_LIMITED when too many people search
   */
  abstract search(criteria: SearchCriteria, cursor: string | null, limit: number): Promise<FoundMessages>;
}
