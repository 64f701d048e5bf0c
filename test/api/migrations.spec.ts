import { randomUUID } from 'node:crypto';
import type { Page, Room, RoomMember, Session } from '@minimeet/protocol';
import { DataSource } from 'typeorm';
import { MessageStore, type NewMessage } from '../../src/messages/message-store.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, send } from '../support/http.js';
import { RoomPeople } from '../support/room-people.js';

/** The schema of the version before this one. */
const BEFORE = 'CallAnalytics1764000000000';

describeOnEveryDatabase('a migration', (database) => {
  const { server } = database.useServer();

  it('keeps accounts, rooms, members, guests and what they said, back and forth', async () => {
    const people = new RoomPeople(server);
    const host = await people.register('Hannah');
    const room = await people.createRoom(host);
    const guest = await people.guest(room, (await people.invite(host, room)).token);
    const member = await people.register('Mel');
    for (const person of [member, guest]) await people.enter(person, room);
    await people.memberships.setRole(host.identity, room.id, member.identity.userId, 'moderator');
    const messages = server.app.get(MessageStore, { strict: false });
    const says = (text: string): NewMessage => ({
      kind: 'append',
      id: randomUUID(),
      author: member.identity,
      content: { type: 'text', text },
      replyTo: null,
      mentions: [],
    });
    // The chat tells of the role by itself.
    await eventually(
      async () => (await messages.lastSequence(room.id)) === 1 || undefined,
      'the chat does not tell of the role',
    );
    await messages.write(room.id, [says('first'), says('second')]);
    const said = await messages.page(room.id, { limit: 10 });
    const members = async () => {
      const { items } = await expectOk<Page<RoomMember>>(people.as(member, 'GET', `rooms/${room.slug}/members`));
      return items;
    };
    const before = await members();
    expect(before.map(({ displayName, role }) => `${displayName}: ${role}`).sort()).toEqual([
      'Gil: guest',
      'Hannah: host',
      'Mel: moderator',
    ]);

    const dataSource = server.app.get(DataSource);
    // TypeORM switches SQLite's foreign keys off for migrations, but too late when it takes one back: in a transaction it does nothing.
    if (database.name === 'SQLite') await dataSource.query('PRAGMA foreign_keys = OFF');
    while (await isNewer(dataSource)) await dataSource.undoLastMigration();
    await dataSource.runMigrations();

    expect(await members()).toEqual(before);
    expect(await messages.page(room.id, { limit: 10 })).toEqual(said);
    await messages.write(room.id, [says('third')]);
    expect(await messages.lastSequence(room.id)).toBe(4);
    // A room of an older version is open, as it was then.
    expect(await expectOk<Room>(people.as(host, 'GET', `rooms/${room.slug}`))).toEqual({
      ...room,
      role: 'host',
      unreadCount: 3,
    });
    const { refreshToken } = guest.session;
    const session = await expectOk<Session>(
      send(server.origin, 'POST', '/api/auth/refresh', { body: { refreshToken } }),
    );
    expect(session.user.id).toBe(guest.identity.userId);
  }, 60_000);
});

async function isNewer(dataSource: DataSource): Promise<boolean> {
  const [last] = await dataSource.query<{ name: string }[]>(
    'SELECT name FROM migrations ORDER BY timestamp DESC LIMIT 1',
  );
  return last !== undefined && last.name !== BEFORE;
}
