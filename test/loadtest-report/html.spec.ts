/** @needs chromium */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { htmlReport, htmlSteps } from '../../loadtest/report/html.js';
import { junitReport } from '../../loadtest/report/junit.js';
import { emptyRun, gated, goodRun } from '../../loadtest/report/testing/results.js';
import type { RunResult } from '../../loadtest/run-result.js';
import { launchBrowser } from '../support/browser.js';

const RULES = 'join_p95<800ms,first_frame_p95<1s,loss<0.1%,latency_p99<150ms,failed_joins=0';
const NASTY = `<img src=x onerror="fetch('http://127.0.0.1:9/')"></title></style><script>throw 1</script>'"&\u0007`;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimeet-report-'));
  browser = await launchBrowser({ devices: 'none' });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a report from a file, as its reader does. Each complaint and each request but for the file itself ends up in `troubles`. */
async function open(html: string, width: number, dark = false): Promise<{ page: Page; troubles: string[] }> {
  const file = pathToFileURL(join(folder, 'report.html')).href;
  await writeFile(new URL(file), html);
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light' });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== file && !request.url().startsWith('data:')) troubles.push(request.url());
  });
  await page.goto(file);
  return { page, troubles };
}

/** For a person to look at: MINIMEET_SCREENSHOTS names a folder. */
async function keep(page: Page, name: string): Promise<void> {
  const wanted = process.env['MINIMEET_SCREENSHOTS'];
  if (wanted) await page.screenshot({ path: join(wanted, `${name}.png`), fullPage: true });
}

async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

function longRun(): RunResult {
  const { timeline, ...rest } = goodRun();
  return { ...rest, timeline: Array.from({ length: 3600 }, (_, second) => ({ ...timeline[second % 75]!, second })) };
}

describe.each([
  [1440, false],
  [768, true],
  [390, false],
  [390, true],
])('the HTML report %d px wide (dark: %s)', (width, dark) => {
  it('shows the verdict, the figures and every chart, without scrolling sideways', async () => {
    const { page, troubles } = await open(htmlReport(gated(goodRun(), RULES)), width, dark);
    expect(await page.locator('.verdict').first().innerText()).toMatch(
      /^FAILED\s*2 of 5 rules broken: loss<0.1% \(0.167 %\)/,
    );
    expect(await overflowOf(page)).toBe(0);
    const charts = page.locator('figure.chart svg');
    expect(await charts.count()).toBe(8);
    for (const chart of await charts.all()) {
      const box = await chart.boundingBox();
      expect(box?.width).toBeGreaterThan(200);
      const drawn = await chart.locator('.line, .bar').first().boundingBox();
      expect(drawn?.height).toBeGreaterThan(5);
      expect(drawn && box && drawn.x >= box.x && drawn.x + drawn.width <= box.x + box.width + 1).toBe(true);
    }
    const parts = await page.locator('.stack svg').first().locator('rect').all();
    const widths = await Promise.all(parts.map(async (part) => (await part.boundingBox())?.width ?? 0));
    expect(widths).toHaveLength(7);
    expect(Math.min(...widths)).toBeGreaterThan(1);
    expect(await page.locator('main').innerText()).toContain('npm run loadtest -- --rooms 4');
    await keep(page, `report-${width}${dark ? '-dark' : ''}`);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('is honest about a run that measured nothing', async () => {
    const { page, troubles } = await open(htmlReport(gated(emptyRun(), RULES)), width, dark);
    expect(await page.locator('figure.chart .none').allInnerTexts()).toHaveLength(8);
    expect(await page.locator('main').innerText()).not.toMatch(/NaN|null|undefined|Infinity/);
    expect(await page.locator('.warning').innerText()).toContain('refuses connections');
    expect(await overflowOf(page)).toBe(0);
    await keep(page, `empty-${width}${dark ? '-dark' : ''}`);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('shows the steps of a search for the highest load', async () => {
    const steps = [20, 40, 60, 80].map((people, i) => {
      const result = goodRun({ load: { ...goodRun().load, people } });
      result.media.video.latencyMs.p99 = 10 + i * i * 20;
      return gated(result, 'latency_p99<150ms');
    });
    const { page, troubles } = await open(htmlSteps(steps), width, dark);
    expect(await page.locator('.verdict').first().innerText()).toContain(
      'with 80 it broke: latency_p99<150ms (190 ms)',
    );
    expect(await page.locator('figure.chart .line').count()).toBe(4);
    expect(await overflowOf(page)).toBe(0);
    await keep(page, `steps-${width}${dark ? '-dark' : ''}`);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

it('the HTML report of an hour stays small, and keeps its worst moments', async () => {
  const run = longRun();
  run.timeline[1801]!.latencyP99Ms = 987;
  const html = htmlReport(run);
  expect(html.length).toBeLessThan(600_000);
  const { page } = await open(html, 1440);
  expect(await page.locator('svg[aria-label="Latency p99: at most 987 ms"]').count()).toBe(1);
  await page.context().close();
});

it('texts from elsewhere are only texts, in HTML and in JUnit XML', async () => {
  const run = goodRun({
    title: NASTY,
    command: NASTY,
    server: { url: NASTY, version: NASTY },
    serverMetricsProblem: NASTY,
  });
  run.joins.failures = [{ reason: NASTY, count: 1 }];
  run.gate = { passed: false, rules: [{ rule: NASTY, limit: 1, actual: 2, unit: NASTY, passed: false }] };
  const { page, troubles } = await open(htmlReport(run), 1440);
  expect(await page.locator('h1').innerText()).toContain('<img src=x onerror=');
  expect(await page.locator('script, img').count()).toBe(0);
  const parsed = await page.evaluate((xml) => {
    const document = new DOMParser().parseFromString(xml, 'application/xml');
    return {
      error: document.querySelector('parsererror')?.textContent ?? null,
      name: document.querySelector('testsuite')?.getAttribute('name'),
      failures: document.querySelectorAll('testcase > failure').length,
      elements: [...new Set([...document.querySelectorAll('*')].map(({ tagName }) => tagName))],
    };
  }, junitReport(run));
  expect(parsed).toEqual({
    error: null,
    name: NASTY.replace('\u0007', '\ufffd'),
    failures: 3,
    elements: ['testsuites', 'testsuite', 'testcase', 'failure', 'system-out'],
  });
  expect(troubles).toEqual([]);
  await page.context().close();
});
