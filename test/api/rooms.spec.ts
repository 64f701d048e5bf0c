import { randomUUID } from 'node:crypto';
import type { Invite, Page, Room, RoomMember, RoomSummary, Session } from '@minimeet/protocol';
import type { Identity } from '../../src/auth/identity.js';
import { MessageStore } from '../../src/messages/message-store.js';
import { EventBus } from '../../src/common/events/index.js';
import { RoomDoor } from '../../src/rooms/room-door.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { expectOk, problemOf, register, type RequestOptions, send } from '../support/http.js';

describeOnEveryDatabase('rooms', (database) => {
  const { server } = database.useServer();
  let door: RoomDoor;
  let host: Session;
  let other: Session;

  beforeAll(async () => {
    door = server.app.get(RoomDoor, { strict: false });
    host = await register(server.origin, 'Hannah');
    other = await register(server.origin, 'Otto');
  });

  const as = (session: Session, method: string, path: string, options: RequestOptions = {}) =>
    send(server.origin, method, `/api/${path}`, { token: session.accessToken, ...options });
  const createRoom = (name = 'Weekly sync', session = host) =>
    expectOk<Room>(as(session, 'POST', 'rooms', { body: { name } }));
  const identity = ({ user }: Session, guestRoomId: string | null = null): Identity => ({
    userId: user.id,
    displayName: user.displayName,
    pictureUrl: user.pictureUrl,
    guestRoomId,
  });
  const code = async (session: Session, method: string, path: string, options: RequestOptions = {}) =>
    problemOf(await as(session, method, path, options)).code;

  it('are made with a link that can be read and not guessed', async () => {
    const answer = await as(host, 'POST', 'rooms', { body: { name: '  Café & Crème: Größe!  ' } });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String) as string,
      slug: expect.stringMatching(/^cafe-creme-gro-e(-[a-z2-9]{4}){3}$/) as string,
      name: 'Café & Crème: Größe!',
      createdAt: expect.any(String) as string,
      role: 'host',
      participantCount: 0,
      access: 'open',
      locked: false,
      allowUnmute: true,
      unreadCount: 0,
    } satisfies Room);
    expect((await createRoom('会議')).slug).toMatch(/^room(-[a-z2-9]{4}){3}$/);
  });

  it('are listed for their members, the newest first, page by page', async () => {
    const session = await register(server.origin);
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.unshift((await createRoom(`Room ${count}`, session)).id);
    await createRoom('Somebody else’s');
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const query: string = next ? `&after=${next}` : '';
      const page: Page<Room> = await expectOk<Page<Room>>(as(session, 'GET', `rooms?limit=2${query}`));
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next);
    expect(seen).toEqual(made);
  });

  it('are seen by anybody with the link, and entered', async () => {
    const room = await createRoom();
    expect(await expectOk<Room>(as(other, 'GET', `rooms/${room.slug}`))).toEqual({ ...room, role: null });
    expect(await door.enter(identity(other), room.slug)).toEqual({
      room: {
        id: room.id,
        slug: room.slug,
        name: room.name,
        access: 'open',
        locked: false,
        allowUnmute: true,
      } satisfies RoomSummary,
      role: 'member',
    });
    expect((await expectOk<Room>(as(other, 'GET', `rooms/${room.slug}`))).role).toBe('member');
    expect((await door.enter(identity(host), room.slug)).role).toBe('host');
  });

  it('are renamed by the host, and everybody in the call hears of it', async () => {
    const room = await createRoom();
    const heard: RoomSummary[] = [];
    server.app.get(EventBus, { strict: false }).subscribe('room-updated', (fact) => void heard.push(fact.room));
    const renamed = await expectOk<Room>(as(host, 'PATCH', `rooms/${room.slug}`, { body: { name: 'New name' } }));
    expect(renamed).toEqual({ ...room, name: 'New name' });
    const { id, slug, access, locked, allowUnmute } = room;
    expect(heard).toEqual([{ id, slug, name: 'New name', access, locked, allowUnmute }]);
    await door.enter(identity(other), room.slug);
    expect(await code(other, 'PATCH', `rooms/${room.slug}`, { body: { name: 'Mine' } })).toBe('FORBIDDEN');
  });

  it('are deleted by the host only, with everything in them', async () => {
    const room = await createRoom();
    await door.enter(identity(other), room.slug);
    const messages = server.app.get(MessageStore, { strict: false });
    await messages.write(room.id, [
      {
        kind: 'append',
        id: randomUUID(),
        author: identity(host),
        content: { type: 'text', text: 'Hello' },
        replyTo: null,
        mentions: [],
      },
    ]);
    expect(await messages.page(room.id, { limit: 10 })).toHaveLength(1);
    expect(await code(other, 'DELETE', `rooms/${room.slug}`)).toBe('FORBIDDEN');
    expect((await as(host, 'DELETE', `rooms/${room.slug}`)).status).toBe(204);
    expect(await code(host, 'GET', `rooms/${room.slug}`)).toBe('NOT_FOUND');
    expect(await messages.page(room.id, { limit: 10 })).toEqual([]);
    expect(await messages.lastSequence(room.id)).toBe(0);
  });

  it('tell members who belongs to them, and nobody else', async () => {
    const room = await createRoom();
    expect(await code(other, 'GET', `rooms/${room.slug}/members`)).toBe('FORBIDDEN');
    await door.enter(identity(other), room.slug);
    const { items, next } = await expectOk<Page<RoomMember>>(as(other, 'GET', `rooms/${room.slug}/members`));
    expect(next).toBeNull();
    expect(items.map(({ userId, displayName, role, inCall }) => ({ userId, displayName, role, inCall }))).toEqual([
      { userId: host.user.id, displayName: 'Hannah', role: 'host', inCall: false },
      { userId: other.user.id, displayName: 'Otto', role: 'member', inCall: false },
    ]);
    const first = await expectOk<Page<RoomMember>>(as(other, 'GET', `rooms/${room.slug}/members?limit=1`));
    const rest = await expectOk<Page<RoomMember>>(as(other, 'GET', `rooms/${room.slug}/members?after=${first.next}`));
    expect([...first.items, ...rest.items]).toEqual(items);
  });

  it('make one member of somebody who enters 20 times at once', async () => {
    const room = await createRoom();
    const roles = await Promise.all(Array.from({ length: 20 }, () => door.enter(identity(other), room.slug)));
    expect(new Set(roles.map(({ role }) => role))).toEqual(new Set(['member']));
    const { items } = await expectOk<Page<RoomMember>>(as(host, 'GET', `rooms/${room.slug}/members`));
    expect(items).toHaveLength(2);
  });

  it('are 404 when there is none, and 403 when they are not one’s own', async () => {
    const room = await createRoom();
    for (const path of ['', '/members', '/messages', '/calls']) {
      expect(await code(host, 'GET', `rooms/no-such-room${path}`)).toBe('NOT_FOUND');
    }
    for (const path of ['/members', '/messages', '/calls']) {
      expect(await code(other, 'GET', `rooms/${room.slug}${path}`)).toBe('FORBIDDEN');
    }
    expect(await code(other, 'POST', `rooms/${room.slug}/invites`, { body: {} })).toBe('FORBIDDEN');
    expect(await code(host, 'GET', `calls/${randomUUID()}`)).toBe('NOT_FOUND');
  });

  describe('invites', () => {
    const invite = (room: Room, body: object = {}) =>
      expectOk<Invite>(as(host, 'POST', `rooms/${room.slug}/invites`, { body }));
    const asGuest = (token: string, displayName = 'Gil') =>
      send(server.origin, 'POST', '/api/auth/guest', { body: { displayName, invite: token } });

    it('let a guest into their room, and nowhere else', async () => {
      const room = await createRoom();
      const elsewhere = await createRoom('Elsewhere');
      const { token, maxUses, expiresAt } = await invite(room);
      expect(maxUses).toBeNull();
      expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
      const guest = await expectOk<Session>(asGuest(token));
      expect(guest.user.email).toBeNull();
      expect(await door.enter(identity(guest, room.id), room.slug)).toMatchObject({ role: 'guest' });
      expect(await code(guest, 'GET', `rooms/${elsewhere.slug}`)).toBe('FORBIDDEN');
      await expect(door.enter(identity(guest, room.id), elsewhere.slug)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await code(guest, 'POST', 'rooms', { body: { name: 'Mine' } })).toBe('FORBIDDEN');
      expect(await code(guest, 'POST', `rooms/${room.slug}/invites`, { body: {} })).toBe('FORBIDDEN');
    });

    it('are used up, also when several come at once', async () => {
      const { token } = await invite(await createRoom(), { maxUses: 3 });
      const answers = await Promise.all(Array.from({ length: 10 }, () => asGuest(token)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      expect(problemOf(await asGuest(token))).toMatchObject({ status: 410, code: 'INVITE_INVALID' });
    });

    it('end with their room, and the guests’ accounts with it', async () => {
      const room = await createRoom();
      const { token } = await invite(room);
      const guest = await expectOk<Session>(asGuest(token));
      await as(host, 'DELETE', `rooms/${room.slug}`);
      expect(problemOf(await asGuest(token)).code).toBe('INVITE_INVALID');
      expect(await code(guest, 'GET', 'users/me')).toBe('UNAUTHENTICATED');
    });
  });
});
