import { LIMITS } from '@minimeet/protocol';
import bowser from 'bowser';
import { AppError } from '../../common/errors/index.js';

/** The form of a client's word about itself: letters, digits, signs and single spaces; people see it. */
const PRINTABLE = /^[\p{L}\p{N}\p{P}\p{S} ]+$/u;
/** Longest User-Agent that is looked at; real ones have less than half. */
const USER_AGENT_LENGTH = 512;
/** Room for it in the call history. */
const MAX_LENGTH = 128;

/**
 * Names the kind of client, such as `web, Chrome 156 on Linux`, by its own word and its User-Agent header, as far as
 * there are any. Up to 128 characters; `null` when nothing is known. @throws AppError INVALID_PAYLOAD
 */
export function clientName(word: unknown, userAgent: string | undefined): string | null {
  const parts = [checkedWord(word), browserOf(userAgent)].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(', ').slice(0, MAX_LENGTH);
}

function checkedWord(word: unknown): string | undefined {
  if (word === undefined) return undefined;
  const isWord = typeof word === 'string' && word.length <= LIMITS.clientLength && PRINTABLE.test(word);
  if (isWord) return word;
  throw new AppError(
    'INVALID_PAYLOAD',
    `"client" in the handshake must be 1 to ${LIMITS.clientLength} printable characters.`,
  );
}

/** Browser, its major version and the operating system; `undefined` for programs that are not browsers. */
function browserOf(userAgent = ''): string | undefined {
  const { browser, os } = bowser.parse(userAgent.slice(0, USER_AGENT_LENGTH) || 'unknown');
  const { name, version } = browser;
  if (!name || !version || !PRINTABLE.test(name)) return undefined;
  const majorVersion = /^\d{1,5}/.exec(version)?.[0];
  return [name, ...(majorVersion ? [majorVersion] : []), ...(os.name ? ['on', os.name] : [])].join(' ');
}
