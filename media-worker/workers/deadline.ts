import { MediaError } from '../errors.js';

/**
 * Bounds the wait for a worker, whose requests have no time-out of their own.
 *
 * @param discard gets what arrives after the deadline, since nobody else owns it then.
 * @throws MediaError `MEDIA_UNAVAILABLE` after `timeoutMs`; else what `promise` throws.
 */
export async function within<Value>(
  timeoutMs: number,
  promise: Promise<Value>,
  discard?: (late: Value) => void,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new MediaError('MEDIA_UNAVAILABLE', 'The media worker does not answer.'));
    }, timeoutMs);
  });
  promise.then(
    (value) => {
      if (late) {
        discard?.(value);
      }
    },
    // The caller below gets the error; after the deadline it concerns nobody.
    () => undefined,
  );
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
