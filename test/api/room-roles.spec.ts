import type { Role, Room } from '@minimeet/protocol';
import { EventBus } from '../../src/common/events/index.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { codeOf, RoomPeople, type RoomPerson } from '../support/room-people.js';

const STANDINGS = ['host', 'moderator', 'member', 'guest', 'stranger', 'banned'] as const;
type Standing = (typeof STANDINGS)[number];

/** What comes of an action of each to each. A number is the status of a success; a refusal changes nothing. */
const TO_SOMEBODY = `
  action          actor       self       host       moderator  member     guest      stranger   banned
  make host       host        204        204        204        204        FORBIDDEN  NOT_FOUND  NOT_FOUND
  make host       moderator   FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make host       member      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make host       guest       FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make host       stranger    FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make host       banned      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make moderator  host        204        204        204        204        FORBIDDEN  NOT_FOUND  NOT_FOUND
  make moderator  moderator   FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make moderator  member      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make moderator  guest       FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make moderator  stranger    FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make moderator  banned      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make member     host        204        204        204        204        FORBIDDEN  NOT_FOUND  NOT_FOUND
  make member     moderator   FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make member     member      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make member     guest       FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make member     stranger    FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  make member     banned      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  remove          host        CONFLICT   204        204        204        204        NOT_FOUND  NOT_FOUND
  remove          moderator   CONFLICT   FORBIDDEN  204        204        204        NOT_FOUND  NOT_FOUND
  remove          member      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  remove          guest       FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  remove          stranger    FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  remove          banned      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  ban             host        CONFLICT   204        204        204        204        204        204
  ban             moderator   CONFLICT   FORBIDDEN  204        204        204        204        204
  ban             member      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  ban             guest       FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  ban             stranger    FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  ban             banned      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  lift the ban    host        NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND  204
  lift the ban    moderator   NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND  204
  lift the ban    member      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  lift the ban    guest       FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  lift the ban    stranger    FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  lift the ban    banned      FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN`;

interface Act {
  method: string;
  path: string;
  body?: object;
}

const DEEDS = {
  'make host': (userId) => ({ method: 'PATCH', path: `members/${userId}`, body: { role: 'host' } }),
  'make moderator': (userId) => ({ method: 'PATCH', path: `members/${userId}`, body: { role: 'moderator' } }),
  'make member': (userId) => ({ method: 'PATCH', path: `members/${userId}`, body: { role: 'member' } }),
  remove: (userId) => ({ method: 'DELETE', path: `members/${userId}` }),
  ban: (userId) => ({ method: 'DELETE', path: `members/${userId}?ban=true` }),
  'lift the ban': (userId) => ({ method: 'DELETE', path: `bans/${userId}` }),
} satisfies Record<string, (userId: string) => Act>;

/** What comes of an action of each that is done to the room. */
const TO_THE_ROOM = `
  action                    host       moderator  member     guest      stranger   banned
  see the room              200        200        200        200        200        BANNED
  see the members           200        200        200        200        FORBIDDEN  FORBIDDEN
  see the messages          200        200        200        200        FORBIDDEN  FORBIDDEN
  see the bans              200        200        FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  see the invites           200        200        200        FORBIDDEN  FORBIDDEN  FORBIDDEN
  invite                    201        201        201        FORBIDDEN  FORBIDDEN  FORBIDDEN
  revoke another’s invite   204        204        NOT_FOUND  FORBIDDEN  FORBIDDEN  FORBIDDEN
  rename                    200        200        FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  lock                      200        200        FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  forbid to unmute          200        200        FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  set a password            200        200        FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  open a lobby              200        200        FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN
  leave                     204        204        204        204        FORBIDDEN  FORBIDDEN
  delete                    204        FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN  FORBIDDEN`;

const ROOM_DEEDS = {
  'see the room': () => ({ method: 'GET', path: '' }),
  'see the members': () => ({ method: 'GET', path: 'members' }),
  'see the messages': () => ({ method: 'GET', path: 'messages' }),
  'see the bans': () => ({ method: 'GET', path: 'bans' }),
  'see the invites': () => ({ method: 'GET', path: 'invites' }),
  invite: () => ({ method: 'POST', path: 'invites', body: {} }),
  'revoke another’s invite': (inviteId) => ({ method: 'DELETE', path: `invites/${inviteId}` }),
  rename: () => ({ method: 'PATCH', path: '', body: { name: 'Another name' } }),
  lock: () => ({ method: 'PATCH', path: '', body: { locked: true } }),
  'forbid to unmute': () => ({ method: 'PATCH', path: '', body: { allowUnmute: false } }),
  'set a password': () => ({ method: 'PATCH', path: '', body: { access: 'password', password: 'open sesame' } }),
  'open a lobby': () => ({ method: 'PATCH', path: '', body: { access: 'lobby' } }),
  leave: () => ({ method: 'DELETE', path: 'members/me' }),
  delete: () => ({ method: 'DELETE', path: '' }),
} satisfies Record<string, (inviteId: string) => Act>;

/** A room with two of each: one who acts, and one to whom it is done. */
interface Stage {
  room: Room;
  actors: Record<Standing, RoomPerson>;
  targets: Record<Standing, RoomPerson>;
  /** Of somebody who is none of them. */
  inviteId: string;
}

describeOnEveryDatabase('who may do what in a room', (database) => {
  const { server } = database.useServer();
  let people: RoomPeople;
  let owner: RoomPerson;
  let accounts: { actors: Omit<Stage['actors'], 'guest'>; targets: Omit<Stage['targets'], 'guest'> };

  beforeAll(async () => {
    people = new RoomPeople(server);
    owner = await people.register('Owner');
    accounts = { actors: await registerAll('Actor'), targets: await registerAll('Target') };
  });

  async function registerAll(name: string): Promise<Omit<Stage['actors'], 'guest'>> {
    const [host, moderator, member, stranger, banned] = await Promise.all([
      people.register(`${name} host`),
      people.register(`${name} moderator`),
      people.register(`${name} member`),
      people.register(`${name} stranger`),
      people.register(`${name} banned`),
    ]);
    return { host, moderator, member, stranger, banned };
  }

  async function setUp(): Promise<Stage> {
    const room = await people.createRoom(owner);
    const { id: inviteId, token } = await people.invite(owner, room);
    const actors = { ...accounts.actors, guest: await people.guest(room, token) };
    const targets = { ...accounts.targets, guest: await people.guest(room, token) };
    for (const { host, moderator, member, guest, banned } of [actors, targets]) {
      for (const person of [host, moderator, member, guest]) await people.enter(person, room);
      await people.memberships.setRole(owner.identity, room.id, host.identity.userId, 'host');
      await people.memberships.setRole(owner.identity, room.id, moderator.identity.userId, 'moderator');
      await people.memberships.remove(owner.identity, room.id, banned.identity.userId, { ban: true });
    }
    return { room, actors, targets, inviteId };
  }

  const state = async ({ room }: Stage) => ({
    room: await people.room(owner, room),
    roles: Object.fromEntries(await people.roles(owner, room)),
    banned: (await people.banned(owner, room)).sort(),
  });

  const act = ({ room }: Stage, actor: RoomPerson, { method, path, body }: Act) =>
    people.outcome(actor, method, `rooms/${room.slug}${path === '' ? '' : `/${path}`}`, body);

  it.each(tableOf(TO_SOMEBODY))(
    'to $action, as $actor',
    async ({ action = '', actor = '', ...expected }) => {
      const seen: Record<string, string> = {};
      let stage = await setUp();
      for (const target of Object.keys(expected)) {
        const before = await state(stage);
        const by = stage.actors[actor as Standing];
        const { userId } = (target === 'self' ? by : stage.targets[target as Standing]).identity;
        seen[target] = await act(stage, by, DEEDS[action as keyof typeof DEEDS](userId));
        const after = await state(stage);
        if (seen[target] === '204') {
          expect({ target, ...after }).toEqual({ target, ...changed(before, action, userId) });
          stage = await setUp();
        } else expect({ target, ...after }).toEqual({ target, ...before });
      }
      expect(seen).toEqual(expected);
    },
    60_000,
  );

  it.each(tableOf(TO_THE_ROOM))(
    'to $action',
    async ({ action = '', ...expected }) => {
      const seen: Record<string, string> = {};
      for (const actor of STANDINGS) {
        const stage = await setUp();
        const before = await state(stage);
        seen[actor] = await act(
          stage,
          stage.actors[actor],
          ROOM_DEEDS[action as keyof typeof ROOM_DEEDS](stage.inviteId),
        );
        if (!/^\d+$/.test(seen[actor])) expect(await state(stage)).toEqual(before);
      }
      expect(seen).toEqual(expected);
    },
    60_000,
  );

  it('to let somebody in from the lobby, is the hosts’ and moderators’', async () => {
    const stage = await setUp();
    const { room, actors, targets } = stage;
    await people.change(owner, room, { access: 'lobby' });
    const admit = (actor: RoomPerson) =>
      codeOf(people.door.admit(actor.identity, room.id, targets.stranger.identity.userId));
    const seen: Record<string, string> = {};
    for (const actor of ['banned', 'stranger', 'guest', 'member', 'moderator', 'host'] as const) {
      seen[actor] = await admit(actors[actor]);
    }
    expect(seen).toEqual({
      host: 'member',
      moderator: 'member',
      member: 'FORBIDDEN',
      guest: 'FORBIDDEN',
      stranger: 'FORBIDDEN',
      banned: 'FORBIDDEN',
    });
  });

  it('says who did it, and only when it was done', async () => {
    const { room, actors, targets } = await setUp();
    const facts: unknown[] = [];
    const events = server.app.get(EventBus, { strict: false });
    const note = (fact: { roomId: string }) => void (fact.roomId === room.id && facts.push(fact));
    events.subscribe('member-removed', note);
    events.subscribe('member-role-changed', note);
    const [by, about] = [actors.host.identity.userId, { roomId: room.id, at: expect.any(Date) as Date }];
    const member = targets.member.identity.userId;
    for (const role of ['moderator', 'moderator', 'member'] as const) {
      await people.memberships.setRole(actors.host.identity, room.id, member, role);
    }
    for (const ban of [false, true, true])
      await people.memberships.remove(actors.host.identity, room.id, member, { ban });
    await people.as(targets.guest, 'DELETE', `rooms/${room.slug}/members/me`);
    expect(facts).toEqual([
      { ...about, userId: member, role: 'moderator', by },
      { ...about, userId: member, role: 'member', by },
      { ...about, userId: member, reason: 'kicked', by },
      { ...about, userId: member, reason: 'banned', by },
      { ...about, userId: targets.guest.identity.userId, reason: 'left', by: null },
    ]);
  });

  it('is asked for by ids that cannot be swapped unnoticed', async () => {
    const { room, actors, targets } = await setUp();
    const { userId } = targets.member.identity;
    // @ts-expect-error: an account is no room, and a room no account
    const swapped = people.memberships.remove(actors.host.identity, userId, room.id, { ban: true });
    expect(await codeOf(swapped)).toBe('NOT_FOUND');
  });

  it('is a moderator’s for who acts as host in a call, if they are a member, and no more', async () => {
    const { room, actors, targets } = await setUp();
    const acting = (person: RoomPerson) => ({ ...person.identity, isActingHost: true });
    const attempts = async (person: RoomPerson) => [
      await codeOf(people.settings.change(acting(person), room.id, { locked: true }).then((now) => now.room.locked)),
      await codeOf(people.memberships.setRole(acting(person), room.id, targets.member.identity.userId, 'moderator')),
      await codeOf(people.memberships.remove(acting(person), room.id, targets.host.identity.userId, { ban: false })),
      await codeOf(people.memberships.remove(acting(person), room.id, targets.stranger.identity.userId, { ban: true })),
    ];
    expect(await attempts(actors.member)).toEqual(['true', 'FORBIDDEN', 'FORBIDDEN', 'undefined']);
    for (const standing of ['guest', 'stranger', 'banned'] as const) {
      expect(await attempts(actors[standing])).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    }
  });

  it('leaves the only host what they are, until there is another', async () => {
    const room = await people.createRoom(owner);
    const { member } = accounts.actors;
    await people.enter(member, room);
    const setRole = (role: Role, person: RoomPerson) =>
      people.outcome(owner, 'PATCH', `rooms/${room.slug}/members/${person.identity.userId}`, { role });
    expect(await setRole('moderator', owner)).toBe('CONFLICT');
    expect(await setRole('host', owner)).toBe('204');
    expect(await setRole('host', member)).toBe('204');
    expect(await setRole('moderator', owner)).toBe('204');
    expect(await setRole('host', owner)).toBe('FORBIDDEN');
  });
});

type Row = Record<string, string>;

/** Rows of a table, by its head; columns are at least two spaces apart. */
function tableOf(text: string): Row[] {
  const [names = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/));
  return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
}

interface State {
  room: Room;
  roles: Record<string, Role>;
  banned: string[];
}

/** What a room is after something was done to one person. */
function changed({ room, roles, banned }: State, action: string, userId: string): State {
  const { [userId]: _gone, ...others } = roles;
  switch (action) {
    case 'make host':
      return { room, banned, roles: { ...roles, [userId]: 'host' } };
    case 'make moderator':
      return { room, banned, roles: { ...roles, [userId]: 'moderator' } };
    case 'make member':
      return { room, banned, roles: { ...roles, [userId]: 'member' } };
    case 'remove':
      return { room, banned, roles: others };
    case 'ban':
      return { room, banned: [...new Set([...banned, userId])].sort(), roles: others };
    default:
      return { room, banned: banned.filter((id) => id !== userId), roles };
  }
}
