import { randomUUID } from 'node:crypto';
import { type Room, ROOM_ACCESS, type RoomAccess, type RoomSummary } from '@minimeet/protocol';
import { DataSource } from 'typeorm';
import { EventBus } from '../../src/common/events/index.js';
import { summaryOf } from '../../src/rooms/room-summary.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { problemOf } from '../support/http.js';
import { codeOf, RoomPeople, type RoomPerson } from '../support/room-people.js';

const PASSWORD = 'open sesame';

describeOnEveryDatabase('coming into a room', (database) => {
  const { server } = database.useServer();
  let people: RoomPeople;
  let host: RoomPerson;
  let moderator: RoomPerson;
  let member: RoomPerson;
  let stranger: RoomPerson;

  beforeAll(async () => {
    people = new RoomPeople(server);
    [host, moderator, member, stranger] = (await Promise.all(
      ['Hannah', 'Mona', 'Mel', 'Stan'].map((name) => people.register(name)),
    )) as [RoomPerson, RoomPerson, RoomPerson, RoomPerson];
  });

  /** A room of this kind, with a moderator and a member who came while it was open. */
  async function roomWith(access: RoomAccess): Promise<Room> {
    const room = await people.createRoom(host);
    await people.enter(moderator, room);
    await people.enter(member, room);
    await people.memberships.setRole(host.identity, room.id, moderator.identity.userId, 'moderator');
    return people.change(host, room, { access, ...(access === 'password' && { password: PASSWORD }) });
  }

  const leave = (person: RoomPerson, { slug }: Room) => people.outcome(person, 'DELETE', `rooms/${slug}/members/me`);

  const DOORS = {
    open: {
      nothing: 'member',
      'the password': 'member',
      'a wrong password': 'member',
      'an invite': 'member',
      'no good invite': 'member',
      'a wrong password and an invite': 'member',
      'the password and no good invite': 'member',
      'a wrong password and no good invite': 'member',
    },
    invited: {
      nothing: 'FORBIDDEN',
      'the password': 'FORBIDDEN',
      'a wrong password': 'FORBIDDEN',
      'an invite': 'member',
      'no good invite': 'INVITE_INVALID',
      'a wrong password and an invite': 'member',
      'the password and no good invite': 'INVITE_INVALID',
      'a wrong password and no good invite': 'INVITE_INVALID',
    },
    password: {
      nothing: 'ROOM_PASSWORD_REQUIRED',
      'the password': 'member',
      'a wrong password': 'ROOM_PASSWORD_REQUIRED',
      'an invite': 'member',
      'no good invite': 'INVITE_INVALID',
      'a wrong password and an invite': 'member',
      'the password and no good invite': 'member',
      'a wrong password and no good invite': 'ROOM_PASSWORD_REQUIRED',
    },
    lobby: {
      nothing: 'ADMISSION_REQUIRED',
      'the password': 'ADMISSION_REQUIRED',
      'a wrong password': 'ADMISSION_REQUIRED',
      'an invite': 'ADMISSION_REQUIRED',
      'no good invite': 'ADMISSION_REQUIRED',
      'a wrong password and an invite': 'ADMISSION_REQUIRED',
      'the password and no good invite': 'ADMISSION_REQUIRED',
      'a wrong password and no good invite': 'ADMISSION_REQUIRED',
    },
  } satisfies Record<RoomAccess, Record<string, string>>;

  const shown = (what: string, invite: string, elsewhere: string) => ({
    ...(/the password/.test(what) && { password: PASSWORD }),
    ...(/wrong password/.test(what) && { password: 'not it' }),
    ...(/an invite/.test(what) && { invite }),
    ...(/no good invite/.test(what) && { invite: elsewhere }),
  });

  describe.each(ROOM_ACCESS)('with access %s', (access) => {
    it('is decided by what one shows', async () => {
      const room = await roomWith(access);
      const { token } = await people.invite(host, room);
      // It is good, but for another room.
      const { token: elsewhere } = await people.invite(host, await roomWith(access));
      const seen: Record<string, string> = {};
      for (const what of Object.keys(DOORS[access])) {
        seen[what] = await people.tryEnter(stranger, room, shown(what, token, elsewhere));
        const isMember = (await people.room(stranger, room)).role !== null;
        expect({ what, isMember }).toEqual({ what, isMember: seen[what] === 'member' });
        if (isMember) await leave(stranger, room);
      }
      expect(seen).toEqual(DOORS[access]);
    });

    it('is free for members, whatever they show', async () => {
      const room = await roomWith(access);
      expect(await people.enter(host, room)).toBe('host');
      expect(await people.enter(moderator, room, { password: 'not it' })).toBe('moderator');
      expect(await people.enter(member, room, { invite: 'no invite' })).toBe('member');
    });

    it('is a guest’s by their invite, but for the lobby', async () => {
      const room = await roomWith(access);
      const { token } = await people.invite(host, room);
      const guest = await people.guest(room, token);
      expect(await people.tryEnter(guest, room)).toBe(access === 'lobby' ? 'ADMISSION_REQUIRED' : 'guest');
      const other = await roomWith('open');
      expect(await people.tryEnter(guest, other)).toBe('FORBIDDEN');
    });

    it('is nobody’s who is new while it is locked, but hosts’ and moderators’', async () => {
      const room = await roomWith(access);
      const invite = await people.invite(host, room, { maxUses: 1 });
      const guest = await people.guest(room, (await people.invite(host, room)).token);
      await people.change(moderator, room, { locked: true });
      const everything = { invite: invite.token, password: PASSWORD };
      expect(await people.tryEnter(stranger, room, everything)).toBe('ROOM_LOCKED');
      expect(await people.tryEnter(member, room)).toBe('ROOM_LOCKED');
      expect(await people.tryEnter(guest, room)).toBe('ROOM_LOCKED');
      expect(await people.tryEnter(moderator, room)).toBe('moderator');
      expect(await people.tryEnter(host, room)).toBe('host');
      expect(await codeOf(people.door.admit(host.identity, room.id, stranger.identity.userId))).toBe('ROOM_LOCKED');
      await people.change(moderator, room, { locked: false });
      expect(await people.tryEnter(member, room)).toBe('member');
      expect(await people.tryEnter(stranger, room, everything)).toBe(
        access === 'lobby' ? 'ADMISSION_REQUIRED' : 'member',
      );
    });

    it('is over for who is banned, whichever way they try', async () => {
      const room = await roomWith(access);
      const { token } = await people.invite(host, room);
      const guest = await people.guest(room, token);
      for (const { identity } of [member, guest]) {
        await people.memberships.remove(host.identity, room.id, identity.userId, { ban: true });
      }
      const everything = { invite: (await people.invite(host, room)).token, password: PASSWORD };
      for (const person of [member, guest]) {
        expect(await people.tryEnter(person, room, everything)).toBe('BANNED');
        expect(await codeOf(people.door.knock(person.identity, room.slug))).toBe('BANNED');
        expect(await codeOf(people.door.assertMayEnter(person.identity, room.slug))).toBe('BANNED');
        expect(await codeOf(people.door.admit(host.identity, room.id, person.identity.userId))).toBe('BANNED');
        expect(await people.outcome(person, 'GET', `rooms/${room.slug}`)).toBe('BANNED');
      }
      // The invite that the guest came with would bring them back under another name.
      expect(problemOf(await people.askForGuest(token))).toMatchObject({ status: 410, code: 'INVITE_INVALID' });
      await people.outcome(host, 'DELETE', `rooms/${room.slug}/bans/${member.identity.userId}`);
      expect(await people.tryEnter(member, room, everything)).toBe(
        access === 'lobby' ? 'ADMISSION_REQUIRED' : 'member',
      );
    });

    it('shows a stranger which door there is, and not what is behind it', async () => {
      const room = await roomWith(access);
      const events = server.app.get(EventBus, { strict: false });
      const stay = { roomId: room.id, slug: room.slug, participantId: randomUUID(), userId: host.identity.userId };
      const facts = { ...stay, displayName: 'Hannah', at: new Date(), client: null };
      events.publish('participant-joined', facts);
      const seen = await people.room(stranger, room);
      expect(seen).toEqual({ ...room, role: null, participantCount: access === 'open' ? 1 : 0 });
      expect((await people.room(member, room)).participantCount).toBe(1);
      events.publish('participant-left', { ...facts, reason: 'left' });
      expect(JSON.stringify([seen, room])).not.toMatch(/password(?!"[,}])|argon/i);
    });

    it('is asked for beforehand without changing anything', async () => {
      const room = await roomWith(access);
      const { token, id } = await people.invite(host, room);
      const guest = await people.guest(room, token);
      const may = (person: RoomPerson) =>
        codeOf(people.door.assertMayEnter(person.identity, room.slug).then(({ id }) => id));
      expect(await may(member)).toBe(room.id);
      expect(await may(stranger)).toBe(access === 'open' ? room.id : DOORS[access].nothing);
      expect(await may(guest)).toBe(access === 'lobby' ? 'ADMISSION_REQUIRED' : room.id);
      await people.outcome(host, 'DELETE', `rooms/${room.slug}/invites/${id}`);
      expect(await may(guest)).toBe(access === 'open' ? room.id : DOORS[access].nothing);
      expect([...(await people.roles(host, room)).keys()]).toHaveLength(3);
    });
  });

  describe('through the lobby', () => {
    it('is by being let in, once', async () => {
      const room = await roomWith('lobby');
      const guest = await people.guest(room, (await people.invite(host, room)).token);
      for (const [person, role] of [
        [stranger, 'member'],
        [guest, 'guest'],
      ] as const) {
        const knock = () => people.door.knock(person.identity, room.slug);
        expect(await knock()).toMatchObject({ room: { id: room.id, access: 'lobby' }, isMember: false });
        expect(await people.door.admit(moderator.identity, room.id, person.identity.userId)).toBe(role);
        expect(await people.door.admit(moderator.identity, room.id, person.identity.userId)).toBe(role);
        expect(await knock()).toMatchObject({ isMember: true });
        expect(await people.tryEnter(person, room)).toBe(role);
      }
    });

    it('is not for who is a guest of another room, or nobody', async () => {
      const room = await roomWith('lobby');
      const elsewhere = await roomWith('open');
      const guest = await people.guest(elsewhere, (await people.invite(host, elsewhere)).token);
      const admit = (userId: string) => codeOf(people.door.admit(host.identity, room.id, userId));
      expect(await admit(guest.identity.userId)).toBe('NOT_FOUND');
      expect(await admit('00000000-0000-7000-8000-000000000000')).toBe('NOT_FOUND');
    });

    it('is only where there is one', async () => {
      const room = await roomWith('open');
      expect(await codeOf(people.door.knock(stranger.identity, room.slug))).toBe('WRONG_STATE');
    });
  });

  describe('with a password', () => {
    const hashOf = async ({ id }: Room): Promise<string | null> => {
      const { manager } = server.app.get(DataSource);
      const row = await manager.findOneByOrFail<{ id: string; passwordHash: string | null }>('RoomEntity', { id });
      return row.passwordHash;
    };

    it('needs one when it begins, and forgets it when it ends', async () => {
      const refused = await people.as(host, 'POST', 'rooms', { body: { name: 'Room', access: 'password' } });
      expect(problemOf(refused)).toMatchObject({
        code: 'INVALID_PAYLOAD',
        details: { password: [expect.any(String)] },
      });
      const useless = { name: 'Room', access: 'lobby', password: PASSWORD };
      expect(await people.outcome(host, 'POST', 'rooms', useless)).toBe('INVALID_PAYLOAD');
      const room = await people.createRoom(host, { access: 'password', password: PASSWORD });
      expect(room.access).toBe('password');
      expect(await hashOf(room)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);

      const change = (body: object) => people.outcome(host, 'PATCH', `rooms/${room.slug}`, body);
      expect(await change({ access: 'password' })).toBe('200');
      expect(await people.tryEnter(stranger, room, { password: PASSWORD })).toBe('member');
      await leave(stranger, room);
      expect(await change({ password: 'another one' })).toBe('200');
      expect(await people.tryEnter(stranger, room, { password: PASSWORD })).toBe('ROOM_PASSWORD_REQUIRED');
      expect(await people.tryEnter(stranger, room, { password: 'another one' })).toBe('member');
      await leave(stranger, room);
      expect(await change({ access: 'invited' })).toBe('200');
      expect(await hashOf(room)).toBeNull();
      expect(await change({ access: 'password' })).toBe('INVALID_PAYLOAD');
      expect(await change({ password: PASSWORD })).toBe('INVALID_PAYLOAD');
      expect((await people.room(host, room)).access).toBe('invited');
    });

    it('is slow to guess, for this account and this room only', async () => {
      const [room, other] = [await roomWith('password'), await roomWith('password')];
      for (let time = 0; time < 12; time += 1) {
        expect(await people.tryEnter(stranger, room, { password: PASSWORD })).toBe('member');
        await leave(stranger, room);
      }
      const guesses = await Promise.all(
        Array.from({ length: 12 }, (_, time) => people.tryEnter(stranger, room, { password: `guess ${time}` })),
      );
      expect(guesses.filter((code) => code === 'ROOM_PASSWORD_REQUIRED')).toHaveLength(10);
      expect(guesses.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
      expect(await people.tryEnter(stranger, room, { password: PASSWORD })).toBe('RATE_LIMITED');
      // An invite opens it all the same.
      const { token } = await people.invite(host, room);
      expect(await people.tryEnter(stranger, other, { password: PASSWORD })).toBe('member');
      expect(await people.tryEnter(stranger, room, { invite: token })).toBe('member');
      await leave(member, room);
      expect(await people.tryEnter(member, room, { password: PASSWORD })).toBe('member');
    }, 30_000);
  });

  it('is told to the call when its settings change, and not when they stay', async () => {
    const room = await people.createRoom(host);
    const facts: { room: RoomSummary; previous: RoomSummary; by: string | null }[] = [];
    server.app.get(EventBus, { strict: false }).subscribe('room-updated', ({ room: now, previous, by }) => {
      if (now.id === room.id) facts.push({ room: now, previous, by });
    });
    const { id, slug, name } = room;
    const first: RoomSummary = { id, slug, name, access: 'open', locked: false, allowUnmute: true };
    await people.change(host, room, { access: 'password', password: PASSWORD });
    await people.change(host, room, { password: 'another one' });
    await people.change(host, room, {});
    const { room: changed } = await people.settings.change(host.identity, room.id, { locked: true });
    expect(summaryOf(changed)).toEqual({ ...first, access: 'password', locked: true });
    await people.settings.change(host.identity, room.id, { locked: true });
    await people.change(host, room, { allowUnmute: false, locked: false, access: 'open' });
    expect(await people.room(host, room)).toMatchObject({ allowUnmute: false, locked: false, access: 'open' });
    const by = host.identity.userId;
    expect(facts).toEqual([
      { previous: first, room: { ...first, access: 'password' }, by },
      { previous: { ...first, access: 'password' }, room: { ...first, access: 'password', locked: true }, by },
      { previous: { ...first, access: 'password', locked: true }, room: { ...first, allowUnmute: false }, by },
    ]);
  });
});
