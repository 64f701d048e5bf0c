import { setTimeout as sleep } from 'node:timers/promises';
import { SyntheticPeer } from '@minimeet/loadtest';
import type { MediaSource } from '@minimeet/protocol';
import { BareSfu } from './bare-sfu.js';
import { account, accounts, ServerProcess } from './server-process.js';
import { median } from './statistics.js';

const WARM_UP_MS = 1_500;
const TILE = { width: 320, height: 180 };

/** The people, their sources and the measurements of a comparison. */
export interface ForwardingShape {
  publishers: number;
  publish: MediaSource[];
  subscribers: number;
  rounds: number;
  windowMs: number;
  /** Differences from the server's defaults. */
  env?: NodeJS.ProcessEnv;
}

export interface ForwardingComparison {
  /** Median over the rounds of ours to theirs. */
  ratio: number;
  /** Medians, CPU a delivered packet. */
  oursMicroseconds: number;
  theirsMicroseconds: number;
  /** The fewest consumers that had packets in a round, the subscribers' and the publishers' own. */
  consumers: number;
}

/** One side of the comparison: something to join, and its consumption. */
interface Side {
  name: string;
  subscribers: SyntheticPeer[];
  publish: () => Promise<SyntheticPeer[]>;
  cpuSeconds: () => Promise<number>;
  microsecondsPerPacket: number[];
  consumers: number[];
}

/** CPU for each delivered packet, of the product and of a bare mediasoup worker that is fed the same; in turns. */
export async function compareForwarding(
  shape: ForwardingShape,
  log: (line: string) => void,
): Promise<ForwardingComparison> {
  const server = await ServerProcess.start({ MEDIA_WORKERS: '1', ...shape.env });
  const bare = await BareSfu.start();
  const sides: Side[] = [];
  try {
    const [ours, theirs] = [await productSide(server, shape), await bareSide(bare, shape)];
    sides.push(ours, theirs);
    await Promise.all(sides.flatMap(({ subscribers }) => subscribers.map((peer) => peer.connected())));
    for (let round = 0; round < shape.rounds; round++) {
      for (const side of sides) await measure(side, shape.windowMs);
      log(
        `round ${round + 1}: ${sides.map((side) => `${side.name} ${side.microsecondsPerPacket.at(-1)?.toFixed(1)} µs, ${side.consumers.at(-1)} consumers`).join('; ')}`,
      );
    }
    return {
      ratio: median(ours.microsecondsPerPacket.map((value, i) => value / (theirs.microsecondsPerPacket[i] ?? NaN))),
      oursMicroseconds: median(ours.microsecondsPerPacket),
      theirsMicroseconds: median(theirs.microsecondsPerPacket),
      consumers: Math.min(...ours.consumers, ...theirs.consumers),
    };
  } finally {
    for (const side of sides) side.subscribers.forEach((peer) => peer.close());
    await bare.stop();
    await server.stop();
  }
}

async function productSide(server: ServerProcess, shape: ForwardingShape): Promise<Side> {
  const host = await account(server.origin, 'Host');
  const { slug: room } = await host.createRoom({ name: 'Forwarding' });
  const join = async (api: Awaited<ReturnType<typeof account>>, isPublisher: boolean): Promise<SyntheticPeer> =>
    SyntheticPeer.join({
      url: server.origin,
      accessToken: () => api.accessToken(),
      room,
      ...(isPublisher ? { publish: shape.publish } : { view: { maxTiles: shape.publishers, ...TILE } }),
    });
  const publishers = await accounts(server.origin, shape.publishers);
  const subscribers = await accounts(server.origin, shape.subscribers);
  return {
    name: 'MiniMeet',
    subscribers: await Promise.all(subscribers.map((api) => join(api, false))),
    publish: () => Promise.all(publishers.map((api) => join(api, true))),
    cpuSeconds: () => server.cpuSeconds(),
    microsecondsPerPacket: [],
    consumers: [],
  };
}

async function bareSide(bare: BareSfu, shape: ForwardingShape): Promise<Side> {
  const join = (isPublisher: boolean): Promise<SyntheticPeer> =>
    SyntheticPeer.join({
      url: bare.origin,
      accessToken: 'none',
      room: isPublisher ? 'publish' : 'subscribe',
      ...(isPublisher && { publish: shape.publish }),
    });
  return {
    name: 'bare worker',
    subscribers: await Promise.all(Array.from({ length: shape.subscribers }, () => join(false))),
    publish: () => Promise.all(Array.from({ length: shape.publishers }, () => join(true))),
    cpuSeconds: () => bare.cpuSeconds(),
    microsecondsPerPacket: [],
    consumers: [],
  };
}

/** Publishes for a while, and divides what was used by what arrived. */
async function measure(side: Side, windowMs: number): Promise<void> {
  const publishers = await side.publish();
  try {
    await measureWith(publishers, side, windowMs);
    await Promise.all(publishers.map((peer) => peer.leave()));
  } finally {
    publishers.forEach((peer) => peer.close());
  }
  await sleep(300);
}

async function measureWith(publishers: SyntheticPeer[], side: Side, windowMs: number): Promise<void> {
  await Promise.all(publishers.map((peer) => peer.connected()));
  publishers.forEach((peer) => peer.setSpeaking(true));
  await sleep(WARM_UP_MS);
  const received = (): Map<string, number> =>
    new Map(
      [...side.subscribers, ...publishers].flatMap((peer) =>
        [...peer.consumers].map(([id, { packets }]) => [id, packets] as const),
      ),
    );
  const [before, cpuBefore] = [received(), await side.cpuSeconds()];
  await sleep(windowMs);
  const cpuSeconds = (await side.cpuSeconds()) - cpuBefore;
  const counts = [...received()].map(([id, packets]) => packets - (before.get(id) ?? 0)).filter((count) => count > 0);
  const packets = counts.reduce((sum, count) => sum + count, 0);
  if (packets === 0) throw new Error(`${side.name} forwarded nothing.`);
  side.microsecondsPerPacket.push((cpuSeconds / packets) * 1e6);
  side.consumers.push(counts.length);
}
