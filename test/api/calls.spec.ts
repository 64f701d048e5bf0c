import { randomUUID } from 'node:crypto';
import type { Call, LeaveReason, Page, Room, RoomMember, Session } from '@minimeet/protocol';
import { EventBus, type StayFacts } from '../../src/common/events/index.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, problemOf, register, send } from '../support/http.js';
import { roomOf } from '../support/room-people.js';
import { startBeside, useServer } from '../support/server.js';

describeOnEveryDatabase('the history of calls', (database) => {
  const { server } = database.useServer();
  let events: EventBus;
  let ann: Session;
  let ben: Session;

  beforeAll(async () => {
    events = server.app.get(EventBus, { strict: false });
    ann = await register(server.origin, 'Ann');
    ben = await register(server.origin, 'Ben');
  });

  const get = <Body>(session: Session, path: string) =>
    expectOk<Body>(send(server.origin, 'GET', `/api/${path}`, { token: session.accessToken }));

  function joins(room: Room, { user }: Session, at: string): (reason: LeaveReason, at: string) => void {
    const { id: roomId, slug } = room;
    const facts: Omit<StayFacts, 'at'> = {
      roomId,
      slug,
      participantId: randomUUID(),
      userId: user.id,
      displayName: user.displayName,
    };
    events.publish('participant-joined', { ...facts, client: 'web, Chrome 156 on Linux', at: new Date(at) });
    return (reason, leftAt) => events.publish('participant-left', { ...facts, reason, at: new Date(leftAt) });
  }

  it('opens with the first person and closes with the last, with everybody’s stay', async () => {
    const room = await roomOf(server, ann, ben);
    const annLeaves = joins(room, ann, '2026-01-01T10:00:00.123Z');
    const benLeaves = joins(room, ben, '2026-01-01T10:00:01.456Z');
    const members = await get<Page<RoomMember>>(ann, `rooms/${room.slug}/members`);
    expect(members.items.map(({ inCall }) => inCall)).toEqual([true, true]);
    expect((await get<Room>(ann, `rooms/${room.slug}`)).participantCount).toBe(2);

    annLeaves('left', '2026-01-01T10:30:00.789Z');
    const open = await eventually(async () => {
      const [call] = (await get<Page<Call>>(ben, `rooms/${room.slug}/calls`)).items;
      return call?.participations.some(({ leftAt }) => leftAt !== null) ? call : undefined;
    }, 'the call is not in the history');
    expect(open).toMatchObject({ roomId: room.id, startedAt: '2026-01-01T10:00:00.123Z', endedAt: null });

    benLeaves('timed-out', '2026-01-01T11:00:00.001Z');
    const over = await eventually(async () => {
      const call = await get<Call>(ann, `calls/${open.id}`);
      return call.endedAt === null ? undefined : call;
    }, 'the call does not end');
    expect(over.endedAt).toBe('2026-01-01T11:00:00.001Z');
    expect(over.participations).toMatchObject([
      {
        userId: ann.user.id,
        displayName: 'Ann',
        joinedAt: '2026-01-01T10:00:00.123Z',
        leftAt: '2026-01-01T10:30:00.789Z',
        leaveReason: 'left',
      },
      {
        userId: ben.user.id,
        displayName: 'Ben',
        joinedAt: '2026-01-01T10:00:01.456Z',
        leftAt: '2026-01-01T11:00:00.001Z',
        leaveReason: 'timed-out',
      },
    ]);
    expect((await get<Room>(ann, `rooms/${room.slug}`)).participantCount).toBe(0);

    const stranger = await register(server.origin);
    const refused = await send(server.origin, 'GET', `/api/calls/${open.id}`, { token: stranger.accessToken });
    expect(problemOf(refused).code).toBe('FORBIDDEN');
  });

  it('is listed the newest first, page by page', async () => {
    const room = await roomOf(server, ann, ben);
    for (const hour of ['10', '11', '12']) {
      joins(room, ann, `2026-01-02T${hour}:00:00.000Z`)('left', `2026-01-02T${hour}:10:00.000Z`);
    }
    const all = await eventually(async () => {
      const page = await get<Page<Call>>(ann, `rooms/${room.slug}/calls`);
      return page.items.filter(({ endedAt }) => endedAt !== null).length === 3 ? page.items : undefined;
    }, 'three calls are not in the history');
    expect(all.map(({ startedAt }) => startedAt.slice(11, 13))).toEqual(['12', '11', '10']);
    const first = await get<Page<Call>>(ann, `rooms/${room.slug}/calls?limit=2`);
    const second = await get<Page<Call>>(ann, `rooms/${room.slug}/calls?limit=2&after=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.next).toBeNull();
  });
});

describe('a server that crashed in a call', () => {
  const { server: before } = useServer();

  it('closes it at its next start', async () => {
    const ann = await register(before.origin);
    const token = ann.accessToken;
    const room = await expectOk<Room>(send(before.origin, 'POST', '/api/rooms', { token, body: { name: 'A room' } }));
    before.app.get(EventBus, { strict: false }).publish('participant-joined', {
      roomId: room.id,
      slug: room.slug,
      participantId: randomUUID(),
      userId: ann.user.id,
      displayName: 'Ann',
      client: null,
      at: new Date(),
    });
    const calls = (origin: string) =>
      expectOk<Page<Call>>(send(origin, 'GET', `/api/rooms/${room.slug}/calls`, { token }));
    await eventually(async () => ((await calls(before.origin)).items.length === 1 ? true : undefined), 'no call');

    const after = await startBeside(before);
    const [call] = (await calls(after.origin)).items;
    expect(call?.endedAt).not.toBeNull();
    expect(call?.participations).toMatchObject([{ leaveReason: 'timed-out' }]);
    await after.close();
  });
});
