import { ERROR_CODES, type ErrorCode } from '@minimeet/protocol';
import { MiniMeetError } from '@minimeet/sdk';
import i18next from 'i18next';

/** Fields whose refusal has words of our own, in the person's language. */
const FIELDS = ['displayName', 'email', 'password', 'name', 'roomPassword'] as const;
type Field = (typeof FIELDS)[number];

/** @returns what went wrong, in a sentence for the person at the page, in the language of the page. */
export function sentenceOf(error: unknown): string {
  if (error instanceof MiniMeetError) {
    // A server that is newer than this page may have codes that it does not know: its own sentence is better than none.
    return isKnown(error.code) ? i18next.t(error.code, { ns: 'errors' }) : error.message;
  }
  return i18next.t(error instanceof TypeError ? 'DISCONNECTED' : 'unknown', { ns: 'errors' });
}

/**
 * @param field as the request names it.
 * @param words when others fit better.
 * @returns why one field of a form was refused, when it was.
 */
export function fieldSentenceOf(
  error: unknown,
  field: string,
  words: Field | undefined = known(field),
): string | undefined {
  if (!(error instanceof MiniMeetError)) return undefined;
  const sentence = error.details?.[field]?.[0];
  if (!sentence) return undefined;
  return words ? i18next.t(`field.${words}`, { ns: 'errors' }) : sentence;
}

/** Whether the server knows who asks and does not let them in, or knows no such room. */
export function isNoEntry(error: unknown): boolean {
  return error instanceof MiniMeetError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND');
}

/** Whether one has to sign in (again). */
export function isSignedOut(error: unknown): boolean {
  return error instanceof MiniMeetError && (error.code === 'UNAUTHENTICATED' || error.code === 'INVALID_REFRESH_TOKEN');
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

function known(field: string): Field | undefined {
  return FIELDS.find((name) => name === field);
}
