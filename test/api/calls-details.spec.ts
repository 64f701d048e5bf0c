import type { CallDetails, CallLane, Call, Page, Room, Session } from '@minimeet/protocol';
import { RoomDoor } from '../../src/rooms/room-door.js';
import { ToldStay } from '../support/call-facts.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, problemOf, register, send } from '../support/http.js';
import { roomOf } from '../support/room-people.js';

const START_MS = Date.now() - 9 * 60 * 60 * 1_000;
const at = (seconds: number): Date => new Date(START_MS + seconds * 1_000);
const iso = (seconds: number): string => at(seconds).toISOString();

describeOnEveryDatabase('one call', (database) => {
  const { server } = database.useServer();
  let ann: Session;
  let ben: Session;

  beforeAll(async () => {
    ann = await register(server.origin, 'Ann');
    ben = await register(server.origin, 'Ben');
  });

  const ask = (session: Session, path: string) =>
    send(server.origin, 'GET', `/api/${path}`, { token: session.accessToken });

  /** The only call of a room, when it is over. */
  async function callOf(room: Room): Promise<CallDetails> {
    const id = await eventually(async () => {
      const [call] = (await expectOk<Page<Call>>(ask(ann, `rooms/${room.slug}/calls`))).items;
      return call?.endedAt ? call.id : undefined;
    }, 'no call is over');
    return expectOk<CallDetails>(ask(ann, `calls/${id}`));
  }

  it('is a timeline with a lane a person, and says what its worst moment was', async () => {
    const room = await roomOf(server, ann, ben);
    const annStays = ToldStay.joins(server, room, ann, { at: at(0), client: 'web, Chrome 156 on Linux' });
    const benStays = ToldStay.joins(server, room, ben, { at: at(5) });
    annStays.tell('quality-reported', at(6), {
      report: { path: 'udp', joinPhases: { socket: 20, ack: 30.5, total: 180 } },
    });
    annStays.tell('publication-changed', at(7), { source: 'microphone', change: 'published', byOther: false });
    annStays.tell('publication-changed', at(8), { source: 'microphone', change: 'muted', byOther: false });
    annStays.speaks(at(10), [annStays.id]);
    annStays.speaks(at(14), [annStays.id, benStays.id]);
    annStays.speaks(at(20), [benStays.id]);
    annStays.speaks(at(21), []);
    benStays.tell('connection-lost', at(30), {});
    benStays.tell('connection-resumed', at(32), { lostMs: 2_000 });
    benStays.tell('quality-reported', at(35), { report: { path: 'relay', frozenMs: 150, freezes: 1 } });
    for (let seconds = 40; seconds <= 400; seconds += 10) {
      const isBad = seconds > 100 && seconds <= 280;
      annStays.isSampled('up', at(seconds), isBad ? { lossRatio: 0.12, packets: 440, packetsLost: 60 } : {});
      annStays.isSampled('down', at(seconds + 1));
      benStays.isSampled('up', at(seconds + 2), { roundTripTimeMs: 70 });
      benStays.isSampled('down', at(seconds + 3));
    }
    // Sampled and gone in the same moment: the sample is there, whichever is heard first.
    annStays.leaves(at(410));
    annStays.isSampled('down', at(410), { jitterMs: 9 });
    benStays.leaves(at(420), 'timed-out');

    const call = await callOf(room);
    expect(call).toMatchObject({ roomId: room.id, startedAt: iso(0), endedAt: iso(420) });
    const [annLane, benLane] = call.participations;
    expect(annLane).toMatchObject({
      id: annStays.id,
      displayName: 'Ann',
      client: 'web, Chrome 156 on Linux',
      networkPath: 'udp',
      joinPhases: { socket: 20, ack: 30.5, total: 180 },
      // 18 of 75 are bad.
      quality: 'bad',
      speakingMs: 10_000,
      reconnects: 0,
      events: [
        { at: iso(7), type: 'published', source: 'microphone' },
        { at: iso(8), type: 'muted', source: 'microphone' },
      ],
    });
    expect(benLane).toMatchObject({
      displayName: 'Ben',
      client: null,
      networkPath: 'relay',
      joinPhases: null,
      quality: 'good',
      speakingMs: 7_000,
      reconnects: 1,
      leaveReason: 'timed-out',
      events: [
        { at: iso(30), type: 'connection-lost', source: null },
        { at: iso(32), type: 'connection-resumed', source: null },
      ],
    });
    expect(annLane?.samples).toHaveLength(75);
    expect(annLane?.samples.slice(0, 2)).toEqual([
      {
        at: iso(40),
        direction: 'up',
        lossRatio: 0,
        jitterMs: 4,
        roundTripTimeMs: 30,
        bitrateBps: 100_000,
        frozenMs: null,
        quality: 'good',
      },
      {
        at: iso(41),
        direction: 'down',
        lossRatio: 0,
        jitterMs: 4,
        roundTripTimeMs: 30,
        bitrateBps: 100_000,
        frozenMs: null,
        quality: 'good',
      },
    ]);
    expect(annLane?.samples.at(-1)).toMatchObject({ at: iso(410), direction: 'down', jitterMs: 9 });
    // What the client saw belongs to what it receives, once.
    expect(benLane?.samples.map(({ frozenMs }) => frozenMs).filter((frozenMs) => frozenMs !== null)).toEqual([150]);
    expect(benLane?.samples.find(({ frozenMs }) => frozenMs === 150)).toMatchObject({ direction: 'down', at: iso(43) });
    expect(call.worstMoment).toEqual({
      sentence: "12 % loss on Ann's uplink for 3 minutes; everyone else was fine.",
      startsAt: iso(100),
      endsAt: iso(280),
      participantId: annStays.id,
    });
    // The list says the same of the stays.
    const [listed] = (await expectOk<Page<Call>>(ask(ann, `rooms/${room.slug}/calls`))).items;
    expect(listed?.participations).toMatchObject([
      { quality: 'bad', networkPath: 'udp' },
      { quality: 'good', networkPath: 'relay' },
    ]);
  });

  it('stays one when the only person joins again elsewhere', async () => {
    const room = await roomOf(server, ann, ben);
    const first = ToldStay.joins(server, room, ann, { at: at(0) });
    first.leaves(at(10), 'replaced');
    const second = ToldStay.joins(server, room, ann, { at: at(10) });
    second.leaves(at(20));
    const call = await callOf(room);
    expect(call.endedAt).toBe(iso(20));
    expect(call.participations.map(({ leaveReason }) => leaveReason)).toEqual(['replaced', 'left']);
  });

  it('of a working day is answered with at most 400 samples a lane and direction, the worst loss kept', async () => {
    const room = await roomOf(server, ann, ben);
    const stay = ToldStay.joins(server, room, ann, { at: at(0) });
    const count = 2_880;
    for (let number = 1; number <= count; number += 1) {
      stay.isSampled('up', at(number * 10), number === 1_234 ? { lossRatio: 0.5, packetsLost: 500 } : {});
      stay.isSampled('down', at(number * 10), { jitterMs: number });
    }
    stay.leaves(at(count * 10));
    const lane = await eventually(async () => {
      const [only] = (await callOf(room)).participations as [CallLane];
      return only.samples.at(-1)?.at === iso(count * 10) ? only : undefined;
    }, 'the last samples are not there');
    const [up = [], down = []] = (['up', 'down'] as const).map((direction) =>
      lane.samples.filter((sample) => sample.direction === direction),
    );
    expect([up.length, down.length]).toEqual([400, 400]);
    expect(Math.max(...up.map(({ lossRatio }) => lossRatio ?? 0))).toBe(0.5);
    expect(up.filter(({ quality }) => quality === 'bad')).toHaveLength(1);
    // Each neighbourhood ends with its last sample, in order.
    const jitters = down.map(({ jitterMs }) => jitterMs ?? 0);
    expect(jitters).toEqual([...jitters].sort((a, b) => a - b));
    expect(jitters.at(-1)).toBe(count);
    expect(down.map((sample) => sample.at)).toEqual(jitters.map((jitter) => iso(jitter * 10)));
    expect(up.every(({ bitrateBps }) => bitrateBps === 100_000)).toBe(true);

    const csv = await ask(ann, `calls/${(await callOf(room)).id}/export`);
    expect(String(csv.body).trimEnd().split('\r\n')).toHaveLength(1 + 2 * count);
  }, 60_000);

  it('is exported as CSV: every sample a row, names as text and never as formulas', async () => {
    const room = await roomOf(server, ann, ben);
    const names = ['=HYPERLINK("http://evil.example","Ann")', '+1', '-1', '@SUM(A1)', 'Ben, "the host"', 'Zoë 🎥'];
    const stays = names.map((name, index) =>
      ToldStay.joins(server, room, ann, { at: at(index), name, client: '=cmd' }),
    );
    stays.forEach((stay, index) => stay.isSampled('up', at(10 + index), { lossRatio: 0.0123, jitterMs: 4.56 }));
    for (const stay of stays) stay.leaves(at(30));
    const { id } = await callOf(room);
    const answer = await ask(ann, `calls/${id}/export`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="call-\d{4}-\d\d-\d\d-[0-9a-f]{12}\.csv"$/,
    );
    const [header, ...lines] = String(answer.body).split('\r\n');
    expect(header).toBe(
      'time (UTC),participant id,name,client,network path,direction,loss (%),jitter (ms),round trip (ms),bitrate (bit/s),frozen (ms),quality',
    );
    expect(lines.pop()).toBe('');
    const rest = "'=cmd,,up,1.23,4.6,30,100000,,good";
    expect(lines).toEqual([
      `${iso(10)},${stays[0]?.id},"'=HYPERLINK(""http://evil.example"",""Ann"")",${rest}`,
      `${iso(11)},${stays[1]?.id},'+1,${rest}`,
      `${iso(12)},${stays[2]?.id},'-1,${rest}`,
      `${iso(13)},${stays[3]?.id},'@SUM(A1),${rest}`,
      `${iso(14)},${stays[4]?.id},"Ben, ""the host""",${rest}`,
      `${iso(15)},${stays[5]?.id},Zoë 🎥,${rest}`,
    ]);
  });

  describe('is for those who are members of its room:', () => {
    let room: Room;
    let callId: string;
    const people: Record<string, Session> = {};

    beforeAll(async () => {
      room = await roomOf(server, ann, ben);
      ToldStay.joins(server, room, ann, { at: at(0) }).leaves(at(1));
      callId = (await callOf(room)).id;
      const guestOf = async (slug: string): Promise<Session> => {
        const { token } = await expectOk<{ token: string }>(
          send(server.origin, 'POST', `/api/rooms/${slug}/invites`, { token: ann.accessToken, body: {} }),
        );
        const body = { displayName: 'Gus', invite: token };
        const guest = await expectOk<Session>(send(server.origin, 'POST', '/api/auth/guest', { body }));
        const identity = {
          userId: guest.user.id,
          displayName: 'Gus',
          pictureUrl: null,
          guestRoomId: slug === room.slug ? room.id : other.id,
        };
        await server.app.get(RoomDoor, { strict: false }).enter(identity, slug);
        return guest;
      };
      const other = await roomOf(server, ann, ben);
      Object.assign(people, {
        host: ann,
        member: ben,
        stranger: await register(server.origin, 'Sam'),
        guest: await guestOf(room.slug),
        'guest of another room': await guestOf(other.slug),
      });
    });

    it.each([
      ['host', 200],
      ['member', 200],
      ['guest', 200],
      ['stranger', 403],
      ['guest of another room', 403],
      [undefined, 401],
    ])('a %s gets %d', async (who, status) => {
      const token = who === undefined ? undefined : people[who]?.accessToken;
      for (const path of [`rooms/${room.slug}/calls`, `calls/${callId}`, `calls/${callId}/export`]) {
        const answer = await send(server.origin, 'GET', `/api/${path}`, { token });
        expect([path, answer.status]).toEqual([path, status]);
        if (status !== 200) expect(problemOf(answer).code).toBe(status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      }
    });

    it('an unknown call is not found', async () => {
      for (const id of ['nonsense', '00000000-0000-7000-8000-000000000000', "' OR 1=1 --"]) {
        for (const path of [`calls/${encodeURIComponent(id)}`, `calls/${encodeURIComponent(id)}/export`]) {
          expect(problemOf(await ask(ann, path)).code).toBe('NOT_FOUND');
        }
      }
    });
  });
});
