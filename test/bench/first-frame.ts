import { setTimeout as sleep } from 'node:timers/promises';
import { type CallPage, CallPages } from './call-page.js';
import type { Benchmark } from './result.js';
import { account, accounts, ServerProcess } from './server-process.js';
import { median, percentile } from './statistics.js';

const ROUNDS = 20;
const TOGETHER = 4;
const TOGETHER_ROUNDS = 6;
const WITHIN_MS = 1_000;

export const firstFrame: Benchmark = {
  name: 'first-frame',
  what: 'from the click on “join” to the first decoded frame of somebody else, in Chromium',
  async run(log) {
    const pages = await CallPages.start();
    const server = await ServerProcess.start({ ALLOWED_ORIGINS: pages.origin });
    try {
      const publisher = await account(server.origin, 'Publisher');
      const people = await accounts(server.origin, TOGETHER);
      const { slug } = await publisher.createRoom({ name: 'First frame' });
      const arrive = (index: number, publish: boolean, before: 'nothing' | 'media'): Promise<CallPage> =>
        pages.arrive({ url: server.origin, api: people[index] ?? publisher, slug, publish, before });
      const host = await pages.arrive({ url: server.origin, api: publisher, slug, publish: true, before: 'socket' });
      await host.click(false);

      const samples = { nothing: [] as number[], media: [] as number[], together: [] as number[] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const before of ['nothing', 'media'] as const) {
          const page = await arrive(0, false, before);
          // The key frame of the round before must not serve this one.
          await sleep(500);
          samples[before].push((await page.click()).firstFrameMs);
          await page.leave();
        }
      }
      for (let round = 0; round < TOGETHER_ROUNDS; round++) {
        const group = await Promise.all(people.map((_, index) => arrive(index, true, 'nothing')));
        const clicks = group.map(async (page, index) => {
          await sleep((index / TOGETHER) * WITHIN_MS);
          return page.click();
        });
        samples.together.push(...(await Promise.all(clicks)).map(({ firstFrameMs }) => firstFrameMs));
        await Promise.all(group.map((page) => page.leave()));
      }
      for (const [name, values] of Object.entries(samples)) {
        log(
          `${name}: p50 ${median(values).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms, ${values.length} joins`,
        );
      }
      const figure = (name: string, values: number[], aim: number, baseline: string) => ({
        name: `click → first frame, ${name}, p95`,
        value: percentile(values, 0.95),
        unit: 'ms',
        aim,
        baseline: `${baseline}; p50 ${median(values).toFixed(0)} ms, ${values.length} joins`,
      });
      return [
        figure('cold, alone', samples.nothing, 200, 'socket, join and media from nothing'),
        figure(`cold, ${TOGETHER} people within a second`, samples.together, 400, 'each with camera and microphone'),
        figure('warmed', samples.media, 80, 'transports connected before the click'),
      ];
    } finally {
      await pages.stop();
      await server.stop();
    }
  },
};
