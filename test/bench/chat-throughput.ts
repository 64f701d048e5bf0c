import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROTOCOL_VERSION } from '@minimeet/protocol';
import { ChatClient } from './chat-client.js';
import type { Benchmark } from './result.js';
import { accounts, cpuSecondsOf, ServerProcess } from './server-process.js';
import { median } from './statistics.js';

const BARE = fileURLToPath(new URL('./bare-broadcast.js', import.meta.url));
const PEOPLE = 100;
const ROUNDS = 9;
/** Messages of one round; everybody says as many, the next when the one before is acknowledged. */
const MESSAGES = 2_000;
const TEXT = 'Shall we meet at ten in the small room, or would eleven be better for you?';
const LOAD_TEST_KEY = 'a key that lifts the rate limits of the bench';
const DELIVERY_TIMEOUT_MS = 60_000;

interface Side {
  name: string;
  room: string;
  clients: ChatClient[];
  cpuSeconds: () => Promise<number>;
  perSecond: number[];
  cpuMicroseconds: number[];
}

export const chatThroughput: Benchmark = {
  name: 'chat-throughput',
  what: `messages a second with ${PEOPLE} people in a room, stored, and by a bare Socket.IO broadcast`,
  async run(log) {
    const server = await ServerProcess.start({ MEDIA_WORKERS: '1', LOAD_TEST_KEY });
    const stop: (() => Promise<void>)[] = [() => server.stop()];
    try {
      const { side: ours, example } = await productSide(server);
      const { process: bare, side: theirs } = await bareSide(example);
      stop.push(() => ended(bare));
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const side of round % 2 ? [ours, theirs] : [theirs, ours]) await measure(side);
        const told = [ours, theirs].map((side) => `${side.name} ${side.perSecond.at(-1)?.toFixed(0)} a second`);
        log(`${round === 0 ? 'warm-up' : `round ${round}`}: ${told.join(', ')}`);
      }
      // The first round compiled the code.
      const of = (samples: number[]) => median(samples.slice(1));
      const ratios = ours.perSecond.map((perSecond, i) => perSecond / (theirs.perSecond[i] ?? NaN));
      for (const { clients } of [ours, theirs]) clients.forEach((client) => client.close());
      return [
        {
          name: `chat messages a second, ${PEOPLE} people in the room`,
          value: of(ratios),
          unit: '×',
          aim: 0.8,
          isFloor: true,
          baseline: `a bare Socket.IO broadcast of the same payload, ${of(theirs.perSecond).toFixed(0)} a second; ours stored first, ${of(ours.perSecond).toFixed(0)}; ${ROUNDS} rounds, clients on the same cores`,
        },
        {
          name: 'server CPU for each chat message',
          value: of(ours.cpuMicroseconds),
          unit: 'µs',
          aim: null,
          baseline: `of which ${PEOPLE - 1} are told; the bare broadcast takes ${of(theirs.cpuMicroseconds).toFixed(0)} µs`,
        },
      ];
    } finally {
      for (const end of stop.reverse()) await end();
    }
  },
};

/** All messages of a round, until the last of them has come to everybody. */
async function measure({ room, clients, cpuSeconds, perSecond, cpuMicroseconds }: Side): Promise<void> {
  const wanted = clients.map(({ heard }) => heard + MESSAGES - MESSAGES / PEOPLE);
  const usedBefore = await cpuSeconds();
  const startedMs = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let i = 0; i < MESSAGES / PEOPLE; i += 1) await client.say(room, TEXT);
    }),
  );
  while (clients.some(({ heard }, i) => heard < (wanted[i] ?? 0))) {
    if (performance.now() - startedMs > DELIVERY_TIMEOUT_MS) throw new Error('Not everybody has heard everything.');
    await sleep(1);
  }
  perSecond.push(MESSAGES / ((performance.now() - startedMs) / 1_000));
  cpuMicroseconds.push((1e6 * ((await cpuSeconds()) - usedBefore)) / MESSAGES);
}

/** Everybody is in the call of one room, without media. */
async function productSide(server: ServerProcess): Promise<{ side: Side; example: object }> {
  const apis = await accounts(server.origin, PEOPLE);
  const [host] = apis;
  if (!host) throw new Error('Nobody is there.');
  const { slug: room } = await host.createRoom({ name: 'All hands' });
  const clients: ChatClient[] = [];
  for (const api of apis) {
    const auth = { token: await api.accessToken(), protocolVersion: PROTOCOL_VERSION, loadTestKey: LOAD_TEST_KEY };
    const client = await ChatClient.connect(server.origin, auth);
    await client.request('join_room', { room });
    clients.push(client);
  }
  await clients[0]?.say(room, TEXT);
  const [example] = (await host.messages(room)).items;
  const side = {
    name: 'ours',
    room,
    clients,
    cpuSeconds: () => server.cpuSeconds(),
    perSecond: [],
    cpuMicroseconds: [],
  };
  return { side, example: example ?? {} };
}

async function bareSide(example: object): Promise<{ process: ChildProcess; side: Side }> {
  const bare = spawn(process.execPath, [BARE], {
    env: { ...process.env, EXAMPLE: JSON.stringify(example) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [origin] = (await once(createInterface(bare.stdout), 'line')) as string[];
  const clients: ChatClient[] = [];
  for (let i = 0; i < PEOPLE; i += 1) {
    const client = await ChatClient.connect(origin ?? '', {});
    await client.request('open_chat', { room: 'all' });
    clients.push(client);
  }
  const cpuSeconds = () => cpuSecondsOf(bare.pid ?? 0);
  return {
    process: bare,
    side: { name: 'bare', room: 'all', clients, cpuSeconds, perSecond: [], cpuMicroseconds: [] },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
