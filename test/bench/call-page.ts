import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MiniMeetApi } from '@minimeet/sdk';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../support/browser.js';
import type { BenchPage, JoinMeasure } from './page/page.js';

const SOURCE = fileURLToPath(new URL('../../page', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

declare global {
  interface Window {
    bench: BenchPage;
  }
}

/** Chromium with the benchmark's own page, which is the SDK and a stopwatch. */
export class CallPages {
  private constructor(
    private readonly browser: Browser,
    private readonly http: Server,
    private readonly folder: string,
    readonly origin: string,
  ) {}

  static async start(): Promise<CallPages> {
    const folder = await mkdtemp(join(tmpdir(), 'minimeet-bench-page-'));
    await build({
      root: SOURCE,
      configFile: false,
      logLevel: 'error',
      resolve: { conditions: ['minimeet-source', 'module', 'browser', 'production'] },
      build: { outDir: folder, emptyOutDir: true },
    });
    const http = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://x').pathname).replace(/\/$/, '/index.html');
      readFile(join(folder, path)).then(
        (file) => response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').end(file),
        () => response.writeHead(404).end(),
      );
    }).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    return new CallPages(await launchBrowser(), http, folder, origin);
  }

  /** Somebody in front of the button. */
  async arrive(options: {
    url: string;
    api: MiniMeetApi;
    slug: string;
    framesPerSecond: number;
    before: 'nothing' | 'socket' | 'media';
  }): Promise<CallPage> {
    const { url, api, slug, framesPerSecond, before } = options;
    const accessToken = await api.accessToken();
    const page = await this.browser.newPage();
    await page.goto(this.origin);
    await page.waitForFunction(() => 'bench' in window);
    await page.evaluate((request) => window.bench.arrive(request), { url, accessToken, slug, framesPerSecond, before });
    return new CallPage(page);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.http.close();
    this.http.closeAllConnections();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export class CallPage {
  constructor(private readonly page: Page) {}

  /** Joins. @returns how long the first picture took; without waiting for one when nobody else is there. */
  click(waitForFrame = true): Promise<JoinMeasure> {
    return this.page.evaluate((wait) => window.bench.click(wait), waitForFrame);
  }

  async leave(): Promise<void> {
    await this.page.evaluate(() => window.bench.leave());
    await this.page.close();
  }
}
