import { ERROR_CODES, type ErrorCode, type ErrorReply } from '@minimeet/protocol';
import { HttpException, Logger } from '@nestjs/common';
import { AppError } from './app-error.js';
import { isDatabaseDown, isDatabaseFull } from './database-failure.js';

const logger = new Logger('Errors');

/** Our codes for the statuses of HTTP frameworks, which throw no errors of ours. */
const CODE_BY_STATUS: Record<number, ErrorCode> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
};

/**
 * A failure as clients see it, over HTTP and Socket.IO alike. Unknown failures are logged here, once, and leak nothing.
 */
export function toErrorReply(error: unknown): ErrorReply {
  const { code, message, details } = describe(error);
  return { code, message, retryable: ERROR_CODES[code].retryable, ...(details && { details }) };
}

/** The code that `toErrorReply` gives to a failure. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (hasErrorCode(error)) return error.code;
  if (isDatabaseFull(error)) return 'STORAGE_FULL';
  if (isDatabaseDown(error)) return 'DATABASE_UNAVAILABLE';
  const status = statusOf(error);
  return status !== undefined && status < 500 ? (CODE_BY_STATUS[status] ?? 'INVALID_PAYLOAD') : 'INTERNAL';
}

function describe(error: unknown): { code: ErrorCode; message: string; details?: Record<string, string[]> } {
  const code = errorCodeOf(error);
  if (hasErrorCode(error)) {
    const details = error instanceof AppError ? error.details : undefined;
    return { code, message: error.message, ...(details && { details }) };
  }
  if (code === 'STORAGE_FULL') {
    logger.error(`The database is full: ${messageOf(error)}`);
    return { code, message: 'The disk of the server is full; nothing can be stored until its operator makes room.' };
  }
  if (code === 'DATABASE_UNAVAILABLE') {
    logger.warn(`The database does not answer: ${messageOf(error)}`);
    return { code, message: 'The database does not answer; try again in a moment.' };
  }
  if (code !== 'INTERNAL') return { code, message: messageOf(error) };
  logger.error(messageOf(error), error instanceof Error ? error.stack : undefined);
  return { code, message: 'Something went wrong on the server; it has been logged.' };
}

/** AppError, and MediaError of the media core. */
function hasErrorCode(error: unknown): error is Error & { code: ErrorCode } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    Object.hasOwn(ERROR_CODES, error.code)
  );
}

/** The status of Nest's errors, of the body parser's and of the router's. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
