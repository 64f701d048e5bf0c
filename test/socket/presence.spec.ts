import { type Presence, TIMES } from '@minimeet/protocol';
import { PRESENCE_TIMES } from '../../src/presence/person-presence.js';
import { PresenceService } from '../../src/presence/presence.service.js';
import { UsersService } from '../../src/users/users.service.js';
import { becomeMembers } from '../chat/people.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { CutLine } from '../support/cut-line.js';
import { eventually } from '../support/eventually.js';
import { problemOf, send } from '../support/http.js';
import { Person } from '../support/person.js';
import { factOf, useServer } from '../support/server.js';
import { shorten, whileShorter } from '../support/shorter.js';

const USUAL = shorten(PRESENCE_TIMES, { lossMs: 1_000, quietMs: 250 });

const watch = async (watcher: Person, ...people: Person[]): Promise<Presence[]> => {
  const { presences } = await watcher.request('watch_presence', { userIds: people.map(({ userId }) => userId) });
  watcher.heard.length = 0;
  return presences;
};
const told = (watcher: Person, about: Person): string[] =>
  watcher
    .heardOf('presence_changed')
    .filter(({ presence }) => presence.userId === about.userId)
    .map(({ presence }) => presence.status);
const hears = (watcher: Person, about: Person, status: string): Promise<Presence> =>
  watcher
    .hears('presence_changed', ({ presence }) => presence.userId === about.userId && presence.status === status)
    .then(({ presence }) => presence);

/** Presence is told from timers, each person's own: another's, which begin later, fire behind all that is still to be told. */
async function toldOfAllBefore(watcher: Person, another: Person): Promise<void> {
  for (const [away, status] of [
    [true, 'away'],
    [false, 'online'],
  ] as const) {
    await another.request('set_display_state', { away });
    await hears(watcher, another, status);
  }
}

/** Two people who share a room, and are in no call. */
/** Whoever has just left a call is shown in it for a moment. */
const isOnline = (watcher: Person, one: Person): Promise<unknown> =>
  eventually(
    async () => (await watch(watcher, one))[0]?.status === 'online' || undefined,
    () => `${one.session.user.displayName} is not online`,
  );

async function inOneRoom(origin: string): Promise<{ ann: Person; ben: Person; slug: string }> {
  const ann = await Person.connected(origin, 'Ann');
  const ben = await Person.connected(origin, 'Ben');
  const { slug } = await ann.createRoom();
  await becomeMembers(slug, ben);
  await isOnline(ann, ben);
  return { ann, ben, slug };
}

describe('presence', () => {
  const { server, person } = useServer();
  let ann: Person;
  let ben: Person;
  let slug: string;
  let line: CutLine | undefined;

  const memberComes = async (name: string): Promise<Person> => {
    const member = await person(name);
    await becomeMembers(slug, member);
    await isOnline(ann, member);
    return member;
  };

  beforeEach(async () => {
    ({ ann, ben, slug } = await inOneRoom(server.origin));
  });

  afterEach(() => line?.close());

  it('is of all connections together: away when all are, offline when there is none', async () => {
    const phone = await ben.anotherTab();
    await ben.request('set_display_state', { away: true });
    await phone.request('set_display_state', { away: true });
    await hears(ann, ben, 'away');
    await phone.request('set_display_state', { away: false });
    await hears(ann, ben, 'online');
    ann.heard.length = 0;
    phone.leave();
    await hears(ann, ben, 'away');
    ben.leave();
    const { lastSeenAt } = await hears(ann, ben, 'offline');
    expect(Math.abs(Date.now() - Date.parse(lastSeenAt ?? ''))).toBeLessThan(PRESENCE_TIMES.lossMs + 2_000);
    expect(told(ann, ben)).toEqual(['away', 'offline']);
  });

  it('in a call with one connection is in a call, also while others are away', async () => {
    const phone = await ben.anotherTab();
    await ben.request('set_display_state', { away: true });
    await phone.join(slug);
    await hears(ann, ben, 'in-call');
    await phone.request('leave_room');
    await hears(ann, ben, 'online');
  });

  it('does not flicker while a page is loaded anew, in a call or not', async () => {
    const cleo = await memberComes('Cleo');
    await watch(ann, ben, cleo);
    await ben.join(slug);
    await hears(ann, ben, 'in-call');
    ann.heard.length = 0;
    const closed = factOf(server, 'last-connection-closed');
    ben.drop();
    await closed;
    await ben.connect();
    await ben.join(slug);
    // Lost later, so others are told of it later than of Ben.
    cleo.leave();
    await hears(ann, cleo, 'offline');
    expect(told(ann, ben)).toEqual([]);
  });

  it('of a connection that comes and goes all the time is told a few times only', async () => {
    const cleo = await memberComes('Cleo');
    await watch(ann, ben, cleo);
    const presence = server.app.get(PresenceService, { strict: false });
    for (let i = 0; i < 1_000; i += 1) presence.setAway(ben.userId, ben.socket.id ?? '', i % 2 === 0);
    await toldOfAllBefore(ann, cleo);
    expect(told(ann, ben).length).toBeLessThanOrEqual(2);
    expect((await watch(ann, ben))[0]?.status).toBe('online');
  });

  it(
    'of a client that vanishes is right within 20 s, though its call waits for it',
    () =>
      whileShorter(PRESENCE_TIMES, USUAL, async () => {
        line = await CutLine.to(server.origin);
        const cleo = await Person.connected(line.origin, 'Cleo');
        await cleo.join(slug);
        await eventually(
          async () => (await watch(ann, cleo))[0]?.status === 'in-call' || undefined,
          'Cleo is not in the call',
        );
        const frozenAtMs = performance.now();
        line.freeze();
        await eventually(
          () => told(ann, cleo).at(-1) === 'offline' || undefined,
          'Cleo is still there',
          TIMES.vanishedMs,
        );
        expect(performance.now() - frozenAtMs).toBeLessThan(TIMES.vanishedMs);
        expect(told(ann, cleo)).toEqual(['offline']);
      }),
    40_000,
  );

  it('of somebody whose call waits for a lost connection counts what else is there', async () => {
    const phone = await ben.anotherTab();
    await phone.join(slug);
    await hears(ann, ben, 'in-call');
    phone.drop();
    await hears(ann, ben, 'online');
  });

  it('is told to who watches, until they watch others', async () => {
    const cleo = await memberComes('Cleo');
    const phone = await ann.anotherTab();
    await watch(ann, cleo);
    await watch(phone, ben);
    await ben.request('set_display_state', { away: true });
    await hears(phone, ben, 'away');
    await ann.fence();
    expect(told(ann, ben)).toEqual([]);
    await watch(phone);
    await watch(ann, ben);
    await ben.request('set_display_state', { away: false });
    await hears(ann, ben, 'online');
    await phone.fence();
    expect(told(phone, ben)).toEqual([]);
  });

  it('can be said without being in a call', async () => {
    await ben.request('set_display_state', { away: true });
    await hears(ann, ben, 'away');
  });
});

describeOnEveryDatabase('presence that is stored', (database) => {
  const { server, person } = database.useServer();
  let ann: Person;
  let ben: Person;
  let slug: string;

  beforeAll(async () => {
    ({ ann, ben, slug } = await inOneRoom(server.origin));
  });

  const presenceOf = (person: Person, asker = ann): Promise<Presence> =>
    asker.rest<Presence>('GET', `users/${person.userId}/presence`);

  it('is for those who share a room', async () => {
    const eve = await person('Eve');
    expect(await presenceOf(ben)).toEqual({ userId: ben.userId, status: 'online', lastSeenAt: null });
    const asked = await send(server.origin, 'GET', `/api/users/${ben.userId}/presence`, {
      token: eve.session.accessToken,
    });
    expect(problemOf(asked)).toMatchObject({ code: 'NOT_FOUND' });
    const { presences } = await ann.request('watch_presence', {
      userIds: [ben.userId, eve.userId, ann.userId, ben.userId.toUpperCase()],
    });
    expect(presences.map(({ userId }) => userId)).toEqual([ben.userId, ann.userId]);
  });

  it('ends to be told when they share none any more', async () => {
    const cleo = await person('Cleo');
    await becomeMembers(slug, cleo);
    expect(await watch(cleo, ben)).toMatchObject([{ status: 'online' }]);
    expect(await watch(ann, cleo, ben)).toHaveLength(2);
    await ann.rest('DELETE', `rooms/${slug}/members/${cleo.userId}`);
    await eventually(async () => (await watch(cleo, ben)).length === 0 || undefined, 'Cleo still sees Ben');
    await cleo.request('set_display_state', { away: true });
    await toldOfAllBefore(ann, ben);
    expect(told(ann, cleo)).toEqual([]);
  });

  it('remembers when somebody was here last, unless they do not show it', async () => {
    const dora = await person('Dora');
    await becomeMembers(slug, dora);
    dora.leave();
    await eventually(async () => (await presenceOf(dora)).status === 'offline' || undefined, 'Dora is still there');
    const { lastSeenAt } = await presenceOf(dora);
    expect(Math.abs(Date.now() - Date.parse(lastSeenAt ?? ''))).toBeLessThan(PRESENCE_TIMES.lossMs + 10_000);
    const users = server.app.get(UsersService, { strict: false });
    await eventually(
      async () => (await users.lastSeen([dora.userId])).get(dora.userId) ?? undefined,
      'it is not written down',
    );
    expect((await presenceOf(dora)).lastSeenAt).toBe(lastSeenAt);

    const hidden = await dora.rest<{ showLastSeen: boolean }>('PATCH', 'users/me', { showLastSeen: false });
    expect(hidden.showLastSeen).toBe(false);
    expect(await presenceOf(dora)).toEqual({ userId: dora.userId, status: 'offline', lastSeenAt: null });
    await dora.rest('PATCH', 'users/me', { showLastSeen: true });
    expect((await presenceOf(dora)).lastSeenAt).toBe(lastSeenAt);
  }, 30_000);
});
