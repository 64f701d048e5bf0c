import { setTimeout as sleep } from 'node:timers/promises';
import type { Role, Room } from '@minimeet/protocol';
import { DataSource } from 'typeorm';
import { type Events, EventBus } from '../../src/common/events/index.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { codeOf, RoomPeople, type RoomPerson } from '../support/room-people.js';

const ROUNDS = 20;
const NAMES = ['ann', 'bob', 'cat', 'dan', 'eve'] as const;
type Name = (typeof NAMES)[number];

describeOnEveryDatabase('a room whose members change at once', (database) => {
  const { server } = database.useServer();
  let people: RoomPeople;
  let cast: Record<Name, RoomPerson>;
  const promotions: Events['member-role-changed'][] = [];

  beforeAll(async () => {
    people = new RoomPeople(server);
    const [ann, bob, cat, dan, eve] = await Promise.all([
      people.register('Ann'),
      people.register('Bob'),
      people.register('Cat'),
      people.register('Dan'),
      people.register('Eve'),
    ]);
    cast = { ann, bob, cat, dan, eve };
    server.app.get(EventBus, { strict: false }).subscribe('member-role-changed', (fact) => void promotions.push(fact));
  });

  /** Ann's room; the others come in this order and get these roles. */
  async function roomOf(roles: Partial<Record<Exclude<Name, 'ann'>, 'host' | 'moderator' | 'member'>>): Promise<Room> {
    const room = await people.createRoom(cast.ann);
    for (const [name, role] of Object.entries(roles) as [Name, 'host' | 'moderator' | 'member'][]) {
      // Who came first is told by the millisecond.
      await sleep(2);
      await people.enter(cast[name], room);
      await people.memberships.setRole(cast.ann.identity, room.id, cast[name].identity.userId, role);
    }
    return room;
  }

  /** As the database has it, so that nobody has to be in to look. */
  async function rolesIn({ id: roomId }: Room): Promise<Partial<Record<Name | 'guest', Role>>> {
    const { manager } = server.app.get(DataSource);
    const rows = await manager.findBy<{ roomId: string; userId: string; role: Role }>('RoomMemberEntity', { roomId });
    const names = new Map(NAMES.map((name) => [cast[name].identity.userId, name]));
    return Object.fromEntries(rows.map(({ userId, role }) => [names.get(userId) ?? 'guest', role]));
  }

  const hostsIn = async (room: Room): Promise<string[]> =>
    Object.entries(await rolesIn(room)).flatMap(([name, role]) => (role === 'host' ? [name] : []));
  const leave = (name: Name, { slug }: Room) => people.outcome(cast[name], 'DELETE', `rooms/${slug}/members/me`);
  const setRole = (by: Name, { slug }: Room, whom: Name, role: Role) =>
    people.outcome(cast[by], 'PATCH', `rooms/${slug}/members/${cast[whom].identity.userId}`, { role });
  const remove = (by: Name, { slug }: Room, whom: Name, query = '') =>
    people.outcome(cast[by], 'DELETE', `rooms/${slug}/members/${cast[whom].identity.userId}${query}`);

  async function repeated(round: (index: number) => Promise<void>): Promise<void> {
    for (let index = 0; index < ROUNDS; index += 1) await round(index);
  }

  it('gets the longest-serving moderator as host when the last host leaves, else such a member', async () => {
    const room = await roomOf({ bob: 'member', cat: 'member', dan: 'moderator', eve: 'moderator' });
    const seen: unknown[] = [];
    for (const name of ['ann', 'dan', 'eve', 'bob', 'cat'] as const) {
      await leave(name, room);
      seen.push(await rolesIn(room));
    }
    expect(seen).toEqual([
      { bob: 'member', cat: 'member', dan: 'host', eve: 'moderator' },
      { bob: 'member', cat: 'member', eve: 'host' },
      { bob: 'host', cat: 'member' },
      { cat: 'host' },
      {},
    ]);
    const facts = promotions.filter(({ roomId, by }) => roomId === room.id && by === null);
    const heirs = [cast.dan, cast.eve, cast.bob, cast.cat].map(({ identity }) => identity.userId);
    expect(facts.map(({ userId, role }) => ({ userId, role }))).toEqual(
      heirs.map((userId) => ({ userId, role: 'host' })),
    );
  });

  it('gets the next in line as host, when the host’s account is gone, as soon as somebody comes', async () => {
    const gone = await people.register('Gone');
    const room = await people.createRoom(gone);
    for (const name of ['ann', 'bob'] as const) {
      await sleep(2);
      await people.enter(cast[name], room);
    }
    await server.app.get(DataSource).manager.delete('UserEntity', { id: gone.identity.userId });
    expect(await rolesIn(room)).toEqual({ ann: 'member', bob: 'member' });
    expect(await people.enter(cast.cat, room)).toBe('member');
    expect(await rolesIn(room)).toEqual({ ann: 'host', bob: 'member', cat: 'member' });
  });

  it(
    'has one host when the host leaves while promoting somebody',
    () =>
      repeated(async (index) => {
        const room = await roomOf({ bob: 'member', cat: 'moderator' });
        const both = [() => leave('ann', room), () => setRole('ann', room, 'bob', 'host')];
        if (index % 2 === 1) both.reverse();
        const outcomes = await Promise.all(both.map((start) => start()));
        expect(outcomes).toContain('204');
        const isPromoted = !outcomes.includes('FORBIDDEN');
        expect(await rolesIn(room)).toEqual(
          isPromoted ? { bob: 'host', cat: 'moderator' } : { bob: 'member', cat: 'host' },
        );
      }),
    60_000,
  );

  it(
    'has one host when both hosts leave at once',
    () =>
      repeated(async () => {
        const room = await roomOf({ bob: 'host', cat: 'member', dan: 'moderator' });
        expect(await Promise.all([leave('ann', room), leave('bob', room)])).toEqual(['204', '204']);
        expect(await rolesIn(room)).toEqual({ cat: 'member', dan: 'host' });
        expect(promotions.filter(({ roomId, by }) => roomId === room.id && by === null)).toHaveLength(1);
      }),
    60_000,
  );

  it(
    'has one host when the hosts take the role from each other, remove or ban each other at once',
    () =>
      repeated(async (index) => {
        const room = await roomOf({ bob: 'host', cat: 'member' });
        const against = (by: Name, whom: Name) =>
          [
            () => setRole(by, room, whom, 'member'),
            () => remove(by, room, whom),
            () => remove(by, room, whom, '?ban=true'),
          ][index % 3]?.();
        expect((await Promise.all([against('ann', 'bob'), against('bob', 'ann')])).sort()).toEqual([
          '204',
          'FORBIDDEN',
        ]);
        expect(await hostsIn(room)).toHaveLength(1);
      }),
    60_000,
  );

  it(
    'has one host when the host leaves while the next in line leaves or is removed',
    () =>
      repeated(async (index) => {
        const room = await roomOf({ bob: 'moderator', cat: 'moderator', dan: 'member' });
        await Promise.all([leave('ann', room), index % 2 === 0 ? leave('bob', room) : remove('cat', room, 'bob')]);
        const roles = await rolesIn(room);
        // As the host, Bob could not be removed by a moderator.
        expect(roles).toEqual(
          roles.bob ? { bob: 'host', cat: 'moderator', dan: 'member' } : { cat: 'host', dan: 'member' },
        );
      }),
    60_000,
  );

  it(
    'has no host when everybody leaves at once, opens its lock and lobby, and is the first one’s who comes',
    () =>
      repeated(async (index) => {
        const room = await roomOf({ bob: 'host', cat: 'moderator', dan: 'member' });
        const { token } = await people.invite(cast.ann, room);
        const guest = await people.guest(room, token);
        await people.enter(guest, room);
        await people.change(cast.ann, room, { access: index % 2 === 0 ? 'lobby' : 'open', locked: true });
        const team = ['ann', 'bob', 'cat', 'dan'] as const;
        expect(await Promise.all(team.map((name) => leave(name, room)))).toEqual(team.map(() => '204'));
        expect(await rolesIn(room)).toEqual({ guest: 'guest' });
        const access = index % 2 === 0 ? 'invited' : 'open';
        expect(await people.room(guest, room)).toMatchObject({ access, locked: false });

        const outcomes = await Promise.all(NAMES.map((name) => people.tryEnter(cast[name], room, { invite: token })));
        expect(outcomes.sort()).toEqual(['host', 'member', 'member', 'member', 'member']);
        expect(await hostsIn(room)).toHaveLength(1);
        expect(promotions.filter(({ roomId, by }) => roomId === room.id && by === null).at(-1)?.userId).toBe(
          cast[(await hostsIn(room))[0] as Name].identity.userId,
        );
      }),
    120_000,
  );

  it('has one membership of somebody who enters 100 times at once, empty or not', async () => {
    for (const isEmpty of [false, true]) {
      const room = await roomOf({});
      if (isEmpty) await leave('ann', room);
      const entries = await Promise.all(Array.from({ length: 100 }, () => people.enter(cast.bob, room)));
      expect(new Set(entries)).toEqual(new Set([isEmpty ? 'host' : 'member']));
      expect(await rolesIn(room)).toEqual(isEmpty ? { bob: 'host' } : { ann: 'host', bob: 'member' });
    }
  }, 60_000);

  it(
    'never has a member who is banned, however they enter, are let in and banned at once',
    () =>
      repeated(async () => {
        const room = await roomOf({});
        const { userId } = cast.bob.identity;
        await Promise.all([
          ...Array.from({ length: 5 }, () => people.tryEnter(cast.bob, room)),
          codeOf(people.door.admit(cast.ann.identity, room.id, userId)),
          remove('ann', room, 'bob', '?ban=true'),
          ...Array.from({ length: 5 }, () => people.tryEnter(cast.bob, room)),
        ]);
        expect(await rolesIn(room)).toEqual({ ann: 'host' });
        expect(await people.banned(cast.ann, room)).toEqual([userId]);
      }),
    60_000,
  );

  it(
    'is gone, or has changed, when it is deleted while everything else happens',
    () =>
      repeated(async () => {
        const room = await roomOf({ bob: 'moderator', cat: 'member' });
        const { token } = await people.invite(cast.cat, room, { maxUses: 5 });
        const outcomes = await Promise.all([
          people.tryEnter(cast.dan, room, { invite: token }),
          leave('cat', room),
          people.outcome(cast.ann, 'DELETE', `rooms/${room.slug}`),
          people.outcome(cast.bob, 'PATCH', `rooms/${room.slug}`, { locked: true }),
          people.outcome(cast.bob, 'POST', `rooms/${room.slug}/invites`, {}),
          people.askForGuest(token).then(({ status }) => String(status)),
          remove('bob', room, 'cat'),
        ]);
        expect(outcomes[2]).toBe('204');
        const allowed = [
          'member',
          '200',
          '201',
          '204',
          '410',
          'NOT_FOUND',
          'FORBIDDEN',
          'ROOM_LOCKED',
          'INVITE_INVALID',
        ];
        expect(outcomes.filter((outcome) => !allowed.includes(outcome))).toEqual([]);
        expect(await rolesIn(room)).toEqual({});
      }),
    60_000,
  );
});
