import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.js';

const START_TIMEOUT_MS = 30_000;
const PROGRAMS = ['mariadbd', 'mariadb-install-db'];
/** A test's database has to outlive its server's process, and nothing worse. */
const UNSAFE = ['--innodb-flush-method=nosync', '--innodb-flush-log-at-trx-commit=2', '--skip-sync-frm'];
/**
 * Waits until its standard input ends, with `close` or with the process that runs the tests, whatever ends that one.
 * Then it kills the server in the folder and removes the folder.
 */
const KEEPER = 'read -r _; kill -KILL "$(cat "$0/pid")"; rm -rf "$0"';
/** Belongs to this process, which may run one spec file after the other. */
const SHARED = path.join(tmpdir(), `minimeet-mariadb-${process.pid}-${Math.floor(performance.timeOrigin)}`);

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

/** A new, empty database of the server that all suites of this process share, for `DATABASE_URL`. */
export async function newMariaDbDatabase(): Promise<string> {
  const file = path.join(SHARED, 'url');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return createDatabase(known);
  await mkdir(SHARED);
  const { url, server } = await startIn(SHARED, []);
  server.unref();
  await writeFile(file, url);
  return createDatabase(url);
}

/** Starts a MariaDB for a suite that disturbs others; `options` differ from its defaults. */
export async function startMariaDb(options: string[] = []): Promise<MariaDb> {
  const { url, keeper, start, ...started } = await startIn(
    await mkdtemp(path.join(tmpdir(), 'minimeet-mariadb-')),
    options,
  );
  let { server } = started;
  const crash = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  return {
    get process() {
      return server;
    },
    crash,
    restart: async () => {
      server = await start();
    },
    createDatabase: () => createDatabase(url),
    close: async () => {
      await crash();
      keeper.stdin.end();
      await once(keeper, 'exit');
    },
  };
}

/** Installs MariaDB in an empty folder and starts it on a free port of 127.0.0.1. */
async function startIn(folder: string, options: string[]) {
  const keeper = spawn('sh', ['-c', KEEPER, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  keeper.unref();
  const data = path.join(folder, 'data');
  // A starting server deletes the temporary tables that it finds, even another one's: so each has a place of its own.
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  const env = { ...withSbin(), TMPDIR: temporary };
  const common = [
    '--no-defaults',
    `--datadir=${data}`,
    ...UNSAFE,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
  execFileSync('mariadb-install-db', [...common, '--auth-root-authentication-method=normal', '--skip-test-db'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await freePort();
  const url = `mysql://root@127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(
      'mariadbd',
      [
        ...common,
        `--socket=${path.join(folder, 'socket')}`,
        `--pid-file=${path.join(folder, 'pid')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        // A default unlike ours, so that the migration has to say what it needs.
        '--character-set-server=latin1',
        ...options,
      ],
      { env, stdio: 'ignore' },
    );
    await untilReady(url, server);
    return server;
  };
  return { url, keeper, start, server: await start() };
}

async function createDatabase(url: string): Promise<string> {
  const name = `minimeet_${randomUUID().replaceAll('-', '')}`;
  const connection = await createConnection(url);
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.end();
  return `${url}/${name}`;
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
