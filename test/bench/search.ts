import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Page, Room, SearchPage } from '@minimeet/protocol';
import { MiniMeetApi } from '@minimeet/sdk';
import type { Benchmark, BenchResult } from './result.js';
import { type IndexedRoom, PASSWORD, type SeededDatabase, seededMariaDb, seededSqlite } from './seeded-database.js';
import { ServerProcess } from './server-process.js';
import { percentile } from './statistics.js';

const MESSAGES = 1_000_000;
const ROUNDS = 5;
const QUERIES = 200;
const WARM_UP = 50;
/** The database's own ranking takes long, so fewer of the same searches measure it; an odd number meets all kinds. */
const RANKED_EVERY = 5;
const PAGE = 20;
/** An account that the seeder makes; it is a member of some dozen of the 200 rooms. */
const PERSON = 'person-1.1@seed.invalid';
/** Characters of a key in the index. */
const KEY_LENGTH = 8;
const LOOP_DELAY = 'nodejs_eventloop_lag_max_seconds';

/** Somebody's search, in words and as the index has it. */
interface Query {
  path: string;
  rooms: IndexedRoom[];
  /** Codes; the last with a star when it is a beginning. */
  words: string[];
}

export const search: Benchmark = {
  name: 'search',
  what: `searches in ${MESSAGES} messages, through REST and by the same statements on the database itself`,
  async run(log) {
    const results: BenchResult[] = [];
    for (const create of [seededSqlite, seededMariaDb]) {
      const database = await create(MESSAGES, log);
      if (!database) continue;
      try {
        results.push(...(await measure(database, log)));
      } finally {
        await database.close();
      }
    }
    return results;
  },
};

async function measure(database: SeededDatabase, log: (line: string) => void): Promise<BenchResult[]> {
  const server = await ServerProcess.start({ ...database.env, MEDIA_WORKERS: '1' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const api = new MiniMeetApi({ url: server.origin });
    await api.login({ email: PERSON, password: PASSWORD });
    const ask = async <Reply>(path: string) => get<Reply>(agent, server.origin, await api.accessToken(), path);
    const { items: rooms } = await ask<Page<Room>>('rooms?limit=100');
    const queries = await queriesFrom(database, rooms, WARM_UP + ROUNDS * QUERIES);
    const restMs: number[] = [];
    const rawMs: number[] = [];
    const rankedMs: number[] = [];
    let found = 0;
    let loopDelayMs = 0;
    for (const [i, query] of queries.entries()) {
      // Reading the metric begins a new measurement of the event loop: without the server's start.
      if (i === WARM_UP) await server.metric(LOOP_DELAY);
      const sides = [
        async () => {
          const startedMs = performance.now();
          found += (await ask<SearchPage>(query.path)).items.length;
          if (i >= WARM_UP) restMs.push(performance.now() - startedMs);
        },
        async () => {
          const startedMs = performance.now();
          await raw(database, query);
          if (i >= WARM_UP) rawMs.push(performance.now() - startedMs);
        },
      ];
      // In turns, so that neither always finds what the other has just read.
      for (const side of i % 2 ? sides : [...sides].reverse()) await side();
      if (i >= WARM_UP && i % RANKED_EVERY === 0) {
        const startedMs = performance.now();
        await database.rank(query.rooms, query.words, PAGE);
        rankedMs.push(performance.now() - startedMs);
      }
      if ((i - WARM_UP) % QUERIES === QUERIES - 1) {
        loopDelayMs = Math.max(loopDelayMs, 1_000 * (await server.metric(LOOP_DELAY)));
        const last = (samples: number[]) => percentile(samples.slice(-QUERIES), 0.99).toFixed(1);
        log(`${database.name}: p99 REST ${last(restMs)} ms, raw ${last(rawMs)} ms`);
      }
    }
    const [rest, own] = [percentile(restMs, 0.99), percentile(rawMs, 0.99)];
    log(
      `${database.name}: REST p50 ${percentile(restMs, 0.5).toFixed(1)} ms, raw p50 ${percentile(rawMs, 0.5).toFixed(1)} ms; ${(found / queries.length).toFixed(1)} hits a page, ${rooms.length} rooms`,
    );
    return [
      {
        name: `search p99 through REST, ${MESSAGES} messages, ${database.name}`,
        value: rest / own,
        unit: '×',
        aim: 1.3,
        baseline: `its statements by the driver, ${own.toFixed(1)} ms; through REST ${rest.toFixed(1)} ms; ${restMs.length} searches in turns`,
      },
      {
        name: `search p99 through REST against ${database.name}'s own ranking`,
        value: rest / percentile(rankedMs, 0.99),
        unit: '×',
        aim: null,
        baseline: `which ranks all that matches and gives ${PAGE}: p50 ${percentile(rankedMs, 0.5).toFixed(1)} ms, p99 ${percentile(rankedMs, 0.99).toFixed(0)} ms of ${rankedMs.length} of these searches`,
      },
      {
        name: `event-loop delay, worst, while searching, ${database.name}`,
        value: loopDelayMs,
        unit: 'ms',
        aim: 50,
        baseline: 'one search after another; the clients share the machine',
      },
    ];
  } finally {
    agent.destroy();
    await server.stop();
  }
}

/** The statements that find, and the one that reads what a page shows. */
async function raw(database: SeededDatabase, { rooms, words }: Query): Promise<void> {
  const ids = (await database.find(rooms, words)).slice(0, PAGE);
  if (ids.length === 0) return;
  await database.connection.query(`SELECT * FROM chat_message WHERE id IN (${ids.map(() => '?').join()})`, ids);
}

/**
 * One to three neighbouring words of some message, so that frequent words are asked for as often as they are written;
 * half of the searches in one room, half in all, and half with the last word typed halfway.
 */
async function queriesFrom(database: SeededDatabase, rooms: readonly Room[], count: number): Promise<Query[]> {
  const inRooms = rooms.map(() => '?').join();
  const ids = rooms.map(({ id }) => id);
  const [total] = await database.connection.query<{ count: number | string }[]>(
    `SELECT COUNT(*) AS count FROM chat_message WHERE roomId IN (${inRooms})`,
    ids,
  );
  const every = Math.floor(Number(total?.count ?? 0) / (2 * count));
  const rows = await database.connection.query<{ roomId: string; indexed: string }[]>(
    `SELECT roomId, searchText AS indexed FROM chat_message
     WHERE roomId IN (${inRooms}) AND sequence % ${every} = 0 ORDER BY id`,
    ids,
  );
  const keyOf = (indexed: string): IndexedRoom => ({ key: indexed.slice(0, database.keyLength) });
  const all = [...new Map(rows.map(({ roomId, indexed }) => [roomId, keyOf(indexed)])).values()];
  const queries: Query[] = [];
  for (const [i, { roomId, indexed }] of rows.entries()) {
    const codes = indexed.split(' ').map((word) => word.slice(KEY_LENGTH));
    const words = codes.filter((code) => /^[a-z0-9]+$/.test(code)).slice(0, 1 + (i % 3));
    const last = words.pop();
    if (last === undefined) continue;
    // The product takes every last word as a beginning.
    const typed = i % 2 ? last.slice(0, Math.max(1, Math.ceil(last.length / 2))) : last;
    const room = rooms.find(({ id }) => id === roomId);
    const isInOne = i % 4 < 2;
    const path = isInOne && room ? `rooms/${room.slug}/messages/search` : 'messages/search';
    queries.push({
      path: `${path}?limit=${PAGE}&q=${encodeURIComponent([...words, typed].join(' '))}`,
      rooms: isInOne ? [keyOf(indexed)] : all,
      words: [...new Set(words), `${typed}*`],
    });
  }
  if (queries.length < count) throw new Error(`Only ${queries.length} searches could be made.`);
  return queries.slice(0, count);
}

/** By Node's plain HTTP client over one kept connection, to measure the server and not the client. */
async function get<Reply>(agent: Agent, origin: string, token: string, path: string): Promise<Reply> {
  const ask = request(`${origin}/api/${path}`, { agent, headers: { Authorization: `Bearer ${token}` } }).end();
  const [response] = (await once(ask, 'response')) as [IncomingMessage];
  const body = await text(response);
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${body}`);
  return JSON.parse(body) as Reply;
}
