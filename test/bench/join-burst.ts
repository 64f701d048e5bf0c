import { setTimeout as sleep } from 'node:timers/promises';
import type { RoomSlug } from '@minimeet/protocol';
import { type MiniMeetApi, Signalling } from '@minimeet/sdk';
import type { Benchmark } from './result.js';
import { account, accounts, ServerProcess } from './server-process.js';
import { percentile } from './statistics.js';

const PEOPLE = 100;
const ROOMS = 10;
const WITHIN_MS = 1_000;
const ROUNDS = 3;

export const joinBurst: Benchmark = {
  name: 'join-burst',
  what: `${PEOPLE} joins within a second, into ${ROOMS} rooms`,
  async run(log) {
    const server = await ServerProcess.start();
    try {
      const apis = await accounts(server.origin, PEOPLE);
      const host = await account(server.origin, 'Host');
      const delaysMs: number[] = [];
      const joinsMs: number[] = [];
      let failures = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const slugs: RoomSlug[] = [];
        for (let i = 0; i < ROOMS; i++) slugs.push((await host.createRoom({ name: `Room ${i}` })).slug);
        // Reading the metric begins a new measurement of the event loop.
        await server.metric('nodejs_eventloop_lag_p99_seconds');
        const joins = await Promise.allSettled(apis.map((api, i) => join(server, api, slugs[i % ROOMS] ?? '', i)));
        delaysMs.push((await server.metric('nodejs_eventloop_lag_p99_seconds')) * 1000);
        for (const outcome of joins) {
          if (outcome.status === 'rejected') {
            failures += 1;
            log(String(outcome.reason));
          } else {
            joinsMs.push(outcome.value.tookMs);
            outcome.value.signalling.close();
          }
        }
        await sleep(1_000);
      }
      log(`join: p50 ${percentile(joinsMs, 0.5).toFixed(0)} ms, p95 ${percentile(joinsMs, 0.95).toFixed(0)} ms`);
      return [
        {
          name: `failed joins of ${PEOPLE} within a second`,
          value: failures,
          unit: 'joins',
          aim: 0,
          baseline: `${ROUNDS} rounds, ${ROOMS} rooms`,
        },
        {
          name: `event-loop delay p99 while ${PEOPLE} join`,
          value: Math.max(...delaysMs),
          unit: 'ms',
          aim: 50,
          baseline: `the worst of ${ROUNDS} rounds; the clients share the machine`,
        },
      ];
    } finally {
      await server.stop();
    }
  },
};

/** Socket and join with media, at its own moment within the second. */
async function join(
  server: ServerProcess,
  api: MiniMeetApi,
  room: RoomSlug,
  index: number,
): Promise<{ signalling: Signalling; tookMs: number }> {
  await sleep((index / PEOPLE) * WITHIN_MS);
  const startedMs = performance.now();
  const signalling = new Signalling({ url: server.origin, accessToken: () => api.accessToken() });
  const { routerRtpCapabilities } = await signalling.connect();
  const { media } = await signalling.request('join_room', { room, rtpCapabilities: routerRtpCapabilities });
  if (!media) throw new Error('Joined without media.');
  return { signalling, tookMs: performance.now() - startedMs };
}
