import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SyntheticPeer } from '@minimeet/loadtest';
import type { Benchmark } from './result.js';
import { RoomsOfFour } from './rooms-of-four.js';
import { ServerProcess } from './server-process.js';
import { percentile } from './statistics.js';

const STEPS = [16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 192, 224];
const BOUND_MS = 30;
const SETTLE_MS = 1_500;
const WINDOW_MS = 3_500;
/** No further step is begun after this long. */
const ENOUGH_MS = 70_000;
/** A share of what there is, at which it counts as used up. */
const FULL = 0.9;

/** One load and its cost. CPU in cores. */
interface Step {
  people: number;
  /** 99th percentile, over all packets of sound at all receivers. */
  jitterMs: number;
  workerCores: number;
  /** The media worker and the server's own process. */
  sfuCores: number;
  testerCores: number;
  testerDelayMs: number;
}

export const peopleACore: Benchmark = {
  name: 'people-a-core',
  what: `people in rooms of four (camera 320×180 and microphone) on one media worker, until the p99 of the sound's gap jitter passes ${BOUND_MS} ms`,
  async run(log) {
    const startedMs = performance.now();
    const server = await ServerProcess.start({ MEDIA_WORKERS: '1', CONSUMERS_PER_SLOT: '10000' });
    const rooms = await RoomsOfFour.at(server);
    try {
      const good: Step[] = [];
      let broken: Step | undefined;
      for (const people of STEPS) {
        if (performance.now() - startedMs > ENOUGH_MS) break;
        await rooms.fill(people);
        await sleep(SETTLE_MS);
        const step = await measure(server, rooms.peers);
        log(
          `${people} people: gap jitter p99 ${step.jitterMs.toFixed(1)} ms; SFU ${step.sfuCores.toFixed(2)} cores (worker ${step.workerCores.toFixed(2)}), tester ${step.testerCores.toFixed(2)} cores, ${step.testerDelayMs.toFixed(0)} ms late (p99)`,
        );
        if (step.jitterMs > BOUND_MS) {
          broken = step;
          break;
        }
        good.push(step);
      }
      const last = good.at(-1);
      if (!last) throw new Error(`${STEPS[0]} people are too many already.`);
      const at = `SFU ${last.sfuCores.toFixed(2)} cores, tester ${last.testerCores.toFixed(2)} of ${availableParallelism()}`;
      return [
        {
          name: `people with p99 gap jitter of sound ≤ ${BOUND_MS} ms`,
          value: last.people,
          unit: 'people',
          aim: null,
          baseline: broken ? `${at}; at ${broken.people} ${whatRanOut(broken)} ran out` : `${at}; nothing ran out`,
        },
        {
          name: 'people a core of the SFU',
          value: last.people / last.sfuCores,
          unit: 'people',
          aim: null,
          baseline: `at ${last.people} people, worker and server process; extrapolated where the tester runs out first`,
        },
      ];
    } finally {
      rooms.close();
      await server.stop();
    }
  },
};

async function measure(server: ServerProcess, peers: readonly SyntheticPeer[]): Promise<Step> {
  for (const peer of peers) peer.takeStats();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [worker, sfu, tester, startedMs] = [
    await server.workerCpuSeconds(),
    await server.cpuSeconds(),
    process.cpuUsage(),
    performance.now(),
  ];
  await sleep(WINDOW_MS);
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(tester);
  delay.disable();
  const jitters = peers.flatMap((peer) =>
    peer
      .takeStats()
      .streams.filter(({ kind }) => kind === 'audio')
      .flatMap(({ latenciesMs }) => gapJitters(latenciesMs)),
  );
  return {
    people: peers.length,
    jitterMs: percentile(jitters, 0.99),
    workerCores: ((await server.workerCpuSeconds()) - worker) / seconds,
    sfuCores: ((await server.cpuSeconds()) - sfu) / seconds,
    testerCores: (user + system) / 1e6 / seconds,
    testerDelayMs: delay.percentile(99) / 1e6,
  };
}

/** The difference of two packets' gap from the gap in which they were sent (RFC 3550, 6.4.1, without its smoothing). */
function gapJitters(latenciesMs: readonly number[]): number[] {
  return latenciesMs.slice(1).map((latency, i) => Math.abs(latency - (latenciesMs[i] ?? latency)));
}

function whatRanOut({ workerCores, sfuCores, testerCores, testerDelayMs }: Step): string {
  if (workerCores > FULL) return "the media worker's core";
  if (sfuCores - workerCores > FULL) return "the server process's core";
  if (testerDelayMs > BOUND_MS / 2) return `the tester (${testerDelayMs.toFixed(0)} ms late)`;
  if (sfuCores + testerCores > FULL * availableParallelism()) return 'the machine, which the tester shares,';
  return 'something that was not measured';
}
