import { ERROR_CODES, type ErrorCode, type ErrorReply, type Problem } from '@minimeet/protocol';

/** Everything that goes wrong in this library, with the code that the server's API gives it. */
export class MiniMeetError extends Error {
  readonly code: ErrorCode;
  /** The same call may succeed later without a change. */
  readonly retryable: boolean;
  /** For `INVALID_PAYLOAD`: sentences by field. */
  readonly details?: Record<string, string[]>;

  constructor(code: ErrorCode, message: string, options: { details?: Record<string, string[]>; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'MiniMeetError';
    this.code = code;
    this.retryable = ERROR_CODES[code].retryable;
    this.details = options.details;
  }

  /**
   * Makes an error of an ack or of a refused connection. A code that this version does not know counts as `INTERNAL`.
   */
  static fromReply(reply: Pick<ErrorReply, 'code' | 'message' | 'details'>): MiniMeetError {
    return new MiniMeetError(knownCode(reply.code), reply.message, { details: reply.details });
  }

  static fromProblem(problem: Problem): MiniMeetError {
    return new MiniMeetError(knownCode(problem.code), problem.detail, { details: problem.details });
  }

  /** Anything thrown, as one of ours: mediasoup-client's errors get the code that fits. */
  static from(thrown: unknown): MiniMeetError {
    if (thrown instanceof MiniMeetError) return thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return new MiniMeetError(codeOf(error), error.message, { cause: error });
  }
}

function knownCode(code: ErrorCode): ErrorCode {
  return code in ERROR_CODES ? code : 'INTERNAL';
}

function codeOf(error: Error): ErrorCode {
  if (error.name === 'UnsupportedError') return 'UNSUPPORTED_MEDIA';
  if (error.name === 'InvalidStateError') return 'WRONG_STATE';
  return 'INTERNAL';
}

/** Whether what was thrown carries an `ErrorReply`, as the server's refusal of a connection does in `error.data`. */
export function isErrorReply(value: unknown): value is ErrorReply {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
