import { createHash } from 'node:crypto';
import type { RoomId, UserId } from '@minimeet/protocol';
import { type Word, wordsOf } from './words.js';

/**
 * What the index holds of a message: its words in their order, parted by spaces, each with the key of its room before it, so that
 * a search in a room looks at what is said in this room, however much is said in others. Only a–z, 0–9 and _ occur, so that the
 * databases' own ideas of letters, case and stop words do not matter; with the key no word is shorter than MySQL's index takes.
 * Also among them is a word for the sender.
 */
export interface Indexed {
  roomId: RoomId;
  senderId: UserId | null;
}

const KEY_LENGTH = 6;
/** Longer words are cut; MySQL indexes words of up to 84 characters. */
const MAX_CODE_LENGTH = 70;
/** Bytes that a TEXT column of MySQL holds; what a message of 4,000 different Chinese characters has beyond it is not found. */
const MAX_TEXT_LENGTH = 65_535;
/** Of 36 digits, as many as any code point takes. */
const CODE_POINT_DIGITS = 4;
const SENDER_MARK = '__';

/** For the message's column `searchText`; `null` when the text has no words. */
export function indexText({ roomId, senderId }: Indexed, text: string | null): string | null {
  const codes = wordsOf(text ?? '').flatMap(codesOf);
  if (codes.length === 0) return null;
  if (senderId !== null) codes.unshift(senderCode(senderId));
  const key = roomKey(roomId);
  const indexed = key + codes.join(` ${key}`);
  return indexed.length <= MAX_TEXT_LENGTH ? indexed : indexed.slice(0, indexed.lastIndexOf(' ', MAX_TEXT_LENGTH));
}

/** Two rooms may have the same, so what is found has to be asked for its room. */
export function roomKey(roomId: RoomId): string {
  const hash = createHash('sha256').update(roomId).digest().readUIntBE(0, KEY_LENGTH);
  return hash.toString(36).padStart(KEY_LENGTH, '0').slice(-KEY_LENGTH);
}

export function senderCode(senderId: UserId): string {
  return SENDER_MARK + senderId.slice(-12).toLowerCase();
}

/** A word is one code. A run is one for each two letters that follow each other, and one for the last alone: any part can be found. */
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
