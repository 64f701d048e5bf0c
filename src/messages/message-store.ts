import type { ChatMessage, MessageContent, MessageId, RoomId, UserId } from '@minimeet/protocol';

/** The person who writes, by the server's own record. */
export interface Author {
  userId: UserId;
  displayName: string;
}

/** A change of one room's chat, checked as far as it can be without looking at what is stored. */
export type MessageChange = NewMessage | MessageEdit | MessageDeletion | ReactionChange;

export interface NewMessage {
  kind: 'append';
  /** In lower-case letters. */
  id: MessageId;
  author: Author;
  content: MessageContent;
  replyTo: MessageId | null;
  /** Members of the room. */
  mentions: UserId[];
}

export interface MessageEdit {
  kind: 'edit';
  messageId: MessageId;
  by: UserId;
  text: string;
  /** `null`: those that it had. */
  mentions: UserId[] | null;
}

export interface MessageDeletion {
  kind: 'delete';
  messageId: MessageId;
  by: UserId;
  /** Somebody else's too. */
  moderates: boolean;
}

export interface ReactionChange {
  kind: 'react';
  messageId: MessageId;
  by: UserId;
  reaction: string;
  on: boolean;
}

/** The message as it is stored after one change, or the change's failure. `changed: false`: it was so already. */
export type Outcome = { message: ChatMessage; changed: boolean } | { failure: unknown };

/** A part of a room's messages: the newest, or the newest before a sequence, or the first after one. */
export interface MessageRange {
  before?: number | undefined;
  after?: number | undefined;
  limit: number;
}

/** The last message that somebody has read in a room. */
export interface ReadMark {
  roomId: RoomId;
  lastReadSequence: number;
}

/**
 * The messages of all rooms. Rooms and the chat know nothing else of them, so another kind of database can take this
 * one's place: it keeps messages, their order and their reactions, and asks message-rules. Files are tied to a message
 * before it gets here and let go after it (`AttachmentClaims`), and nothing joins these tables with others.
 *
 * A document store keeps one document a message, with its reactions and mentions inside, `_id` the sender's UUID, and a
 * unique index on (`roomId`, `sequence`). A counter document a room gives the sequence: `findOneAndUpdate` with `$inc`
 * by the number of messages and an ordered bulk insert, both in one transaction, because numbers come without gaps;
 * without transactions the counter is the newest message itself, and a duplicate sequence is tried again with the next
 * one. The duplicate-key error of `_id` shows that the first body has won. Edit, delete and react are one
 * `findOneAndUpdate` each, with their condition (`deletedAt: null`) in the filter. `page` is a range of the index,
 * quotes are one `$in`, `unreadCounts` is the difference of counter and mark less two `count`s, as here.
 */
export abstract class MessageStore {
  /**
   * Applies changes of one room in their order; those that succeeded are durable when this resolves. A change that
   * fails fails alone.
   * @returns the outcomes in the order of the changes
   * @throws the database's error when it is out of reach or full: then no change is acknowledged, though some may be
   * stored
   */
  abstract write(roomId: RoomId, changes: readonly MessageChange[]): Promise<Outcome[]>;

  /** Oldest first. */
  abstract page(roomId: RoomId, range: MessageRange): Promise<ChatMessage[]>;

  /** As they are now, in no order; those that are not there are left out. */
  abstract find(ids: readonly MessageId[]): Promise<ChatMessage[]>;

  /** The sequence of the newest message; 0 when there is none. */
  abstract lastSequence(roomId: RoomId): Promise<number>;

  /** Messages of others after each mark, without deleted and system ones; the work does not grow with their number. */
  abstract unreadCounts(userId: UserId, marks: readonly ReadMark[]): Promise<Map<RoomId, number>>;
}
