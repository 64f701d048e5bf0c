import { type MariaDb, missingMariaDbProgram, startMariaDb } from './mariadb.js';
import { startServer, type TestServer } from './server.js';

/** A database server that a suite runs on. */
interface TestDatabase {
  name: string;
  /** A server of ours on an empty database of this kind. */
  startServer(env?: Record<string, string>): Promise<TestServer>;
  close(): Promise<void>;
}

/** Describes the same behaviour on every database that we support; says so when one cannot be started here. */
export function describeOnEveryDatabase(what: string, tests: (database: TestDatabase) => void): void {
  describe(`${what} (SQLite)`, () => {
    tests({ name: 'SQLite', startServer, close: () => Promise.resolve() });
  });
  const missing = missingMariaDbProgram();
  if (missing) {
    it.skip(`${what} (MariaDB): skipped, because ${missing} is not installed`, () => undefined);
    return;
  }
  describe(`${what} (MariaDB)`, () => {
    let running: Promise<MariaDb> | undefined;
    tests({
      name: 'MariaDB',
      startServer: async (env = {}) => {
        const mariaDb = await (running ??= startMariaDb());
        return startServer({ DATABASE_URL: await mariaDb.createDatabase(), ...env });
      },
      close: async () => (await running)?.close(),
    });
  });
}
