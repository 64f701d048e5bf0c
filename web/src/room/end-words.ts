import type { EndReason } from '@minimeet/sdk';
import type { ParseKeys } from 'i18next';

interface EndWords {
  title: ParseKeys<'room'>;
  text: ParseKeys<'room'>;
  canRejoin: boolean;
}

/** @returns the words for why the call is over for this person, and whether they can come again. */
export function endWords(reason: EndReason): EndWords {
  const key = reason === 'room-ended' ? 'ended' : reason;
  return { title: `end.${key}.title`, text: `end.${key}.text`, canRejoin: canRejoin(reason) };
}

function canRejoin(reason: EndReason): boolean {
  switch (reason) {
    case 'kicked':
    case 'banned':
    case 'deleted':
      return false;
    case 'left':
    case 'replaced':
    case 'room-ended':
    case 'ended':
    case 'timed-out':
    case 'draining':
    case 'failed':
      return true;
  }
}
