import { type ChatMessage, LIMITS, type MessageContent, type RoomId, type UserId } from '@minimeet/protocol';
import { AppError } from '../common/errors/index.js';
import { checkedCaption, checkedText, NOTHING } from './content.js';
import type { MessageDeletion, MessageEdit, NewMessage, ReactionChange } from './message-store.js';

// The rules of messages, whatever stores them: a store reads the message, asks here, and writes the answer.

/** The parts of a stored message on which its rules depend. */
export interface StoredMessage {
  /** `null`: the account was deleted. */
  senderId: UserId | null;
  content: MessageContent;
  /** `null`: nobody. */
  mentions: UserId[] | null;
  deletedAt: Date | null;
}

/** The parts that a change leaves different. */
export type ChangedMessage = Pick<StoredMessage, 'content' | 'mentions'>;

/** A reaction that a message has. */
export interface KnownReaction {
  reaction: string;
  /** The person who reacts now is among those who reacted so. */
  isOwn: boolean;
}

/**
 * Senders edit their own words; moderators edit nobody's.
 * @returns null: it reads so already
 * @throws AppError FORBIDDEN, WRONG_STATE, INVALID_PAYLOAD
 */
export function edited(message: StoredMessage, { by, text, mentions }: MessageEdit): ChangedMessage | null {
  if (message.senderId !== by || message.content.type === 'system') {
    throw new AppError('FORBIDDEN', 'Only one’s own messages can be edited.');
  }
  if (message.deletedAt) throw wasDeleted();
  const content = withText(message.content, text);
  const before = message.mentions ?? [];
  const called = mentions ?? before;
  if (message.content.text === text && isSameList(called, before)) return null;
  return { content, mentions: called.length > 0 ? called : null };
}

/**
 * Senders delete their own messages, hosts and moderators anybody's.
 * @returns null: it was deleted before
 * @throws AppError FORBIDDEN
 */
export function deleted(message: StoredMessage, { by, moderates }: MessageDeletion): ChangedMessage | null {
  if (message.senderId !== by && !moderates) {
    throw new AppError('FORBIDDEN', 'Only hosts and moderators may delete the messages of others.');
  }
  if (message.content.type === 'system') {
    throw new AppError('FORBIDDEN', 'What happened in a room stays in its chat.');
  }
  return message.deletedAt ? null : { content: NOTHING, mentions: null };
}

/**
 * Everybody reacts to everything that is not deleted, once with each emoji.
 * @param known - all that the message has
 * @returns whether it changes anything
 * @throws AppError WRONG_STATE, LIMIT_EXCEEDED
 */
export function reacts(
  { deletedAt }: Pick<StoredMessage, 'deletedAt'>,
  { reaction, on }: ReactionChange,
  known: readonly KnownReaction[],
): boolean {
  const alike = known.find((other) => other.reaction === reaction);
  if ((alike?.isOwn ?? false) === on) return false;
  if (!on) return true;
  if (deletedAt) throw wasDeleted();
  if (!alike && known.length >= LIMITS.reactionsPerMessage) {
    throw new AppError('LIMIT_EXCEEDED', `A message has at most ${LIMITS.reactionsPerMessage} different reactions.`);
  }
  return true;
}

/**
 * A reply answers a message of its own room.
 * @param answered - `undefined`: there is none.
 * @throws AppError NOT_FOUND
 */
export function assertAnswers(roomId: RoomId, answered: { roomId: RoomId } | undefined): void {
  if (answered?.roomId !== roomId) throw noSuchMessage();
}

/**
 * An id that is stored already is the same message sent again.
 * @throws AppError CONFLICT for another's, or another room's
 */
export function assertSentAgain(stored: ChatMessage, roomId: RoomId, { author }: NewMessage): void {
  if (stored.roomId === roomId && stored.senderId === author.userId) return;
  throw new AppError('CONFLICT', 'This id belongs to another message; choose a new one.');
}

export function noSuchMessage(): AppError {
  return new AppError('NOT_FOUND', 'There is no such message in this room.');
}

export function wasDeleted(): AppError {
  return new AppError('WRONG_STATE', 'This message was deleted.');
}

function withText(content: Exclude<MessageContent, { type: 'system' }>, text: string): MessageContent {
  if (content.type === 'text') return { type: 'text', text: checkedText(text, 'text') };
  return { ...content, text: checkedCaption(text, 'text') };
}

function isSameList(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item, i) => item === others[i]);
}
