import { types } from 'node:util';

// Drivers' errors may come from another realm than ours, where `instanceof` says no.
const { isNativeError } = types;

/** Codes of drivers and of the operating system for a database that cannot work now, whatever the statement. */
const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'POOL_CLOSED',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
  'ER_NET_READ_ERROR',
  'ER_NET_READ_INTERRUPTED',
  'ER_NET_ERROR_ON_WRITE',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_DEADLOCK',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
]);

const FULL_CODES = new Set(['SQLITE_FULL', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);
const DUPLICATE_CODES = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE']);
const MISSING_REFERENCE_CODES = new Set([
  'ER_NO_REFERENCED_ROW',
  'ER_NO_REFERENCED_ROW_2',
  'SQLITE_CONSTRAINT_FOREIGNKEY',
]);
const DEADLOCK_CODES = new Set(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);

/** Messages of lost connections for which drivers give no code. */
const UNAVAILABLE_MESSAGE = /closed state|connection is not open|Pool is closed|Driver not Connected/i;

/** Whether `error` says that the database does not answer (any more). */
export function isDatabaseDown(error: unknown): boolean {
  const code = driverCode(error);
  if (code === undefined) return isNativeError(error) && UNAVAILABLE_MESSAGE.test(error.message);
  return UNAVAILABLE_CODES.has(code) || code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_BUSY');
}

/** Whether the disk is full. `isDatabaseDown` holds too: the database is down for writers. */
export function isDatabaseFull(error: unknown): boolean {
  return FULL_CODES.has(driverCode(error) ?? '');
}

/** Whether a statement met a row with the same key. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE_CODES.has(driverCode(error) ?? '');
}

/** Whether a row refers to another that is not there (any more). */
export function isMissingReference(error: unknown): boolean {
  return MISSING_REFERENCE_CODES.has(driverCode(error) ?? '');
}

/** Whether the database gave up this transaction in favour of another. A new attempt may succeed. */
export function isDeadlock(error: unknown): boolean {
  return DEADLOCK_CODES.has(driverCode(error) ?? '');
}

function driverCode(error: unknown): string | undefined {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
