import { backoffMs, type BackoffRange } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';

/** Bounds of the wait before a request or a connection is tried again. */
export const RETRY: BackoffRange = { fromMs: 250, toMs: 4_000 };

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Repeats `action` while it fails with a retryable error. A lost connection ends it without an error, since the next
 * connection begins it anew.
 * @param over Asked before each try: nobody waits for it any more.
 * @throws MiniMeetError that is not retryable.
 */
export async function tryUntilDone(over: () => boolean, action: () => Promise<void>): Promise<void> {
  for (let attempt = 0; !over(); attempt++) {
    try {
      return await action();
    } catch (thrown) {
      const error = MiniMeetError.from(thrown);
      if (error.code === 'DISCONNECTED') return;
      if (!error.retryable) throw error;
      await delay(backoffMs(attempt, RETRY));
    }
  }
}
