import { setTimeout as sleep } from 'node:timers/promises';
import { SyntheticPeer } from '@minimeet/loadtest';
import { BareSfu } from './bare-sfu.js';
import type { Benchmark } from './result.js';
import { account, accounts, ServerProcess } from './server-process.js';
import { median } from './statistics.js';

const PUBLISHERS = 4;
const SUBSCRIBERS = 40;
const ROUNDS = 6;
const WARM_UP_MS = 1_500;
const WINDOW_MS = 5_000;
const TILE = { width: 320, height: 180 };

/** One side of the comparison: something to join, and what it has used. */
interface Side {
  name: string;
  subscribers: SyntheticPeer[];
  publish: () => Promise<SyntheticPeer[]>;
  cpuSeconds: () => Promise<number>;
  microsecondsPerPacket: number[];
}

export const forwardingCost: Benchmark = {
  name: 'forwarding-cost',
  what: `server CPU per forwarded packet, ${PUBLISHERS} cameras and microphones to ${SUBSCRIBERS} people`,
  async run(log) {
    const server = await ServerProcess.start({ MEDIA_WORKERS: '1' });
    const bare = await BareSfu.start();
    const sides: Side[] = [];
    try {
      sides.push(await productSide(server), await bareSide(bare));
      await Promise.all(sides.flatMap(({ subscribers }) => subscribers.map((peer) => peer.connected())));
      for (let round = 0; round < ROUNDS; round++) {
        for (const side of sides) await measure(side);
        log(
          `round ${round + 1}: ${sides.map((side) => `${side.name} ${side.microsecondsPerPacket.at(-1)?.toFixed(1)} µs`).join(', ')}`,
        );
      }
      const [ours, theirs] = sides.map((side) => median(side.microsecondsPerPacket));
      const ratios = sides[0]?.microsecondsPerPacket.map(
        (value, i) => value / (sides[1]?.microsecondsPerPacket[i] ?? NaN),
      );
      return [
        {
          name: 'server CPU per forwarded packet',
          value: median(ratios ?? []),
          unit: '×',
          aim: 1.05,
          baseline: `a bare mediasoup worker (${theirs?.toFixed(1)} µs) fed the same; the server's own process is counted in (${ours?.toFixed(1)} µs)`,
        },
      ];
    } finally {
      for (const side of sides) side.subscribers.forEach((peer) => peer.close());
      await bare.stop();
      await server.stop();
    }
  },
};

async function productSide(server: ServerProcess): Promise<Side> {
  const host = await account(server.origin, 'Host');
  const { slug: room } = await host.createRoom({ name: 'Forwarding' });
  const join = async (api: Awaited<ReturnType<typeof account>>, isPublisher: boolean): Promise<SyntheticPeer> =>
    SyntheticPeer.join({
      url: server.origin,
      accessToken: () => api.accessToken(),
      room,
      ...(isPublisher ? { publish: ['camera', 'microphone'] } : { view: { maxTiles: PUBLISHERS, ...TILE } }),
    });
  const publishers = await accounts(server.origin, PUBLISHERS);
  const subscribers = await accounts(server.origin, SUBSCRIBERS);
  return {
    name: 'MiniMeet',
    subscribers: await Promise.all(subscribers.map((api) => join(api, false))),
    publish: () => Promise.all(publishers.map((api) => join(api, true))),
    cpuSeconds: () => server.cpuSeconds(),
    microsecondsPerPacket: [],
  };
}

async function bareSide(bare: BareSfu): Promise<Side> {
  const join = (isPublisher: boolean): Promise<SyntheticPeer> =>
    SyntheticPeer.join({
      url: bare.origin,
      accessToken: 'none',
      room: isPublisher ? 'publish' : 'subscribe',
      ...(isPublisher && { publish: ['camera', 'microphone'] }),
    });
  return {
    name: 'bare worker',
    subscribers: await Promise.all(Array.from({ length: SUBSCRIBERS }, () => join(false))),
    publish: () => Promise.all(Array.from({ length: PUBLISHERS }, () => join(true))),
    cpuSeconds: () => bare.cpuSeconds(),
    microsecondsPerPacket: [],
  };
}

/** Publishes for a while, and divides what was used by what arrived. */
async function measure(side: Side): Promise<void> {
  const publishers = await side.publish();
  await Promise.all(publishers.map((peer) => peer.connected()));
  publishers.forEach((peer) => peer.setSpeaking(true));
  await sleep(WARM_UP_MS);
  const received = (): number =>
    [...side.subscribers, ...publishers]
      .flatMap((peer) => [...peer.consumers.values()])
      .reduce((sum, { packets }) => sum + packets, 0);
  const [packetsBefore, cpuBefore] = [received(), await side.cpuSeconds()];
  await sleep(WINDOW_MS);
  const [packets, cpuSeconds] = [received() - packetsBefore, (await side.cpuSeconds()) - cpuBefore];
  if (packets === 0) throw new Error(`${side.name} forwarded nothing.`);
  side.microsecondsPerPacket.push((cpuSeconds / packets) * 1e6);
  await Promise.all(publishers.map((peer) => peer.leave()));
  await sleep(300);
}
