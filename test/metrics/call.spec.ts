import { randomUUID } from 'node:crypto';
import { type Room, type Session, TIMES } from '@minimeet/protocol';
import { shutDownPeers, type SyntheticPeer } from '@minimeet/loadtest';
import { WorstRooms } from '../../src/analytics/metrics/worst-rooms.js';
import { peerIn } from '../support/crowd.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { factOf, useServer } from '../support/server.js';
import { whileShorter } from '../support/shorter.js';
import { type Sample, scrape, sumOf } from './prometheus.js';

let ann: Person;
let room: Room;
const peers: SyntheticPeer[] = [];

afterAll(() => {
  for (const peer of peers) peer.close();
  shutDownPeers();
});

const { server, person } = useServer();

beforeAll(async () => {
  ann = await person('Ann');
  room = await ann.createRoom();
});

async function valueOf(name: string, labels: Record<string, string> = {}): Promise<number> {
  return sumOf(await scrape(server), name, labels) ?? 0;
}

/** Waits until a series has grown by at least `by`. */
async function grows(
  name: string,
  labels: Record<string, string>,
  by: number,
  act: () => Promise<unknown>,
  withinMs?: number,
): Promise<void> {
  const before = await valueOf(name, labels);
  await act();
  let now = before;
  await eventually(
    async () => {
      now = await valueOf(name, labels);
      return now >= before + by || undefined;
    },
    () => `${name} ${JSON.stringify(labels)} went from ${before} to ${now} and not up by ${by}`,
    withinMs,
  );
}

async function peerJoins(publish: ('camera' | 'microphone')[]): Promise<SyntheticPeer> {
  const view = { maxTiles: 4, width: 320, height: 180 };
  const peer = await peerIn(server.origin, room.slug, 'Synthetic', { publish, view });
  peers.push(peer);
  return peer;
}

describe('joins', () => {
  it('are counted by kind, result and reason, and measured', async () => {
    const before = await scrape(server);
    await ann.join(room.slug);
    await ann.join(room.slug);
    await ann.refused('join_room', { room: 'no-such-room' });
    const after = await scrape(server);
    const grown = (name: string, labels: Record<string, string>): number =>
      (sumOf(after, name, labels) ?? 0) - (sumOf(before, name, labels) ?? 0);
    const name = 'minimeet_join_attempts_total';
    expect(grown(name, { kind: 'enter', result: 'succeeded', reason: 'none' })).toBe(1);
    expect(grown(name, { kind: 'rebuild', result: 'succeeded', reason: 'none' })).toBe(1);
    expect(grown(name, { kind: 'enter', result: 'failed', reason: 'not_found' })).toBe(1);
    expect(grown('minimeet_join_seconds_count', {})).toBe(1);
    expect(sumOf(after, 'minimeet_participants')).toBe(1);
    expect(sumOf(after, 'minimeet_rooms')).toBe(1);
    expect(sumOf(after, 'minimeet_sockets')).toBe(1);
  });

  it('have phases as clients report them, once a stay', async () => {
    const report = { joinPhases: { socket: 20, ack: 30, total: 500 }, path: 'relay' };
    await ann.request('report_quality', report);
    await ann.request('report_quality', { ...report, freezes: 2, frozenMs: 1500 });
    const samples = await scrape(server);
    expect(sumOf(samples, 'minimeet_join_phase_seconds_sum', { phase: 'total' })).toBe(0.5);
    expect(sumOf(samples, 'minimeet_join_phase_seconds_count')).toBe(3);
    expect(sumOf(samples, 'minimeet_network_paths_total', { path: 'relay' })).toBe(1);
    expect(sumOf(samples, 'minimeet_freezes_total')).toBe(2);
    expect(sumOf(samples, 'minimeet_frozen_seconds_total')).toBe(1.5);
  });
});

describe('requests', () => {
  it('are measured by event and result, what the guard refuses too', async () => {
    const before = await scrape(server);
    await ann.request('chat_message', { id: randomUUID(), content: { type: 'text', text: 'hi' } });
    await ann.refused('set_view', { tiles: 'all' });
    await ann.refused('drop_tables', {});
    const after = await scrape(server);
    const name = 'minimeet_request_duration_seconds_count';
    const grown = (labels: Record<string, string>): number =>
      (sumOf(after, name, labels) ?? 0) - (sumOf(before, name, labels) ?? 0);
    expect(grown({})).toBe(3);
    expect(grown({ event: 'chat_message', result: 'ok' })).toBe(1);
    expect(grown({ event: 'set_view', result: 'invalid_payload' })).toBe(1);
    expect(grown({ event: 'unknown', result: 'unknown_event' })).toBe(1);
    expect(sumOf(after, 'minimeet_chat_messages_total')).toBe(1);
  });

  it('are measured when the client wants no ack', async () => {
    await grows('minimeet_request_duration_seconds_count', { event: 'set_speaking', result: 'wrong_state' }, 1, () =>
      Promise.resolve(ann.socket.emit('set_speaking', { speaking: true })),
    );
  });
});

describe('reconnects', () => {
  it('are counted when the stay is resumed', async () => {
    const { resumeToken } = await ann.join(room.slug);
    await grows('minimeet_reconnects_total', { kind: 'resumed' }, 1, async () => {
      const lost = factOf(server, 'connection-lost');
      ann.drop();
      await lost;
      await ann.connect();
      expect((await ann.join(room.slug, { resumeToken })).resumed).toBe(true);
    });
  });

  it('are counted when it is not, and so is the departure', () =>
    whileShorter(TIMES, { resumeGraceMs: 500 }, async () => {
      const ben = await person('Ben');
      await ben.join(room.slug);
      const before = await valueOf('minimeet_departures_total', { reason: 'timed_out' });
      await grows('minimeet_reconnects_total', { kind: 'timed_out' }, 1, () => Promise.resolve(ben.drop()));
      expect(await valueOf('minimeet_departures_total', { reason: 'timed_out' })).toBe(before + 1);
    }));
});

describe('moderation', () => {
  it('is counted by what was done', async () => {
    await ann.join(room.slug);
    await grows('minimeet_moderation_actions_total', { action: 'hand_raised' }, 1, () =>
      ann.request('raise_hand', { raised: true }),
    );
    await grows('minimeet_moderation_actions_total', { action: 'room_locked' }, 1, () =>
      ann.request('set_room_lock', { locked: true }),
    );
    await ann.request('set_room_lock', { locked: false });
  });

  it('counts who waits to be let in, while they wait', async () => {
    const lobby = await ann.rest<Room>('POST', 'rooms', { name: 'With a lobby', access: 'lobby' });
    const [ben, cleo] = [await person('Ben'), await person('Cleo')];
    for (const person of [ben, cleo]) await person.request('request_admission', { room: lobby.slug });
    expect(await valueOf('minimeet_lobby_waiting')).toBe(2);
    ben.leave();
    await ann.rest('PATCH', `rooms/${lobby.slug}`, { access: 'open' });
    await cleo.hears('admission');
    expect(await valueOf('minimeet_lobby_waiting')).toBe(0);
  });
});

describe('media', () => {
  it('finds its way over UDP', async () => {
    await grows('minimeet_ice_results_total', { result: 'connected', protocol: 'udp' }, 3, async () => {
      await peerJoins(['camera', 'microphone']);
      await peerJoins(['microphone']);
    });
    const samples = await scrape(server);
    expect(sumOf(samples, 'minimeet_transports')).toBeGreaterThanOrEqual(4);
    expect(sumOf(samples, 'minimeet_producers', { kind: 'audio' })).toBe(2);
    expect(sumOf(samples, 'minimeet_producers', { kind: 'video' })).toBe(1);
    expect(sumOf(samples, 'minimeet_ice_results_total', { result: 'failed' })).toBe(0);
  });

  it(
    'is counted in packets up and down, without a scrape’s help, and makes a score',
    async () => {
      const missing = (samples: readonly Sample[]): string[] =>
        ['up', 'down'].flatMap((direction) =>
          ['audio', 'video']
            .filter((kind) => !sumOf(samples, 'minimeet_media_packets_total', { direction, kind }))
            .map((kind) => `${kind} ${direction}`),
        );
      let samples: Sample[] = [];
      await eventually(
        async () => {
          samples = await scrape(server);
          return (missing(samples).length === 0 && sumOf(samples, 'minimeet_audio_score_count')) || undefined;
        },
        () => `No packets were counted: ${missing(samples).join(', ')}`,
        4 * TIMES.qualityIntervalMs,
      );
      expect(sumOf(samples, 'minimeet_media_bytes_total', { direction: 'up' })).toBeGreaterThan(1000);
      const mean =
        (sumOf(samples, 'minimeet_audio_score_sum') ?? 0) / (sumOf(samples, 'minimeet_audio_score_count') ?? 0);
      expect(mean).toBeGreaterThan(4);
      expect(mean).toBeLessThanOrEqual(4.5);
    },
    6 * TIMES.qualityIntervalMs,
  );

  it('ranks its rooms', async () => {
    const [worst, ...others] = server.app.get(WorstRooms, { strict: false }).list();
    expect(others).toEqual([]);
    expect(worst).toMatchObject({ rank: 1, roomId: room.id, participants: 3 });
    const samples = await scrape(server);
    expect(sumOf(samples, 'minimeet_worst_room_score', { rank: '1' })).toBeCloseTo(worst?.score ?? 0, 1);
    expect(sumOf(samples, 'minimeet_worst_room_participants', { rank: '1' })).toBe(3);
    expect(sumOf(samples, 'minimeet_worst_room_score', { rank: '2' })).toBeUndefined();
  });

  it('is lost and made anew when its worker is killed, and all of it shows', async () => {
    const before = await scrape(server);
    for (const pid of server.workerPids()) process.kill(pid, 'SIGKILL');
    let missing = '';
    await eventually(
      async () => {
        const after = await scrape(server);
        const grown = (name: string, labels: Record<string, string>): number =>
          (sumOf(after, name, labels) ?? 0) - (sumOf(before, name, labels) ?? 0);
        const seen = {
          deaths: grown('minimeet_worker_deaths_total', { slot: '0', cause: 'crash' }) === 1,
          losses: grown('minimeet_media_losses_total', { reason: 'worker_died' }) === 2,
          rebuilt: grown('minimeet_reconnects_total', { kind: 'media_rebuilt' }) === 2,
          up: sumOf(after, 'minimeet_worker_up', { slot: '0' }) === 1,
        };
        missing = JSON.stringify(seen);
        return Object.values(seen).every(Boolean) || undefined;
      },
      () => `Not seen: ${missing}`,
    );
  });
});

describe('labels', () => {
  it('name no person, room, peer or path', async () => {
    const samples = await scrape(server);
    const sessions: Session[] = [ann.session];
    const secret = [
      room.id,
      room.slug,
      ...sessions.map(({ user }) => user.id),
      ...peers.map((peer) => peer.joined.self.id),
    ];
    for (const { name, labels } of samples) {
      for (const [label, value] of Object.entries(labels)) {
        if (name === 'minimeet_build_info' || name === 'nodejs_version_info') continue;
        expect(`${name}{${label}="${value}"}`).toMatch(
          /\{(?:\w+="[a-z_]+"|(?:le|quantile|rank|slot)="[\d.e+-]+"|le="\+Inf"|space="\w+"|type="\w+")\}$/,
        );
        expect(secret).not.toContain(value);
      }
    }
    const series = samples.filter(({ name }) => name.startsWith('minimeet_'));
    expect(series.length).toBeLessThan(1_500);
  });
});
