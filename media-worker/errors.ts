import { errors as mediasoupErrors } from 'mediasoup';
import { ERROR_CODES, type ErrorCode } from '@minimeet/protocol';

/** The caller's doing, or a passing state of the workers. Everything else that is thrown is a bug. */
export class MediaError extends Error {
  override readonly name = 'MediaError';

  constructor(
    readonly code: ErrorCode,
    /** A sentence for a person. */
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The same request may succeed later without a change. */
  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/**
 * Names what mediasoup or its worker threw while it did something with a client's parameters.
 *
 * @returns `MEDIA_UNAVAILABLE` when the worker or a parent object went away, else `UNSUPPORTED_MEDIA`.
 */
export function refusal(error: unknown, what: string): MediaError {
  if (error instanceof MediaError) {
    return error;
  }
  if (error instanceof mediasoupErrors.WorkerClosedError || error instanceof mediasoupErrors.NotFoundError) {
    return unavailable(error);
  }
  return new MediaError('UNSUPPORTED_MEDIA', `The ${what} cannot be used: ${messageOf(error)}.`, { cause: error });
}

/** Names a failure for which the client can do nothing but try again. */
export function unavailable(error: unknown): MediaError {
  return error instanceof MediaError
    ? error
    : new MediaError('MEDIA_UNAVAILABLE', 'No media worker can do this now.', { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
