import type { ErrorCode } from '@minimeet/protocol';

export interface AppErrorOptions {
  /** For `INVALID_PAYLOAD`: sentences by the field's path. */
  details?: Record<string, string[]>;
  /** Whole seconds after which another try makes sense: the `Retry-After` header. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** A failure that is part of the API: its code goes to the client, with the status and `retryable` of `ERROR_CODES`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly details: Record<string, string[]> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { details, retryAfterSeconds, cause }: AppErrorOptions = {},
  ) {
    super(message, { cause });
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
