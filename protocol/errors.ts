/** The HTTP status of an error code, and whether another try may help. */
interface ErrorKind {
  /** HTTP status (RFC 9110) of the problem document that carries the code. */
  status: number;
  /** The same request may succeed later without a change. */
  retryable: boolean;
}

/** Every error code of the REST and the Socket.IO API. */
export const ERROR_CODES = {
  /** A field is missing, unknown, of the wrong type or out of bounds; `details` says which. */
  INVALID_PAYLOAD: { status: 400, retryable: false },
  /** No token, or one that is malformed, forged or expired. */
  UNAUTHENTICATED: { status: 401, retryable: false },
  /** The e-mail address or the password is wrong; it does not say which. */
  INVALID_CREDENTIALS: { status: 401, retryable: false },
  /** The refresh token is unknown, expired or was used before (which revokes its whole family). */
  INVALID_REFRESH_TOKEN: { status: 401, retryable: false },
  /** Known, but not allowed. */
  FORBIDDEN: { status: 403, retryable: false },
  /** The room is locked: nobody new comes in. */
  ROOM_LOCKED: { status: 403, retryable: false },
  /** Banned from the room. */
  BANNED: { status: 403, retryable: false },
  /** The room wants a password, or another one than was given: `join_room` carries it. */
  ROOM_PASSWORD_REQUIRED: { status: 403, retryable: false },
  /** The room has a lobby: ask with `request_admission`. */
  ADMISSION_REQUIRED: { status: 403, retryable: false },
  /** The host allows nobody to unmute themselves. */
  UNMUTE_FORBIDDEN: { status: 403, retryable: false },
  /** No such thing, or none that you may know of. */
  NOT_FOUND: { status: 404, retryable: false },
  /** Another account has this e-mail address. */
  EMAIL_TAKEN: { status: 409, retryable: false },
  /** The id is in use for something else. */
  CONFLICT: { status: 409, retryable: false },
  /** Asked in the wrong order: before joining, after closing, connecting twice. */
  WRONG_STATE: { status: 409, retryable: false },
  /** The room has as many people as it takes. */
  ROOM_FULL: { status: 409, retryable: true },
  /** An invite is used up, expired or revoked. */
  INVITE_INVALID: { status: 410, retryable: false },
  /** More bytes than a request may have. */
  PAYLOAD_TOO_LARGE: { status: 413, retryable: false },
  /** The file is not what it must be here, such as a picture; the message says what. */
  UNSUPPORTED_FILE: { status: 415, retryable: false },
  /** The file has no such bytes as the `Range` header asks for. */
  RANGE_NOT_SATISFIABLE: { status: 416, retryable: false },
  /** The RTP or DTLS parameters are not usable; the message says why. */
  UNSUPPORTED_MEDIA: { status: 422, retryable: false },
  /** The password is among the most common ones. */
  PASSWORD_TOO_COMMON: { status: 422, retryable: false },
  /** One more producer, consumer, tile … than one may have. */
  LIMIT_EXCEEDED: { status: 422, retryable: false },
  /** Too many requests; wait a moment. */
  RATE_LIMITED: { status: 429, retryable: true },
  /** The client speaks another major version of the protocol. */
  UNSUPPORTED_VERSION: { status: 426, retryable: false },
  /** No request of this name. */
  UNKNOWN_EVENT: { status: 404, retryable: false },
  /** A fault of the server; it has been logged. */
  INTERNAL: { status: 500, retryable: true },
  /** No media worker can take it now. */
  MEDIA_UNAVAILABLE: { status: 503, retryable: true },
  /** The database does not answer; running calls go on. */
  DATABASE_UNAVAILABLE: { status: 503, retryable: true },
  /** The disk, or the room's share of it, is full. */
  STORAGE_FULL: { status: 507, retryable: false },
  /** The server shuts down; another will answer. */
  DRAINING: { status: 503, retryable: true },
  /** No answer in time. Made by the client, or by the server about a worker. */
  TIMED_OUT: { status: 504, retryable: true },
  /** The connection was lost before the ack. Made by the client. */
  DISCONNECTED: { status: 503, retryable: true },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What an ack carries when a request failed. */
export interface ErrorReply {
  code: ErrorCode;
  /** A sentence for a person. */
  message: string;
  retryable: boolean;
  /** For `INVALID_PAYLOAD`: a sentence a field, by the field's path. */
  details?: Record<string, string[]>;
}

/** Every client request is acknowledged with one of these. */
export type Ack<Data> = { ok: true; data: Data } | { ok: false; error: ErrorReply };
