import { createHash } from 'node:crypto';
import type { RoomId, UserId } from '@minimeet/protocol';
import { type Word, wordsOf } from './words.js';

/** The message whose words they are. */
export interface Indexed {
  roomId: RoomId;
  senderId: UserId | null;
  sentAt: Date;
}

/**
 * The key that keeps words apart. SQLite gives the newest of a word without looking at the others, so the room is
 * enough for it. MySQL gathers all messages that have a word before it orders them: its key is room and month, and it
 * is asked for the newest months first.
 */
export type KeyKind = 'room' | 'room-and-month';

/** Characters of a key, in the index before each word. */
const KEY_LENGTH = 8;
const MONTH_DIGITS = 2;
/** Months are counted from here; two digits last until 2107. */
const FIRST_YEAR = 2000;
/** Longer words are cut; MySQL indexes words of up to 84 characters. */
const MAX_CODE_LENGTH = 70;
/** Bytes of a TEXT column of MySQL; the end of a message of 4,000 different Chinese characters is not found. */
const MAX_TEXT_LENGTH = 65_535;
/** Digits in base 36 that any code point takes. */
const CODE_POINT_DIGITS = 4;
const SENDER_MARK = '__';

/** By the type of TypeORM's data source. */
export function keyKindOf(type: string): KeyKind {
  return type === 'better-sqlite3' ? 'room' : 'room-and-month';
}

/**
 * The words of a message for its column `searchText`, in their order, parted by spaces, each with a key of its room
 * before it: a search in a room looks at this room's words, however much is said in others. Only a–z, 0–9 and _ occur,
 * so that the databases' own ideas of letters, case and stop words do not matter; with the key no word is shorter than
 * MySQL's index takes. The sender is a word too. `null`: the text has no words.
 */
export function indexText(kind: KeyKind, { roomId, senderId, sentAt }: Indexed, text: string | null): string | null {
  const codes = wordsOf(text ?? '').flatMap(codesOf);
  if (codes.length === 0) return null;
  if (senderId !== null) codes.unshift(senderCode(senderId));
  const key = kind === 'room' ? roomKey(roomId) : monthKey(roomId, monthOf(sentAt));
  const indexed = key + codes.join(` ${key}`);
  return indexed.length <= MAX_TEXT_LENGTH ? indexed : indexed.slice(0, indexed.lastIndexOf(' ', MAX_TEXT_LENGTH));
}

/** Two rooms may have the same key, so every found message is asked for its room. */
export function roomKey(roomId: RoomId): string {
  return hash(roomId, KEY_LENGTH);
}

/** @param month as `monthOf` counts them */
export function monthKey(roomId: RoomId, month: number): string {
  return hash(roomId, KEY_LENGTH - MONTH_DIGITS) + month.toString(36).padStart(MONTH_DIGITS, '0');
}

/** A number that grows by one a month; times before and after those that have one count as the first and the last. */
export function monthOf(time: Date): number {
  const month = (time.getUTCFullYear() - FIRST_YEAR) * 12 + time.getUTCMonth();
  return Math.min(Math.max(month, 0), 36 ** MONTH_DIGITS - 1);
}

function hash(text: string, length: number): string {
  const bits = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  return bits.toString(36).padStart(length, '0').slice(-length);
}

export function senderCode(senderId: UserId): string {
  return SENDER_MARK + senderId.slice(-12).toLowerCase();
}

/**
 * A word is one code. A run is one for each two neighbouring letters, and one for the last alone: any part can be
 * found.
 */
export function codesOf({ folded, isRun }: Word): string[] {
  if (!isRun) return [encode(folded)];
  const letters = Array.from(folded, encode);
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ''));
}

/** Letters and digits of ASCII stand for themselves. A beginning of a word gives a beginning of its code. */
export function encode(folded: string): string {
  if (/^[a-z0-9]*$/.test(folded)) return folded.slice(0, MAX_CODE_LENGTH);
  const code = Array.from(folded, (letter) =>
    /[a-z0-9]/.test(letter) ? letter : `_${(letter.codePointAt(0) ?? 0).toString(36).padStart(CODE_POINT_DIGITS, '0')}`,
  );
  return code.join('').slice(0, MAX_CODE_LENGTH);
}
