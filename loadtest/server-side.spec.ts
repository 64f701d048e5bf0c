import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, Registry } from 'prom-client';
import { parsePrometheusText } from './prometheus-text.js';
import { ScrapeSums } from './scrape-sums.js';
import { ServerScraper } from './server-side.js';

/** The metrics of a server that has run for some time; the counters are those of prom-client. */
function metricsOf(state: {
  startedAt?: number;
  cpuSeconds: number;
  packets?: number;
  workers?: number[];
  eventLoopP99?: number;
  memory?: number;
}): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, labelNames: string[] = []) => new Gauge({ name, help: name, labelNames, registers });
  const counter = (name: string, labelNames: string[] = []) => new Counter({ name, help: name, labelNames, registers });
  gauge('minimeet_build_info', ['version', 'node']).set({ version: '0.1.0', node: '24.11.0' }, 1);
  gauge('process_start_time_seconds').set(state.startedAt ?? 1000);
  counter('process_cpu_seconds_total').inc(state.cpuSeconds);
  gauge('process_resident_memory_bytes').set(state.memory ?? 100e6);
  const packets = counter('minimeet_media_packets_total', ['direction', 'kind']);
  packets.inc({ direction: 'down', kind: 'audio' }, (state.packets ?? 0) / 4);
  packets.inc({ direction: 'down', kind: 'video' }, ((state.packets ?? 0) * 3) / 4);
  packets.inc({ direction: 'up', kind: 'video' }, 12345);
  const cpu = gauge('minimeet_worker_cpu_ratio', ['slot']);
  const memory = gauge('minimeet_worker_memory_bytes', ['slot']);
  for (const [slot, ratio] of (state.workers ?? []).entries()) {
    cpu.set({ slot }, ratio);
    memory.set({ slot }, 20e6);
  }
  const delay = gauge('minimeet_event_loop_delay_seconds', ['quantile']);
  delay.set({ quantile: '0.5' }, 0.001);
  delay.set({ quantile: '0.99' }, state.eventLoopP99 ?? NaN);
  return registry.metrics();
}

async function sumsOf(...scrapes: [atMs: number, page: Promise<string>][]): Promise<ScrapeSums> {
  const sums = new ScrapeSums();
  for (const [atMs, page] of scrapes) sums.add(parsePrometheusText(await page), atMs);
  return sums;
}

describe('what the scrapes of a server add up to', () => {
  it('is CPU time by packets, with the workers, and shares of a core', async () => {
    const sums = await sumsOf(
      [0, metricsOf({ cpuSeconds: 50, packets: 400, workers: [0.9, 0.9] })],
      [10_000, metricsOf({ cpuSeconds: 51, packets: 40_400, workers: [0.5, 0.1], memory: 140e6 })],
      [20_000, metricsOf({ cpuSeconds: 54, packets: 100_400, workers: [0.7, 0.1], eventLoopP99: 0.012 })],
    );
    expect(sums.serverSide(200_000)).toEqual({
      // 4 s of the process, 12 and 2 s of the workers.
      cpuMicrosecondsPerPacket: expect.closeTo((18 / 200_000) * 1e6, 6) as number,
      processCpuRatio: 0.2,
      workerCpuRatios: [expect.closeTo(0.6, 9), expect.closeTo(0.1, 9)],
      eventLoopDelayP99Ms: 12,
      memoryBytes: 180e6,
    });
    expect(sums.serverSide()?.cpuMicrosecondsPerPacket).toBeCloseTo((18 / 100_000) * 1e6, 6);
    expect(sums.latest).toEqual({ workerCpuRatio: expect.closeTo(0.8, 9) as number, processCpuRatio: 0.3 });
    expect(sums.version).toBe('0.1.0');
  });

  it.each([
    ['with smaller counters', { startedAt: 1009, cpuSeconds: 2 }, 3],
    ['that has already overtaken the counter of before', { startedAt: 1002, cpuSeconds: 60 }, 61],
    ['that does not say when it began', { startedAt: NaN, cpuSeconds: 2 }, 3],
  ])('goes on across a restart of the server %s', async (_what, restarted, expected) => {
    const sums = await sumsOf(
      [0, metricsOf({ cpuSeconds: 50 })],
      [5000, metricsOf({ cpuSeconds: 51 })],
      [10_000, metricsOf(restarted)],
    );
    expect(sums.serverSide(1)?.processCpuRatio).toBeCloseTo(expected / 10, 9);
  });

  it('looks at the event loop since the measuring began, where the run is long enough to tell', async () => {
    const before = [0, metricsOf({ cpuSeconds: 1, eventLoopP99: 0.2 })] as const;
    const early = [9000, metricsOf({ cpuSeconds: 1, eventLoopP99: 0.1 })] as const;
    const late = [11_000, metricsOf({ cpuSeconds: 1, eventLoopP99: 0.02 })] as const;
    expect((await sumsOf([...before], [...early])).serverSide()?.eventLoopDelayP99Ms).toBe(200);
    expect((await sumsOf([...before], [...early], [...late])).serverSide()?.eventLoopDelayP99Ms).toBe(20);
  });

  it('has no price of a packet without packets or without the workers', async () => {
    const idle = await sumsOf(
      [0, metricsOf({ cpuSeconds: 1, workers: [0] })],
      [1000, metricsOf({ cpuSeconds: 2, workers: [0] })],
    );
    expect(idle.serverSide()?.cpuMicrosecondsPerPacket).toBeNull();
    const old = await sumsOf([0, metricsOf({ cpuSeconds: 1 })], [1000, metricsOf({ cpuSeconds: 2 })]);
    expect(old.serverSide(1000)).toMatchObject({
      cpuMicrosecondsPerPacket: null,
      workerCpuRatios: [],
      eventLoopDelayP99Ms: null,
    });
  });

  it('is nothing after one scrape', async () => {
    expect((await sumsOf([0, metricsOf({ cpuSeconds: 1 })])).serverSide()).toBeNull();
  });
});

describe('a scraper', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serve(answer: (response: ServerResponse, authorization: string | undefined) => void): Promise<string> {
    const server = createServer((request, response) => answer(response, request.headers.authorization));
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  }

  function after(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  it('reads with its token at the start, in between and at the end', async () => {
    let count = 0;
    const url = await serve((response, authorization) => {
      if (authorization !== 'Bearer sesame') return void response.writeHead(401).end();
      count += 1;
      void metricsOf({ cpuSeconds: 10 + count, workers: [0.5] }).then((page) => response.end(page));
    });
    const scraper = new ServerScraper(url, { token: 'sesame', intervalMs: 20 });
    await scraper.start();
    await after(200);
    const { serverSide, problem } = await scraper.stop(1_000_000);
    expect(problem).toBeNull();
    expect(count).toBeGreaterThan(3);
    expect(scraper.version).toBe('0.1.0');
    expect(serverSide?.workerCpuRatios).toEqual([expect.closeTo(0.5, 9)]);
    // A second of CPU time a scrape.
    expect(serverSide?.cpuMicrosecondsPerPacket).toBeGreaterThan(count - 1);
    const seen = count;
    await after(60);
    expect(count).toBe(seen);
  });

  it('forgets what was before the measuring began', async () => {
    let cpuSeconds = 0;
    const url = await serve(
      (response) => void metricsOf({ cpuSeconds, workers: [0] }).then((page) => response.end(page)),
    );
    const scraper = new ServerScraper(url, { intervalMs: 60_000 });
    await scraper.start();
    cpuSeconds = 1000;
    await scraper.measureFromNow();
    await after(20);
    cpuSeconds = 1001;
    const { serverSide } = await scraper.stop(1_000_000);
    expect(serverSide?.cpuMicrosecondsPerPacket).toBeCloseTo(1, 6);
  });

  it('says how often it failed when the server was away for a part of the run', async () => {
    let away = false;
    const url = await serve((response) => {
      if (away) response.writeHead(503).end();
      else void metricsOf({ cpuSeconds: 1, workers: [0.2] }).then((page) => response.end(page));
    });
    const scraper = new ServerScraper(url, { intervalMs: 20 });
    await scraper.start();
    await after(100);
    away = true;
    const { serverSide, problem } = await scraper.stop(1000);
    expect(serverSide?.workerCpuRatios).toHaveLength(1);
    expect(problem).toMatch(/^[1-9]\d* of \d+ scrapes failed, the last one so: .* HTTP status 503\.$/);
    expect(scraper.latest).toEqual({ workerCpuRatio: null, processCpuRatio: null });
  });

  it.each<[string, (response: ServerResponse) => void, string | undefined, RegExp]>([
    [
      'it is refused',
      (response) => response.writeHead(401).end(),
      undefined,
      /asks for a bearer token \(401\), and none was given/,
    ],
    ['its token is wrong', (response) => response.writeHead(401).end(), 'x', /does not take this bearer token \(401\)/],
    ['there is no such page', (response) => response.writeHead(404).end(), undefined, /HTTP status 404/],
    [
      'it is another server',
      (response) => response.end('<html>'),
      undefined,
      /not with the metrics of a MiniMeet server/,
    ],
    ['the connection breaks', (response) => response.destroy(), undefined, /could not be read: /],
  ])('says so in words when %s', async (_what, answer, token, message) => {
    const scraper = new ServerScraper(await serve(answer), { token });
    await scraper.start();
    expect(scraper.problem).toMatch(message);
    expect(await scraper.stop(1)).toEqual({ serverSide: null, problem: expect.stringMatching(message) as string });
  });

  it('says so in words when nobody listens, or there is no such host', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const refused = new ServerScraper(url);
    await refused.start();
    expect(refused.problem).toMatch(/refuses connections: is the server running there/);
    await refused.stop();
  });

  it('says so in words when there is no answer', async () => {
    const scraper = new ServerScraper(await serve(() => undefined), { intervalMs: 60_000 });
    await scraper.start();
    expect(scraper.problem).toMatch(/did not answer within 2 s/);
    await scraper.stop();
  });
});

it('the text format is read with its escapes, special numbers, time stamps and exemplars', () => {
  const text = [
    '# HELP a What it is.',
    '# TYPE a counter',
    'a{x="say \\"hi\\", {you}\\\\\\n",y=""} 1.5e3 1700000000000',
    'b +Inf',
    'c{} NaN',
    'd_bucket{le="0.1"} 8 # {trace_id="7"} 0.05 1.7e9',
    'e nonsense',
    'f',
    '# EOF',
  ].join('\r\n');
  expect(parsePrometheusText(text)).toEqual([
    { name: 'a', labels: { x: 'say "hi", {you}\\\n', y: '' }, value: 1500 },
    { name: 'b', labels: {}, value: Infinity },
    { name: 'c', labels: {}, value: NaN },
    { name: 'd_bucket', labels: { le: '0.1' }, value: 8 },
  ]);
});
