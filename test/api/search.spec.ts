import { randomUUID } from 'node:crypto';
import type { Invite, Room, SearchPage, Session } from '@minimeet/protocol';
import type { Identity } from '../../src/auth/identity.js';
import { MessageStore } from '../../src/chat/message-store.js';
import { RoomsService } from '../../src/rooms/rooms.service.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { expectOk, problemOf, register, send } from '../support/http.js';
import type { TestServer } from '../support/server.js';

describeOnEveryDatabase('the search', (database) => {
  let server: TestServer;
  let messages: MessageStore;
  let rooms: RoomsService;
  let ann: Session;
  let ben: Session;
  let room: Room;

  beforeAll(async () => {
    server = await database.startServer();
    messages = server.app.get(MessageStore, { strict: false });
    rooms = server.app.get(RoomsService, { strict: false });
    ann = await register(server.origin, 'Ann');
    ben = await register(server.origin, 'Ben');
  }, 60_000);

  beforeEach(async () => {
    room = await newRoom();
  });

  afterAll(async () => {
    await server.close();
    await database.close();
  });

  const newRoom = (name = 'A room') =>
    expectOk<Room>(send(server.origin, 'POST', '/api/rooms', { token: ann.accessToken, body: { name } }));
  const enter = (session: Session, slug = room.slug) => rooms.enter(identityOf(session), slug);
  const say = async (text: string, session = ann, roomId = room.id): Promise<string> => {
    const id = randomUUID();
    const author = identityOf(session);
    const content = { type: 'text' as const, text };
    await messages.write(roomId, [{ kind: 'append', id, author, content, replyTo: null, mentions: [] }]);
    return id;
  };
  const search = (query: Record<string, string>, { session = ann, slug = room.slug as string | null } = {}) => {
    const path = slug === null ? '/api/messages/search' : `/api/rooms/${slug}/messages/search`;
    return send(server.origin, 'GET', `${path}?${new URLSearchParams(query)}`, { token: session.accessToken });
  };
  const found = (query: Record<string, string>, where = {}) => expectOk<SearchPage>(search(query, where));
  const texts = async (q: string) => (await found({ q })).items.map(({ message }) => textOf(message.content));

  it('finds messages that have all the words, whatever their case and order', async () => {
    await say('The quick brown fox');
    await say('A brown dog');
    expect(await texts('BROWN quick')).toEqual(['The quick brown fox']);
    expect((await texts('brown')).sort()).toEqual(['A brown dog', 'The quick brown fox']);
    expect(await texts('brown cat')).toEqual([]);
  });
});

function identityOf({ user }: Session, guestRoomId: string | null = null): Identity {
  return { userId: user.id, displayName: user.displayName, guestRoomId };
}

function textOf(content: { type: string; text?: string }): string {
  return content.text ?? '';
}
