import { AppError } from '../../common/errors/index.js';
import type { Position, Rank } from './windows.js';

/** The end of a page. */
export interface SearchCursor {
  /** The window's ends. */
  newest: Position;
  oldest: Position;
  /** The last hit that was shown; a score of 0 is after all hits of the window. */
  after: Rank;
}

export function encodeSearchCursor({ newest, oldest, after: { score, position } }: SearchCursor): string {
  return Buffer.from([score, position, newest, oldest].join('|')).toString('base64url');
}

/** @throws AppError INVALID_PAYLOAD when no page of ours ended with it. */
export function decodeSearchCursor(after: string, isPosition: (text: string) => boolean): SearchCursor {
  const [score = '', ...positions] = Buffer.from(after, 'base64url').toString().split('|');
  const [position, newest, oldest] = positions.filter(isPosition);
  if (!/^\d{1,9}$/.test(score) || positions.length !== 3 || !position || !newest || !oldest) {
    const sentence = 'after must be the `next` of an earlier page';
    throw new AppError('INVALID_PAYLOAD', sentence, { details: { after: [sentence] } });
  }
  return { newest, oldest, after: { score: Number(score), position } };
}
