import { setTimeout as sleep } from 'node:timers/promises';
import { type CallPage, CallPages } from './call-page.js';
import type { Benchmark, BenchResult } from './result.js';
import { account, accounts, ServerProcess } from './server-process.js';
import { median, percentile } from './statistics.js';

const ROUNDS = 20;
const TOGETHER = 4;
const TOGETHER_ROUNDS = 6;
const WITHIN_MS = 1_000;
/** Pages that have just been opened still load; nobody clicks in that moment. */
const SETTLE_MS = 1_500;
const CAMERA_FPS = 30;
/** Five encoders and twenty decoders share the machine. */
const TOGETHER_FPS = 15;

type Kind = 'nothing' | 'media' | 'watching' | 'publishing';

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
      const arrive = (index: number, framesPerSecond: number, before: 'nothing' | 'media'): Promise<CallPage> =>
        pages.arrive({ url: server.origin, api: people[index] ?? publisher, slug, framesPerSecond, before });
      const host = { url: server.origin, api: publisher, slug, framesPerSecond: CAMERA_FPS, before: 'socket' } as const;
      await (await pages.arrive(host)).click(false);

      const samples: Record<Kind, number[]> = { nothing: [], media: [], watching: [], publishing: [] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const before of ['nothing', 'media'] as const) {
          const page = await arrive(0, 0, before);
          await sleep(SETTLE_MS);
          samples[before].push((await page.click()).firstFrameMs);
          await page.leave();
        }
      }
      for (let round = 0; round < TOGETHER_ROUNDS; round++) {
        for (const kind of ['watching', 'publishing'] as const) {
          const framesPerSecond = kind === 'publishing' ? TOGETHER_FPS : 0;
          const group = await Promise.all(people.map((_, index) => arrive(index, framesPerSecond, 'nothing')));
          await sleep(SETTLE_MS);
          const clicks = group.map(async (page, index) => {
            await sleep((index / TOGETHER) * WITHIN_MS);
            return page.click();
          });
          samples[kind].push(...(await Promise.all(clicks)).map(({ firstFrameMs }) => firstFrameMs));
          await Promise.all(group.map((page) => page.leave()));
          await sleep(SETTLE_MS);
        }
      }
      const figure = (name: string, kind: Kind, aim: number, baseline: string): BenchResult => {
        const [p50, p95] = [median(samples[kind]), percentile(samples[kind], 0.95)];
        log(`${name}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${samples[kind].length} joins`);
        const against = `${baseline}; p50 ${p50.toFixed(0)} ms, ${samples[kind].length} joins`;
        return { name: `click → first frame, ${name}, p95`, value: p95, unit: 'ms', aim, baseline: against };
      };
      return [
        figure('cold, alone', 'nothing', 200, 'socket, join and media from nothing'),
        figure(`cold, ${TOGETHER} within a second`, 'watching', 400, 'they watch one who publishes'),
        figure(
          `cold, ${TOGETHER} with cameras within a second`,
          'publishing',
          400,
          'they publish too, all on these cores',
        ),
        figure('warmed', 'media', 80, 'transports connected before the click'),
      ];
    } finally {
      await pages.stop();
      await server.stop();
    }
  },
};
