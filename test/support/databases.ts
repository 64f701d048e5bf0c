import { type MariaDb, missingMariaDbProgram, startMariaDb } from './mariadb.js';
import { startServer, type TestServer } from './server.js';

/** A database server that a suite runs on. */
interface TestDatabase {
  name: string;
  /** A server of ours on an empty database of this kind. */
  startServer(env?: Record<string, string>): Promise<TestServer>;
  /** What a server's environment needs besides `DATA_DIR` to use a new, empty database of this kind. */
  emptyDatabase(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Describes the same behaviour on every database that we support; says so when one cannot be started here. */
export function describeOnEveryDatabase(what: string, tests: (database: TestDatabase) => void): void {
  describe(`${what} (SQLite)`, () => {
    tests({
      name: 'SQLite',
      startServer,
      emptyDatabase: () => Promise.resolve({}),
      close: () => Promise.resolve(),
    });
  });
  const missing = missingMariaDbProgram();
  if (missing) {
    it.skip(`${what} (MariaDB): skipped, because ${missing} is not installed`, () => undefined);
    return;
  }
  describe(`${what} (MariaDB)`, () => {
    let running: Promise<MariaDb> | undefined;
    const emptyDatabase = async () => {
      const mariaDb = await (running ??= startMariaDb());
      return { DATABASE_URL: await mariaDb.createDatabase() };
    };
    tests({
      name: 'MariaDB',
      startServer: async (env = {}) => startServer({ ...(await emptyDatabase()), ...env }),
      emptyDatabase,
      close: async () => (await running)?.close(),
    });
  });
}
