import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, CallDetails, Page, Room, Session } from '@minimeet/protocol';
import { DataSource } from 'typeorm';
import { Retention } from '../../src/analytics/retention.js';
import { EventBus } from '../../src/common/events/index.js';
import { ToldStay } from '../support/call-facts.js';
import { CutLine } from '../support/cut-line.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, register, send } from '../support/http.js';
import { missingMariaDbProgram, newMariaDbDatabase } from '../support/mariadb.js';
import { type RunningServer, startBeside, useServer } from '../support/server.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

const get = <Body>(server: RunningServer, { accessToken: token }: Session, path: string) =>
  expectOk<Body>(send(server.origin, 'GET', `/api/${path}`, { token }));

function createRoom(server: RunningServer, { accessToken: token }: Session): Promise<Room> {
  return expectOk<Room>(send(server.origin, 'POST', '/api/rooms', { token, body: { name: 'A room' } }));
}

/** The newest call of a room, as soon as it fits. */
function callOf(
  server: RunningServer,
  session: Session,
  room: Room,
  fits: (call: CallDetails) => boolean,
): Promise<CallDetails> {
  return eventually(
    async () => {
      const [newest] = (await get<Page<Call>>(server, session, `rooms/${room.slug}/calls`)).items;
      const call = newest && (await get<CallDetails>(server, session, `calls/${newest.id}`));
      return call && fits(call) ? call : undefined;
    },
    'the call is not written down as it was',
    15_000,
  );
}

describeOnEveryDatabase('what is written down of calls', (database) => {
  const { server, person } = database.useServer({ QUALITY_RETENTION_DAYS: '10' });
  let ann: Session;

  beforeAll(async () => {
    ann = await register(server.origin, 'Ann');
  });

  it('is what people really did', async () => {
    const first = await person('Ann');
    const second = await person('Ben');
    const room = await first.createRoom();
    await first.joinWithMedia(room.slug);
    const { resumeToken } = await second.join(room.slug);
    await first.request('report_quality', { path: 'udp', joinPhases: { socket: 12.5, total: 80 } });
    second.drop();
    await second.connect();
    await second.join(room.slug, { resumeToken });
    second.leave();
    await first.request('leave_room');
    first.leave();
    const call = await callOf(server, first.session, room, ({ endedAt }) => endedAt !== null);
    const [annLane, benLane] = call.participations;
    expect(annLane).toMatchObject({
      displayName: 'Ann',
      networkPath: 'udp',
      joinPhases: { socket: 12.5, total: 80 },
      leaveReason: 'left',
      reconnects: 0,
    });
    expect(benLane?.reconnects).toBe(1);
    expect(benLane?.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['connection-lost', 'connection-resumed']),
    );
  }, 60_000);

  it('is written in few transactions, however many people there are', async () => {
    const dataSource = server.app.get(DataSource);
    const transaction = dataSource.transaction.bind(dataSource);
    let count = 0;
    // Counts, and does the same.
    dataSource.transaction = ((...work: Parameters<typeof transaction>) => {
      count += 1;
      return transaction(...work);
    }) as typeof dataSource.transaction;
    try {
      const room = await createRoom(server, ann);
      const stays = Array.from({ length: 300 }, (_, index) =>
        ToldStay.joins(server, room, ann, { at: new Date(), name: `Person ${index}` }),
      );
      for (let second = 0; second < 4; second += 1) {
        for (const stay of stays) {
          stay.isSampled('up', new Date());
          stay.isSampled('down', new Date());
        }
        await sleep(1_000);
      }
      // One to make the room, and one every two seconds for the rows; 300 people come with 2,400 samples.
      expect(count).toBeGreaterThanOrEqual(2);
      expect(count).toBeLessThanOrEqual(6);
      for (const stay of stays) stay.leaves(new Date());
      const call = await callOf(server, ann, room, ({ endedAt }) => endedAt !== null);
      expect(call.participations).toHaveLength(300);
    } finally {
      dataSource.transaction = transaction;
    }
  }, 60_000);

  it('loses nothing but the call whose room is deleted', async () => {
    const doomed = await createRoom(server, ann);
    const kept = await createRoom(server, ann);
    const inDoomed = ToldStay.joins(server, doomed, ann, { at: new Date() });
    const inKept = ToldStay.joins(server, kept, ann, { at: new Date() });
    await callOf(server, ann, kept, () => true);
    inDoomed.isSampled('up', new Date());
    inKept.isSampled('up', new Date());
    // As another process would: nothing is heard of it.
    await server.app.get(DataSource).query(`DELETE FROM room WHERE id = '${doomed.id}'`);
    inDoomed.leaves(new Date());
    inKept.leaves(new Date());
    const call = await callOf(server, ann, kept, ({ endedAt }) => endedAt !== null);
    expect(call.participations[0]?.samples).toHaveLength(1);
  });

  it('forgets samples and events after the retention time, and keeps the calls', async () => {
    const room = await createRoom(server, ann);
    const now = Date.now();
    const at = (days: number, ms = 0): Date => new Date(now - days * DAY_MS + ms);
    const stay = ToldStay.joins(server, room, ann, { at: at(12) });
    // More than one batch, a part of them in the same moment.
    for (let number = 0; number < 1_300; number += 1) {
      stay.isSampled('up', at(11, Math.floor(number / 2) * 2));
      stay.isSampled('down', at(11, number));
    }
    stay.isSampled('up', at(9));
    stay.tell('connection-lost', at(11), {});
    stay.tell('connection-lost', at(9), {});
    stay.leaves(at(8));
    await callOf(server, ann, room, (call) => call.participations[0]?.samples.at(-1)?.at === at(9).toISOString());
    const retention = server.app.get(Retention, { strict: false });
    // Two days ago nothing was older than ten days.
    await retention.clean(at(2));
    const [before] = (await callOf(server, ann, room, () => true)).participations;
    expect(before?.events).toHaveLength(2);
    expect(before?.samples.length).toBeGreaterThan(400);
    await retention.clean(new Date());
    const [after] = (await callOf(server, ann, room, () => true)).participations;
    expect(after?.samples.map((sample) => sample.at)).toEqual([at(9).toISOString()]);
    expect(after?.quality).toBe('good');
    await retention.clean(new Date(now + 2 * DAY_MS));
    const [end] = (await callOf(server, ann, room, () => true)).participations;
    expect([end?.samples, end?.events]).toEqual([[], []]);
  }, 60_000);
});

describe('a server that ends in a call', () => {
  const { server: before } = useServer();
  const startMs = Date.now() - DAY_MS;
  const at = (seconds: number): Date => new Date(startMs + seconds * 1_000);

  it('has written what it knew, and a server that crashed is found to have ended with the last sample', async () => {
    const ann = await register(before.origin, 'Ann');
    const room = await createRoom(before, ann);
    const stay = ToldStay.joins(before, room, ann, { at: at(0) });
    stay.isSampled('up', at(10));
    stay.isSampled('up', at(420));
    await callOf(before, ann, room, (call) => call.participations[0]?.samples.length === 2);
    const after = await startBeside(before);
    const call = await callOf(after, ann, room, () => true);
    expect(call).toMatchObject({ endedAt: at(420).toISOString() });
    expect(call.participations).toMatchObject([{ leftAt: at(420).toISOString(), leaveReason: 'timed-out' }]);

    const second = await createRoom(after, ann);
    const lastSecond = ToldStay.joins(after, second, ann, { at: at(500) });
    lastSecond.isSampled('down', at(510));
    await after.app.close();
    const again = await startBeside(before);
    const last = await callOf(again, ann, second, () => true);
    expect(last.participations[0]?.samples).toHaveLength(1);
    await again.close();
  }, 60_000);
});

const missing = missingMariaDbProgram();
const describeWithMariaDb = missing ? describe.skip : describe;

describeWithMariaDb(
  `a database that is away in a call (needs mariadbd${missing ? `; ${missing} is absent` : ''})`,
  () => {
    let line: CutLine;
    const { server, person } = useServer(async () => {
      const url = await newMariaDbDatabase();
      line = await CutLine.to(url.replace('mysql:', 'http:'));
      const throughLine = url.replace(new URL(url).host, new URL(line.origin).host);
      return { DATABASE_URL: throughLine, LOG_LEVEL: 'error' };
    });

    afterAll(() => line.close());

    it('gets everything when it is back, and the call goes on meanwhile', async () => {
      const ann = await person('Ann');
      const room = await ann.createRoom();
      const { self } = await ann.joinWithMedia(room.slug);
      const told = ToldStay.joins(server, room, ann.session, { at: new Date(), name: 'Told' });
      told.isSampled('up', new Date(Date.now() - 3));
      await callOf(server, ann.session, room, (call) => call.participations[1]?.samples.length === 1);

      const dropped: number[] = [];
      server.app.get(EventBus, { strict: false }).subscribe('analytics-dropped', ({ rows }) => void dropped.push(rows));
      line.break();
      for (let number = 0; number < 5; number += 1) {
        told.isSampled('down', new Date());
        told.tell('connection-lost', new Date(), {});
        // Longer than two writes, in all.
        await sleep(1_000);
      }
      const late = ToldStay.joins(server, room, ann.session, { at: new Date(), name: 'Late' });
      late.isSampled('up', new Date());
      await ann.request('report_quality', { path: 'tcp' });
      await line.mended();

      const call = await callOf(server, ann.session, room, ({ participations }) => participations.length === 3);
      const [own, toldLane, lateLane] = call.participations;
      expect(own).toMatchObject({ id: self.id, networkPath: 'tcp', leftAt: null });
      expect(toldLane).toMatchObject({ displayName: 'Told', samples: { length: 6 }, events: { length: 5 } });
      expect(lateLane).toMatchObject({ displayName: 'Late', samples: { length: 1 } });
      expect(dropped).toEqual([]);
    }, 60_000);
  },
);
