import { randomInt } from 'node:crypto';
import type { RoomSlug } from '@minimeet/protocol';

/** Maximum length of the part that comes from the name. */
const READABLE_LENGTH = 40;
/** Excludes letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 3 × 4 of 31 signs: 59 random bits. */
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** A link that people can read and nobody can guess: `weekly-sync-7fhk-2mnp-x9qd`. */
export function slugFor(name: string): RoomSlug {
  const readable = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, READABLE_LENGTH)
    .replace(/^-+|-+$/g, '');
  const secret = Array.from({ length: GROUPS }, randomGroup).join('-');
  return `${readable || 'room'}-${secret}`;
}

function randomGroup(): string {
  return Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
