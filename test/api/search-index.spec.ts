import { randomUUID } from 'node:crypto';
import type { Room, SearchPage, Session } from '@minimeet/protocol';
import { DataSource } from 'typeorm';
import { indexText } from '../../src/messages/search/index-text.js';
import { expectOk, register, send } from '../support/http.js';
import { startBeside, useServer } from '../support/server.js';

// What only SQLite has: an index beside the messages.
const { server } = useServer();
let ann: Session;
let room: Room;

beforeAll(async () => {
  ann = await register(server.origin, 'Ann');
});

beforeEach(async () => {
  room = await expectOk<Room>(
    send(server.origin, 'POST', '/api/rooms', { token: ann.accessToken, body: { name: 'A room' } }),
  );
});

/** Rows as another program would write them, all sent in the same millisecond. */
async function write(count: number, text: (i: number) => string): Promise<void> {
  const dataSource = server.app.get(DataSource);
  const one = `(?, ?, ?, ?, 'Ann', ?, ?, '2026-01-02 03:04:05.678')`;
  const row = (i: number) => [
    randomUUID(),
    room.id,
    i + 1,
    ann.user.id,
    JSON.stringify({ type: 'text', text: text(i) }),
    indexText('room', { roomId: room.id, senderId: ann.user.id, sentAt: new Date() }, text(i)),
  ];
  for (let i = 0; i < count; i += 100) {
    const rows = Array.from({ length: Math.min(100, count - i) }, (_, k) => row(i + k));
    await dataSource.query(
      `INSERT INTO chat_message (id, roomId, sequence, senderId, senderName, content, searchText, sentAt)
       VALUES ${rows.map(() => one).join()}`,
      rows.flat(),
    );
  }
}

async function found(query: Record<string, string>, { origin } = server): Promise<SearchPage> {
  const path = `/api/rooms/${room.slug}/messages/search?${new URLSearchParams(query).toString()}`;
  return expectOk<SearchPage>(send(origin, 'GET', path, { token: ann.accessToken }));
}

async function foundInAll(query: Record<string, string>): Promise<number> {
  let count = 0;
  for (let after: string | null = ''; after !== null;) {
    const page: SearchPage = await found({ ...query, limit: '100', ...(after && { after }) });
    count += page.items.length;
    after = page.next;
  }
  return count;
}

describe('the index of SQLite', () => {
  it('takes more messages of one millisecond than it has numbers for', async () => {
    await write(2_300, (i) => `same moment ${i}`);
    expect(await foundInAll({ q: 'moment' })).toBe(2_300);
    await server.app.get(DataSource).query('DELETE FROM chat_message WHERE sequence > 100');
    expect(await foundInAll({ q: 'moment' })).toBe(100);
    expect((await found({ q: 'moment 2299' })).items).toEqual([]);
  }, 60_000);

  it('is made anew at the start when a change of the table has taken its triggers away', async () => {
    await write(10, (i) => `kept ${i}`);
    const dataSource = server.app.get(DataSource);
    await dataSource.query('DROP TRIGGER message_search_insert');
    await dataSource.query('DELETE FROM chat_message WHERE sequence > 5');
    const next = await startBeside(server);
    expect((await found({ q: 'kept' }, next)).items).toHaveLength(5);
    await next.close();
  }, 60_000);

  it('keeps its messages when the file is vacuumed', async () => {
    await write(50, (i) => `vacuum ${i}`);
    const dataSource = server.app.get(DataSource);
    await dataSource.query('DELETE FROM chat_message WHERE sequence <= 20');
    await dataSource.query('VACUUM');
    const { items } = await found({ q: 'vacuum 49' });
    expect(items.map(({ message }) => message.content)).toEqual([{ type: 'text', text: 'vacuum 49' }]);
  }, 60_000);
});
