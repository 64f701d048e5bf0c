/** Bounds of a wait in milliseconds: `fromMs` before the first retry at most, `toMs` before any. */
export interface BackoffRange {
  fromMs: number;
  toMs: number;
}

/**
 * How long to wait before a retry, in milliseconds: a span that doubles with each attempt up to `toMs`, of which a
 * random part between one half and the whole is waited. Clients that one fault has hit therefore do not return in step,
 * and none returns at once.
 * “Equal jitter” of Marc Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015.
 * @param attempt How many retries came before: 0 for the first.
 * @param random 0..1, for tests.
 */
export function backoffMs(attempt: number, { fromMs, toMs }: BackoffRange, random = Math.random()): number {
  return (Math.min(toMs, fromMs * 2 ** attempt) * (1 + random)) / 2;
}
