/** @needs chromium */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { startServer, type TestServer } from '../support/server.js';

const EXAMPLE = fileURLToPath(new URL('../../sdk/example', import.meta.url));
const VITE = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));

let server: TestServer;
let page: ChildProcess;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  server = await startServer({ ALLOWED_ORIGINS: origin });
  page = spawn(process.execPath, [VITE, EXAMPLE, '--host', '127.0.0.1', '--port', String(port), '--strictPort'], {
    env: { ...process.env, MINIMEET_SERVER: server.origin },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await eventually(
    () =>
      fetch(origin).then(
        () => true,
        () => undefined,
      ),
    'vite does not answer',
    30_000,
  );
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
  page.kill();
  await server.close();
});

/** Waits until another tab's picture moves. */
function seesTheOther(tab: Page, which: string): Promise<number> {
  return eventually(
    () =>
      tab.evaluate(() => {
        const frames = document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
        return frames > 10 ? frames : undefined;
      }),
    `the ${which} tab shows nothing`,
    30_000,
  );
}

it("the SDK's example gets two tabs talking", async () => {
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(origin);
  const address = await eventually(
    () => (first.url().includes('#') ? first.url() : undefined),
    'no room was made',
    30_000,
  );
  const second = await context.newPage();
  await second.goto(address);
  await seesTheOther(second, 'second');
  // Chromium presents frames only in the tab in front.
  await first.bringToFront();
  await seesTheOther(first, 'first');
}, 90_000);
