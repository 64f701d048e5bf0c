import { readFile } from 'node:fs/promises';
import { metricsDocument } from '../../src/analytics/metrics/document.js';
import { send } from '../support/http.js';
import { useServer } from '../support/server.js';
import { metricsUrl, scrape, sumOf } from './prometheus.js';

const OPENMETRICS = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5';

describe('docs/METRICS.md', () => {
  it('is what the metrics say of themselves (else run `node scripts/metrics-doc.mjs`)', async () => {
    expect(await readFile(new URL('../../docs/METRICS.md', import.meta.url), 'utf8')).toBe(metricsDocument());
  });
});

describe('a scrape', () => {
  const { server } = useServer();

  it('is in the format that was asked for, again and again', async () => {
    for (let round = 0; round < 2; round += 1) {
      const text = await fetch(metricsUrl(server));
      expect(text.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      const plain = await text.text();
      expect(plain).toContain('# TYPE minimeet_chat_messages_total counter\nminimeet_chat_messages_total 0\n');
      expect(plain).not.toContain('# EOF');

      const open = await fetch(metricsUrl(server), { headers: { Accept: OPENMETRICS } });
      expect(open.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
      const body = await open.text();
      expect(body).toContain('# TYPE minimeet_chat_messages counter\nminimeet_chat_messages_total 0\n');
      expect(body.endsWith('\n# EOF\n')).toBe(true);
      expect(body).not.toContain('\n\n');
    }
  });

  it('has what the documents name, each with its help, and nothing else of ours', async () => {
    const text = await (await fetch(metricsUrl(server))).text();
    const served = [...text.matchAll(/^# HELP (minimeet_\w+) \S/gm)].map(([, name]) => name);
    const documented = [...metricsDocument().matchAll(/^\| `(minimeet_\w+)` \| (?:[^|\n]+\|){4}$/gm)].map(
      ([, name]) => name,
    );
    expect(served.sort()).toEqual(documented.sort());
    expect(served.length).toBeGreaterThan(40);
  });

  it('only counters end in _total', async () => {
    const text = await (await fetch(metricsUrl(server))).text();
    for (const [, name, type] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
      expect([name, name?.endsWith('_total')]).toEqual([name, type === 'counter']);
    }
  });

  it('tells of the process: disk, event loop, workers, nothing lost', async () => {
    const samples = await scrape(server);
    const valueOf = (name: string, labels = {}): number => sumOf(samples, name, labels) ?? NaN;
    expect(valueOf('minimeet_disk_size_bytes')).toBeGreaterThan(valueOf('minimeet_disk_free_bytes'));
    expect(valueOf('minimeet_disk_free_bytes')).toBeGreaterThan(0);
    expect(valueOf('minimeet_event_loop_delay_seconds', { quantile: '0.99' })).toBeLessThan(5);
    expect(valueOf('minimeet_worker_up', { slot: '0' })).toBe(1);
    expect(valueOf('minimeet_draining')).toBe(0);
    expect(valueOf('minimeet_database_query_seconds_count', { result: 'succeeded' })).toBeGreaterThan(0);
    expect(valueOf('minimeet_collector_failures_total')).toBe(0);
  });

  it('asks no worker and no database', async () => {
    const before = await scrape(server);
    for (let round = 0; round < 50; round += 1) await scrape(server);
    const after = await scrape(server);
    const grown = (name: string): number => (sumOf(after, name) ?? NaN) - (sumOf(before, name) ?? NaN);
    // The watchdog asks each worker every second or so, whether anybody scrapes or not.
    expect(grown('minimeet_worker_requests_total')).toBeLessThan(10);
    expect(grown('minimeet_database_query_seconds_count')).toBe(0);
  });

  it('is at /metrics only, by GET', async () => {
    const url = metricsUrl(server);
    expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    const page = await send(server.origin, 'GET', '/metrics', { headers: { Accept: 'text/plain' } });
    expect(String(page.body)).not.toContain('minimeet_rooms');
  });
});

describe('a scrape with METRICS_TOKEN set', () => {
  const token = 'a-token-of-the-metrics';
  const { server } = useServer({ METRICS_TOKEN: token });

  it('needs the token', async () => {
    const statusWith = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(metricsUrl(server), { headers })).status;
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ Authorization: `Bearer ${token}x` })).toBe(401);
    expect(await statusWith({ Authorization: `Basic ${token}` })).toBe(401);
    expect(await statusWith({ Authorization: 'Bearer' })).toBe(401);
    expect(await statusWith({ Authorization: `Bearer ${token}` })).toBe(200);
    const refused = await fetch(metricsUrl(server));
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  });
});
