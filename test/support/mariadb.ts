import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.js';

const START_TIMEOUT_MS = 30_000;
const PROGRAMS = ['mariadbd', 'mariadb-install-db'];

/** A private MariaDB server with its own folder and port. */
export interface MariaDb {
  /** A new, empty database, for `DATABASE_URL`. */
  createDatabase(): Promise<string>;
  /** To stop and continue it, as a machine that hangs would. */
  process: ChildProcess;
  /** Ends it as a crash would; its databases stay. */
  crash(): Promise<void>;
  /** After a crash, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The first program that is not installed; `undefined` when MariaDB can be started. */
export function missingMariaDbProgram(): string | undefined {
  return PROGRAMS.find((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { env: withSbin() });
      return false;
    } catch {
      return true;
    }
  });
}

/** Starts MariaDB on a free port of 127.0.0.1; `options` are what differs from its defaults. */
export async function startMariaDb(options: string[] = []): Promise<MariaDb> {
  const folder = await mkdtemp(path.join(tmpdir(), 'minimeet-mariadb-'));
  const data = path.join(folder, 'data');
  // A server that starts deletes the temporary tables that it finds, those of another one too: so each has a place of its own.
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  const env = { ...withSbin(), TMPDIR: temporary };
  const asUser = process.getuid?.() === 0 ? ['--user=root'] : [];
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asUser],
    { env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const start = (): ChildProcess =>
    spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${path.join(folder, 'socket')}`,
        `--pid-file=${path.join(folder, 'pid')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        '--innodb-flush-log-at-trx-commit=2',
        // Not ours, so that the migration has to say what it needs.
        '--character-set-server=latin1',
        ...options,
        ...asUser,
      ],
      { env, stdio: 'ignore' },
    );
  const url = `mysql://root@127.0.0.1:${port}`;
  let server = start();
  await untilReady(url, server);
  const crash = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  let count = 0;
  return {
    get process() {
      return server;
    },
    crash,
    restart: async () => {
      server = start();
      await untilReady(url, server);
    },
    createDatabase: async () => {
      count += 1;
      const connection = await createConnection(url);
      await connection.query(`CREATE DATABASE minimeet_${count}`);
      await connection.end();
      return `${url}/minimeet_${count}`;
    },
    close: async () => {
      await crash();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps servers where only root looks. */
function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const connection = await createConnection(url);
      await connection.end();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}
