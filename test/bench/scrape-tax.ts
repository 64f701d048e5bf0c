import { setTimeout as sleep } from 'node:timers/promises';
import { SyntheticPeer } from '@minimeet/loadtest';
import type { Benchmark } from './result.js';
import { account, accounts, ServerProcess } from './server-process.js';
import { mean } from './statistics.js';

const PUBLISHERS = 25;
const SUBSCRIBERS = 40;
const CONSUMERS = PUBLISHERS * SUBSCRIBERS;
const TILE = { width: 320, height: 180 };
/** In it everybody is sampled once, whatever else happens, so that windows can be compared. */
const WINDOW_MS = 10_000;
const ROUNDS = 2;
const SETTLE_MS = 3_000;
/** Milliseconds between scrapes; `null`: none. Ten a second, for a tax above the noise of some 2 % of a core. */
const PACES = { none: null, 'every 5 s': 5_000, 'ten a second': 100 } as const;
type Pace = keyof typeof PACES;

/** CPU of server and worker in cores; requests to workers. */
interface Window {
  cores: number;
  workerRequests: number;
}

/** The cameras are paused: a scrape costs by existing media and not by flowing media, whose noise would hide it. */
export const scrapeTax: Benchmark = {
  name: 'scrape-tax',
  what: `what scraping the metrics costs a server with ${CONSUMERS} consumers (of paused cameras)`,
  async run(log) {
    const server = await ServerProcess.start({ MEDIA_WORKERS: '1', CONSUMERS_PER_SLOT: '2000' });
    const peers: SyntheticPeer[] = [];
    try {
      await fill(server, peers);
      const consumers = await server.metric('minimeet_consumers');
      if (consumers < CONSUMERS) throw new Error(`There are ${consumers} consumers only.`);
      await sleep(SETTLE_MS);
      const windows: Record<Pace, Window[]> = { none: [], 'every 5 s': [], 'ten a second': [] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const pace of ['none', 'every 5 s', 'ten a second'] as const) {
          const window = await measure(server, PACES[pace]);
          windows[pace].push(window);
          log(
            `${pace}: ${(window.cores * 100).toFixed(2)} % of a core, ${window.workerRequests} requests to the worker`,
          );
        }
      }
      const extra = (pace: Pace, of: keyof Window): number =>
        mean(windows[pace].map((window, i) => window[of] - (windows.none[i]?.[of] ?? NaN)));
      const scrapes = WINDOW_MS / PACES['ten a second'];
      const secondsEach = (extra('ten a second', 'cores') * WINDOW_MS) / 1000 / scrapes;
      return [
        {
          name: `extra CPU for scraping every 5 s, ${CONSUMERS} consumers`,
          value: secondsEach / 5,
          unit: 'cores',
          aim: 0.01,
          baseline: `the same server without scraping; from ten scrapes a second, ${(secondsEach * 1000).toFixed(1)} ms of CPU each; every 5 s itself differs by ${extra('every 5 s', 'cores').toFixed(3)} cores, which is noise`,
        },
        {
          name: 'requests to workers for each scrape',
          // Rounded: single samples of people fall into this window or into the next.
          value: Math.max(0, Math.round(extra('ten a second', 'workerRequests') / scrapes)),
          unit: 'requests',
          aim: 0,
          baseline: `windows without scraping: ${mean(windows.none.map(({ workerRequests }) => workerRequests)).toFixed(0)} requests in ${WINDOW_MS / 1000} s`,
        },
      ];
    } finally {
      peers.forEach((peer) => peer.close());
      await server.stop();
    }
  },
};

async function fill(server: ServerProcess, peers: SyntheticPeer[]): Promise<void> {
  const host = await account(server.origin, 'Host');
  const { slug: room } = await host.createRoom({ name: 'Scraped' });
  const url = server.origin;
  for (const api of await accounts(url, PUBLISHERS)) {
    const accessToken = (): Promise<string> => api.accessToken();
    peers.push(await SyntheticPeer.join({ url, accessToken, room, publish: ['camera'] }));
  }
  for (const api of await accounts(url, SUBSCRIBERS)) {
    const accessToken = (): Promise<string> => api.accessToken();
    peers.push(await SyntheticPeer.join({ url, accessToken, room, view: { maxTiles: PUBLISHERS, ...TILE } }));
  }
  await Promise.all(peers.map((peer) => peer.connected()));
  await Promise.all(peers.slice(0, PUBLISHERS).map((peer) => peer.pause('camera')));
}

/** The scrapes that read the count of requests are outside of the measured time, before and after every window. */
async function measure(server: ServerProcess, paceMs: number | null): Promise<Window> {
  const requestsBefore = await server.metric('minimeet_worker_requests_total');
  const [startedMs, cpuBefore] = [performance.now(), await server.cpuSeconds()];
  for (let dueMs = (paceMs ?? WINDOW_MS) / 2; dueMs < WINDOW_MS; dueMs += paceMs ?? WINDOW_MS) {
    await sleep(startedMs + dueMs - performance.now());
    if (paceMs !== null) await server.scrape();
  }
  await sleep(startedMs + WINDOW_MS - performance.now());
  const cores = ((await server.cpuSeconds()) - cpuBefore) / ((performance.now() - startedMs) / 1000);
  return { cores, workerRequests: (await server.metric('minimeet_worker_requests_total')) - requestsBefore };
}
