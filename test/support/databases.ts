import { missingMariaDbProgram, newMariaDbDatabase } from './mariadb.js';
import { type Env, type TestServer, startServer, type UsedServer, useServer } from './server.js';

/** A kind of database that a suite runs on. */
export interface TestDatabase {
  readonly name: string;
  /** The environment that a server needs besides `DATA_DIR` to use a new, empty database of this kind. */
  emptyDatabase(): Promise<Env>;
  /** See `useServer`; its database is empty at the beginning. */
  useServer(env?: Env): UsedServer;
}

/** Describes the same behaviour on every database that we support; says so when one cannot be started here. */
export function describeOnEveryDatabase(what: string, tests: (database: TestDatabase) => void): void {
  describe(`${what} (SQLite)`, () => tests(databaseOf('SQLite', () => Promise.resolve({}))));
  const missing = missingMariaDbProgram();
  if (missing) {
    it.skip(`${what} (MariaDB): skipped, because ${missing} is not installed`, () => undefined);
    return;
  }
  describe(`${what} (MariaDB)`, () =>
    tests(databaseOf('MariaDB', async () => ({ DATABASE_URL: await newMariaDbDatabase() }))));
}

function databaseOf(name: string, emptyDatabase: () => Promise<Env>): TestDatabase {
  const start = async (env: Env = {}): Promise<TestServer> => startServer({ ...(await emptyDatabase()), ...env });
  return { name, emptyDatabase, useServer: (env) => useServer(env, start) };
}
