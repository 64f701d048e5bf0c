import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppConfig, loadConfig } from '../../src/common/config/index.js';
import { EventBus, type Events } from '../../src/common/events/index.js';
import { createApp } from '../../src/create-app.js';
import { MediaHost } from '../../src/websocket/media-host.js';
import { connectedPeople, Person } from './person.js';

/** Starting a database as well takes a while on a slow machine. */
const START_TIMEOUT_MS = 60_000;

/** Differences from the defaults of tests. */
export type Env = Record<string, string>;

/** A server that somebody else stops. */
export interface RunningServer {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  readonly app: NestExpressApplication;
  /** Processes of the media workers that live now. */
  workerPids(): number[];
}

/** A whole server of its own: a free port, its own database, one media worker. */
export interface TestServer extends RunningServer {
  /** Stops it, and removes what it stored. */
  close(): Promise<void>;
}

/** Starts a server in this process. */
export async function startServer(env: Env = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'minimeet-'));
  const { MEDIASOUP_WORKER_BIN } = process.env;
  const config = loadConfig({
    PORT: '0',
    METRICS_PORT: '0',
    DATA_DIR: dataDir,
    MEDIA_WORKERS: '1',
    LOG_LEVEL: 'warn',
    ...(MEDIASOUP_WORKER_BIN && { MEDIASOUP_WORKER_BIN }),
    ...env,
  });
  const app = await createApp(config);
  await app.listen(config.port, config.host);
  const media = app.get(MediaHost, { strict: false });
  return {
    origin: await app.getUrl(),
    app,
    workerPids: () => media.status().slots.flatMap(({ pid }) => (pid === null ? [] : [pid])),
    close: async () => {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts another one on the data of a server that is as good as dead: it still runs, and knows nothing of it. */
export function startBeside({ app }: RunningServer): Promise<TestServer> {
  return startServer({ DATA_DIR: app.get(AppConfig, { strict: false }).dataDir });
}

/** The next fact of this name that the server tells itself. */
export function factOf<Name extends keyof Events>({ app }: RunningServer, name: Name): Promise<Events[Name]> {
  return new Promise((resolve) => app.get(EventBus, { strict: false }).subscribe(name, resolve));
}

export interface UsedServer {
  /** Runs from `beforeAll` to `afterAll`. @throws Error when used before */
  server: RunningServer;
  /** Registers and connects a person, with the server's `LOAD_TEST_KEY` when it has one. */
  person(displayName: string): Promise<Person>;
}

/**
 * One server for all tests of the block that calls this. Each `Person` who connects in a test (or in its `beforeEach`)
 * leaves after it; those who connect in `beforeAll` stay until the server stops. Jest runs hooks in the order of their
 * definition, so an `afterEach` or `afterAll` that still needs the people or the server stands before this call.
 * @param env - given as a function when it is known only in `beforeAll`
 */
export function useServer(env: Env | (() => Promise<Env>) = {}, start = startServer): UsedServer {
  let running: TestServer | undefined;
  let loadTestKey: string | undefined;
  let staying: Person[] = [];
  const started = (): TestServer => {
    if (!running)
      throw new Error('The server of useServer() runs from beforeAll to afterAll: use it in hooks and tests.');
    return running;
  };
  beforeAll(async () => {
    const chosen = typeof env === 'function' ? await env() : env;
    loadTestKey = chosen['LOAD_TEST_KEY'];
    running = await start(chosen);
  }, START_TIMEOUT_MS);
  beforeEach(() => {
    staying = [...connectedPeople];
  });
  afterEach(() => {
    for (const person of connectedPeople) if (!staying.includes(person)) person.leave();
  });
  afterAll(async () => {
    for (const person of connectedPeople) person.leave();
    await running?.close();
    running = undefined;
  });
  return {
    server: {
      get origin() {
        return started().origin;
      },
      get app() {
        return started().app;
      },
      workerPids: () => started().workerPids(),
    },
    person: (displayName) => Person.connected(started().origin, displayName, loadTestKey),
  };
}
