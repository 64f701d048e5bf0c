import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';
import { CallPages } from './call-page.js';
import { DelayProxy } from './delay-proxy.js';
import type { Benchmark } from './result.js';
import { account, ServerProcess } from './server-process.js';
import { median, slope } from './statistics.js';

const ADDED_MS = [0, 50, 100];
const ROUNDS = 8;
const MEDIA = '127.0.0.1';
/** Where clients are told that the media is: the proxy. */
const ANNOUNCED = '127.0.0.2';

export const roundTrips: Benchmark = {
  name: 'round-trips',
  what: `the time to the first frame over an added round trip of ${ADDED_MS.join('/')} ms: its slope is the number of round trips`,
  async run(log) {
    const pages = await CallPages.start();
    const mediaPort = await freePort();
    const server = await ServerProcess.start({
      ALLOWED_ORIGINS: pages.origin,
      MEDIA_WORKERS: '1',
      MEDIA_LISTEN_IP: MEDIA,
      MEDIA_ANNOUNCED_ADDRESSES: ANNOUNCED,
      MEDIA_PORT: String(mediaPort),
    });
    const proxy = await DelayProxy.start({ host: '127.0.0.1', port: Number(new URL(server.origin).port) }, [
      { from: { host: ANNOUNCED, port: mediaPort }, to: { host: MEDIA, port: mediaPort } },
    ]);
    try {
      const publisher = await account(server.origin, 'Publisher');
      const watcher = await account(server.origin, 'Watcher');
      const { slug } = await publisher.createRoom({ name: 'Round trips' });
      // The publisher's own way has no delay: only the watcher's round trips are counted.
      const host = await pages.arrive({
        url: proxy.origin,
        api: publisher,
        slug,
        framesPerSecond: 30,
        before: 'socket',
      });
      await host.click(false);
      await sleep(1_000);

      const points = { socket: [] as [number, number][], media: [] as [number, number][] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const addedMs of ADDED_MS) {
          for (const before of ['socket', 'media'] as const) {
            proxy.roundTripMs = addedMs;
            const page = await pages.arrive({ url: proxy.origin, api: watcher, slug, framesPerSecond: 0, before });
            await sleep(500);
            points[before].push([addedMs, (await page.click()).firstFrameMs]);
            await page.leave();
          }
        }
      }
      const figure = (name: string, measured: [number, number][], aim: number) => {
        const medians = ADDED_MS.map(
          (added) => [added, median(measured.filter(([x]) => x === added).map(([, y]) => y))] as const,
        );
        log(`${name}: ${medians.map(([added, ms]) => `+${added} ms: ${ms.toFixed(0)} ms`).join(', ')}`);
        return {
          name: `round trips from click to first frame, ${name}`,
          value: slope(medians),
          unit: 'round trips',
          aim,
          baseline: `slope of the medians of ${ROUNDS} rounds over +${ADDED_MS.join('/')} ms`,
        };
      };
      return [figure('socket open', points.socket, 5), figure('warmed', points.media, 2.2)];
    } finally {
      proxy.close();
      await pages.stop();
      await server.stop();
    }
  },
};
