import type { ErrorCode } from '@minimeet/protocol';
import { MiniMeetError } from '@minimeet/sdk';

/** Where the server's own sentence is not the best one for a person at this page. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  INVALID_CREDENTIALS: 'The e-mail address or the password is wrong.',
  EMAIL_TAKEN: 'There is already an account with this e-mail address. Sign in instead?',
  PASSWORD_TOO_COMMON: 'This password is among the most common ones. Choose another.',
  INVITE_INVALID: 'This invitation has expired or was used up. Ask for a new link.',
  ROOM_FULL: 'This call is full. Try again when somebody has left.',
  RATE_LIMITED: 'Too many attempts. Wait a moment and try again.',
  MEDIA_UNAVAILABLE: 'The server cannot carry another call at the moment. Try again shortly.',
  DATABASE_UNAVAILABLE: 'The server cannot reach its records at the moment. Try again shortly.',
  DRAINING: 'The server is being restarted. Try again in a few seconds.',
  TIMED_OUT: 'The server did not answer in time. Try again.',
  DISCONNECTED: 'No connection to the server. Check your network and try again.',
  INTERNAL: 'Something went wrong on the server. Try again.',
};

/** @returns what went wrong, in a sentence for the person at the page. */
export function sentenceOf(error: unknown): string {
  if (error instanceof MiniMeetError) return SENTENCES[error.code] ?? error.message;
  if (error instanceof TypeError) return 'No connection to the server. Check your network and try again.';
  return 'Something went wrong. Try again.';
}

/** @returns the server's sentence for one field of a form, when that field was refused. */
export function fieldSentenceOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof MiniMeetError)) return undefined;
  const sentence = error.details?.[field]?.[0];
  return sentence && sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Whether the server knows who asks and does not let them in, or knows no such room. */
export function isNoEntry(error: unknown): boolean {
  return error instanceof MiniMeetError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND');
}

/** Whether one has to sign in (again). */
export function isSignedOut(error: unknown): boolean {
  return error instanceof MiniMeetError && (error.code === 'UNAUTHENTICATED' || error.code === 'INVALID_REFRESH_TOKEN');
}
