import type { ChatMessage, MessageContent, MessageId, RoomId, UserId } from '@minimeet/protocol';

/** Who writes, by the server's own record. */
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

/** What became of one change. `changed: false`: it was so already, and `message` is how it is stored. */
export type Outcome = { message: ChatMessage; changed: boolean } | { failure: unknown };

/** Which part of a room's messages: the newest when nothing is said, those before a sequence, or the first after one. */
export interface MessageRange {
  before?: number | undefined;
  after?: number | undefined;
  limit: number;
}

/** Up to where somebody has read in a room. */
export interface ReadMark {
  roomId: RoomId;
  lastReadSequence: number;
}

/**
 * Where the messages of all rooms are. ChatService knows nothing else of it, so that another kind of database can take its place.
 *
 * What a document store would take: one document a message, with its reactions and mentions inside, `_id` the sender's UUID, and a
 * unique index on (`roomId`, `sequence`). A counter document a room gives the sequence: `findOneAndUpdate` with `$inc` by the number of
 * messages and an ordered bulk insert, both in one transaction of the client session, because numbers must come without gaps; where there
 * are no transactions, the counter is the newest message itself and a duplicate sequence is tried again with the next one. The duplicate-key
 * error of `_id` is how “the first body wins” is noticed. Edit, delete and react are one `findOneAndUpdate` each, with their
 * condition (`deletedAt: null`) in the filter. `page` is a range of the index, quotes are one `$in`, `unreadCounts` is the difference
 * between counter and mark less two `count`s, as here. The rules are those of message-rules. Attachments stay in the SQL database: they are tied
 * to a message before it gets here (`AttachmentClaims`). Another search engine is fed by the facts `chat-stored` and `chat-changed`.
 */
export abstract class MessageStore {
  /**
   * Applies changes of one room in their order; what succeeded is durable when this resolves. One that cannot be made does not keep the
   * others from being made. Outcomes come in the order of the changes.
   * @throws what the database threw when it could not be reached, or is full: none of them is acknowledged then, though some may be stored
   */
  abstract write(roomId: RoomId, changes: readonly MessageChange[]): Promise<Outcome[]>;

  /** Oldest first. */
  abstract page(roomId: RoomId, range: MessageRange): Promise<ChatMessage[]>;

  /** As they are now, in no order; those that are not there are left out. */
  abstract find(ids: readonly MessageId[]): Promise<ChatMessage[]>;

  /** The sequence of the newest message; 0 when there is none. */
  abstract lastSequence(roomId: RoomId): Promise<number>;

  /** Messages of others after each mark, without deleted and system ones. The work is the same however many are unread. */
  abstract unreadCounts(userId: UserId, marks: readonly ReadMark[]): Promise<Map<RoomId, number>>;
}
