import { ConfigError } from './common/config/index.js';
import { isDatabaseDown } from './common/errors/index.js';

/** Codes of a database that answers, and does not let us in. */
const REFUSED = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR']);

/** Says in a sentence what keeps the server from starting, with the variable to change; `undefined`: our own fault. */
export function startupProblem(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof ConfigError) return message;
  if (code === 'EADDRINUSE') return 'PORT: another program listens on this port; set PORT to a free one.';
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES') return `HOST and PORT: cannot listen there (${message}).`;
  if (isDatabaseDown(error) || REFUSED.has(code ?? ''))
    return `DATABASE_URL: the database cannot be used (${message}).`;
  return undefined;
}
