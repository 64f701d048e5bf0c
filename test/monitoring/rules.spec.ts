/** @needs promtool */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ERROR_CODES } from '@minimeet/protocol';
import { dashboards } from './dashboards.js';
import { PROMETHEUS_FOLDER } from './prometheus.js';

/** promtool evaluates each rule at each minute of each test. */
const TESTS_MS = 60_000;

const run = promisify(execFile);
const rulesFile = (name: string): string => join(PROMETHEUS_FOLDER, `${name}.rules.yml`);
const ALERTS = rulesFile('alerts');

async function promtool(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run('promtool', args);
  return stdout + stderr;
}

async function testFiles(): Promise<string[]> {
  const folder = join(PROMETHEUS_FOLDER, 'tests');
  return (await readdir(folder)).map((name) => join(folder, name));
}

describe('the Prometheus rules', () => {
  it('and the scrape configuration are what promtool takes', async () => {
    expect(await promtool('check', 'config', join(PROMETHEUS_FOLDER, 'prometheus.yml'))).toContain(
      '2 rule files found',
    );
    expect(await promtool('check', 'rules', rulesFile('recording'), ALERTS)).not.toContain('FAILED');
  });

  it(
    'pass their unit tests: who is woken, and who is not',
    async () => {
      expect(await promtool('test', 'rules', ...(await testFiles()))).not.toContain('FAILED');
    },
    TESTS_MS,
  );

  it('have a test for each alert that sees it fire', async () => {
    const names = [...(await readFile(ALERTS, 'utf8')).matchAll(/alert: (\w+)/g)].map(([, name]) => name);
    const tests = (await Promise.all((await testFiles()).map((file) => readFile(file, 'utf8')))).join('');
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !tests.includes(`alertname="${name}"`))).toEqual([]);
  });

  it(
    'would not pass if an alert asked nothing of the number of cases',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'minimeet-rules-'));
      try {
        const guard = ' and instance:minimeet_join_failures:increase10m >= 5';
        const alerts = await readFile(ALERTS, 'utf8');
        expect(alerts).toContain(guard);
        await writeFile(join(folder, 'alerts.rules.yml'), alerts.replace(guard, ''));
        const calls = await readFile(join(PROMETHEUS_FOLDER, 'tests', 'calls.test.yml'), 'utf8');
        const tests = calls.replace('../recording.rules.yml', rulesFile('recording')).replace('../alerts', 'alerts');
        await writeFile(join(folder, 'calls.test.yml'), tests);
        await expect(promtool('test', 'rules', join(folder, 'calls.test.yml'))).rejects.toThrow();
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    TESTS_MS,
  );

  it('count those failed joins as the server’s that are error codes which can be tried again', async () => {
    const [, reasons = ''] = /reason=~"([^"]+)"/.exec(await readFile(rulesFile('recording'), 'utf8')) ?? [];
    const retryable = Object.entries(ERROR_CODES).filter(([, { status, retryable }]) => retryable && status >= 500);
    expect(retryable.map(([code]) => code.toLowerCase())).toEqual(expect.arrayContaining(reasons.split('|')));
  });
});

describe('the Grafana dashboards', () => {
  it('have an id each, and so have their panels', () => {
    const ids = [
      dashboards.map(({ uid }) => uid),
      ...dashboards.map(({ panels }) => panels.map(({ id, title }) => (id > 0 ? id : title))),
    ];
    for (const each of ids) expect(new Set(each).size).toBe(each.length);
    expect(ids.flat().length).toBeGreaterThan(20);
  });
});
