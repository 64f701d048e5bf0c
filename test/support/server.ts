import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig } from '../../src/common/config/index.js';
import { createApp } from '../../src/create-app.js';
import { MediaHost } from '../../src/websocket/media-host.js';

/** A whole server of its own: a free port, its own database, one media worker. */
export interface TestServer {
  /** `http://127.0.0.1:…` */
  origin: string;
  app: NestExpressApplication;
  /** Processes of the media workers that live now. */
  workerPids(): number[];
  /** Stops it, and removes what it stored. */
  close(): Promise<void>;
}

/** Starts a server in this process; `env` is what differs from the defaults of tests. */
export async function startServer(env: Record<string, string> = {}): Promise<TestServer> {
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
