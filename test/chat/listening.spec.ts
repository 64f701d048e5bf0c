import { type Invite, LIMITS, type Room, TIMES } from '@minimeet/protocol';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { whileShorter } from '../support/shorter.js';
import { becomeMembers, LOAD_TEST_KEY, say, text, wordsOf } from './people.js';

describeOnEveryDatabase('listening to a chat', (database) => {
  const { server, person } = database.useServer({ LOAD_TEST_KEY, LOG_LEVEL: 'error' });
  let ann: Person;
  let ben: Person;
  let cleo: Person;
  let room: Room;

  beforeAll(async () => {
    ann = await Person.register(server.origin, 'Ann', LOAD_TEST_KEY);
    ben = await Person.register(server.origin, 'Ben', LOAD_TEST_KEY);
    cleo = await Person.register(server.origin, 'Cleo', LOAD_TEST_KEY);
  });

  beforeEach(async () => {
    for (const person of [ann, ben, cleo]) await person.connect();
    room = await ann.createRoom();
    await becomeMembers(room.slug, ben);
    for (const person of [ann, ben, cleo]) person.heard.length = 0;
  });

  const heardWords = (person: Person): string[] =>
    person.heardOf('chat_message').map(({ message }) => wordsOf(message));
  /** Whatever was told before this arrives has been heard. */
  const hearTheEnd = async (listener: Person): Promise<void> => {
    await say(ann, 'the end', { room: room.slug });
    await listener.hears('chat_message', ({ message }) => wordsOf(message) === 'the end');
  };

  it('without being in its call hears all that happens in it', async () => {
    await say(ann, 'before', { room: room.slug });
    const opened = await ben.request('open_chat', { room: room.slug });
    expect(opened.messages.map(wordsOf)).toEqual(['before']);
    expect(opened.lastReadSequence).toBe(0);
    const message = await say(ann, 'after', { room: room.slug });
    expect(await ben.hears('chat_message')).toEqual({ message });
    await ann.request('edit_message', { room: room.slug, messageId: message.id, text: 'changed' });
    expect(wordsOf((await ben.hears('message_changed')).message)).toBe('changed');
    expect((await say(ben, 'from outside', { room: room.slug })).sequence).toBe(3);
  });

  it('ends when it is closed', async () => {
    await ben.request('open_chat', { room: room.slug });
    await ben.request('close_chat', { room: room.slug });
    await say(ann, 'unheard', { room: room.slug });
    await ben.request('open_chat', { room: room.slug });
    await hearTheEnd(ben);
    expect(heardWords(ben)).toEqual(['the end']);
  });

  it('hears once what comes to the call and to the open chat', async () => {
    await ben.join(room.slug);
    await ben.request('open_chat', { room: room.slug });
    await ben.request('open_chat', { room: room.slug });
    await say(ann, 'once', { room: room.slug });
    await hearTheEnd(ben);
    expect(heardWords(ben)).toEqual(['once', 'the end']);
    await ben.request('leave_room');
    await say(ann, 'still there', { room: room.slug });
    await ben.hears('chat_message', ({ message }) => wordsOf(message) === 'still there');
    await ben.join(room.slug);
    await ben.request('close_chat', { room: room.slug });
    await say(ann, 'in the call', { room: room.slug });
    await ben.hears('chat_message', ({ message }) => wordsOf(message) === 'in the call');
    await ben.request('leave_room');
  });

  it('hears in one’s other tab what one says in this', async () => {
    const tab = await ben.anotherTab();
    await tab.request('open_chat', { room: room.slug });
    await ben.request('open_chat', { room: room.slug });
    const message = await say(ben, 'from here', { room: room.slug });
    expect(await tab.hears('chat_message')).toEqual({ message });
    await hearTheEnd(ben);
    expect(heardWords(ben)).toEqual(['the end']);
  });

  it('misses nothing that is said while it begins', async () => {
    for (let round = 0; round < 10; round += 1) {
      ben.heard.length = 0;
      const sending = Promise.all(Array.from({ length: 20 }, (_, i) => say(ann, `${i}`, { room: room.slug })));
      const { messages } = await ben.request('open_chat', { room: room.slug });
      const sent = await sending;
      await hearTheEnd(ben);
      const known = new Set(
        [...messages, ...ben.heardOf('chat_message').map(({ message }) => message)].map(({ id }) => id),
      );
      expect(sent.filter(({ id }) => !known.has(id))).toEqual([]);
      await ben.request('close_chat', { room: room.slug });
    }
  });

  it('has so many chats open and no more', async () => {
    const rooms = await Promise.all(Array.from({ length: LIMITS.openChats + 1 }, () => ben.createRoom()));
    const [one, ...others] = rooms;
    for (const { slug } of others) await ben.request('open_chat', { room: slug });
    await ben.request('open_chat', { room: others[0]?.slug });
    expect(await ben.refused('open_chat', { room: one?.slug })).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    await ben.request('close_chat', { room: others[0]?.slug });
    await ben.request('open_chat', { room: one?.slug });
    for (const { slug } of rooms) await ben.request('close_chat', { room: slug });
  });

  describe('is for members', () => {
    const requests = (messageId: string): [string, object][] => [
      ['open_chat', {}],
      ['close_chat', {}],
      ['chat_message', { id: crypto.randomUUID(), content: text('x') }],
      ['edit_message', { messageId, text: 'x' }],
      ['delete_message', { messageId }],
      ['react', { messageId, reaction: '👍', on: true }],
      ['typing', { typing: true }],
      ['mark_read', { sequence: 1 }],
    ];
    const refusals = async (person: Person, slug: string): Promise<Set<string>> => {
      const { id } = await say(ann, 'message', { room: room.slug });
      const codes = new Set<string>();
      for (const [name, payload] of requests(id))
        codes.add((await person.refused(name, { room: slug, ...payload })).code);
      return codes;
    };

    it('only: nobody else may do anything', async () => {
      expect(await refusals(cleo, room.slug)).toEqual(new Set(['FORBIDDEN']));
      expect(await refusals(cleo, 'no-such-room')).toEqual(new Set(['NOT_FOUND']));
    });

    it('and guests of the room, and of no other', async () => {
      const { token } = await ann.rest<Invite>('POST', `rooms/${room.slug}/invites`, {});
      const guest = await Person.guest(server.origin, 'Gil', token);
      await guest.connect();
      await becomeMembers(room.slug, guest);
      expect((await say(guest, 'hello', { room: room.slug })).senderName).toBe('Gil');
      const other = await ann.createRoom();
      expect(await guest.refused('open_chat', { room: other.slug })).toMatchObject({ code: 'FORBIDDEN' });
    });

    it.each(['removed', 'banned', 'gone'])('and ends at once for who is %s, in every tab', async (how) => {
      const tab = await ben.anotherTab();
      for (const one of [ben, tab]) await one.request('open_chat', { room: room.slug });
      await say(ben, 'still here', { room: room.slug });
      const path = `rooms/${room.slug}/members`;
      if (how === 'gone') await ben.rest('DELETE', `${path}/me`);
      else await ann.rest('DELETE', `${path}/${ben.userId}${how === 'banned' ? '?ban=true' : ''}`);
      ben.heard.length = 0;
      tab.heard.length = 0;
      expect(await refusals(ben, room.slug)).toEqual(new Set(['FORBIDDEN']));
      // What is said to the same connections later has arrived, and this has not.
      const other = await ben.createRoom();
      for (const one of [ben, tab]) {
        await one.request('open_chat', { room: other.slug });
        expect(one.heardOf('chat_message')).toEqual([]);
        await one.request('close_chat', { room: other.slug });
      }
    });

    it.each(['removed', 'banned'])('and ends at once for who is %s while they are in its call', async (how) => {
      await ben.join(room.slug);
      await ben.request('open_chat', { room: room.slug });
      await ann.rest('DELETE', `rooms/${room.slug}/members/${ben.userId}${how === 'banned' ? '?ban=true' : ''}`);
      ben.heard.length = 0;
      await say(ann, 'not for Ben', { room: room.slug });
      await ben.request('open_chat', { room: (await ben.createRoom()).slug });
      expect(ben.heardOf('chat_message')).toEqual([]);
    });

    it('and ends with the room', async () => {
      await ben.request('open_chat', { room: room.slug });
      await ann.rest('DELETE', `rooms/${room.slug}`);
      const error = await ben.refused('chat_message', { room: room.slug, id: crypto.randomUUID(), content: text('x') });
      expect(error).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('and is not reached by who is removed while they open it', async () => {
      for (let round = 0; round < 10; round += 1) {
        const removed = ann.rest('DELETE', `rooms/${room.slug}/members/${ben.userId}`);
        const asked = Array.from({ length: 5 }, () => ben.ask('open_chat', { room: room.slug }));
        await Promise.all([removed, ...asked]);
        ben.heard.length = 0;
        await say(ann, 'not for Ben', { room: room.slug });
        await ben.request('open_chat', { room: (await ben.createRoom()).slug });
        expect(ben.heardOf('chat_message')).toEqual([]);
        ben.leave();
        await ben.connect();
        await becomeMembers(room.slug, ben);
      }
    });
  });

  describe('to who is typing', () => {
    const typing = (person: Person, on: boolean) => person.request('typing', { room: room.slug, typing: on });

    beforeEach(async () => {
      for (const person of [ann, ben]) await person.request('open_chat', { room: room.slug });
    });

    it('is told to the others and not to oneself, and ends with the message', async () => {
      const tab = await ben.anotherTab();
      await tab.request('open_chat', { room: room.slug });
      await typing(ben, true);
      const sign = { roomId: room.id, userId: ben.userId, displayName: 'Ben', typing: true };
      expect(await ann.hears('typing')).toEqual(sign);
      await typing(ben, false);
      expect(await ann.hears('typing', (heard) => !heard.typing)).toEqual({ ...sign, typing: false });
      await typing(ben, true);
      await say(ben, 'what I typed', { room: room.slug });
      await eventually(() => ann.heardOf('typing').length === 4 || undefined, 'typing did not end');
      expect(ann.heardOf('typing').map((heard) => heard.typing)).toEqual([true, false, true, false]);
      await tab.hears('chat_message');
      await ben.fence();
      expect([...ben.heardOf('typing'), ...tab.heardOf('typing')]).toEqual([]);
    });

    it('fades by itself, and ends with the connection', async () => {
      await whileShorter(TIMES, { typingMs: 1_000 }, async () => {
        await typing(ben, true);
        const startedAtMs = performance.now();
        await typing(ben, true);
        await ann.hears('typing', (sign) => !sign.typing);
        expect(performance.now() - startedAtMs).toBeGreaterThan(TIMES.typingMs - 10);
        expect(ann.heardOf('typing')).toHaveLength(2);
      });
      const tab = await ben.anotherTab();
      await tab.request('typing', { room: room.slug, typing: true });
      await eventually(() => ann.heardOf('typing').length === 3 || undefined, 'it was not heard');
      tab.drop();
      await eventually(() => ann.heardOf('typing')[3]?.typing === false || undefined, 'it did not end');
    });

    it('is told seldom, however often it is said', async () => {
      for (let i = 0; i < 100; i += 1) await typing(ben, i % 2 === 0);
      await typing(ben, false);
      await say(ben, 'done', { room: room.slug });
      await ann.hears('chat_message');
      const signs = ann.heardOf('typing').map((sign) => sign.typing);
      expect(signs.length).toBeLessThan(20);
      expect(signs.at(-1)).toBe(false);
    });
  });

  describe('up to where one has read', () => {
    const unread = async (person: Person): Promise<number | undefined> => {
      const { items } = await person.rest<{ items: Room[] }>('GET', 'rooms?limit=100');
      const [inList] = items.filter(({ id }) => id === room.id);
      expect(await person.rest<Room>('GET', `rooms/${room.slug}`)).toEqual(inList);
      return inList?.unreadCount;
    };
    const read = (person: Person, sequence: number) => person.request('mark_read', { room: room.slug, sequence });

    it('counts what others said since, without what was deleted', async () => {
      for (let i = 1; i <= 5; i += 1) await say(ann, `${i}`, { room: room.slug });
      await say(ben, 'mine', { room: room.slug });
      const last = await say(ann, 'last', { room: room.slug });
      expect([await unread(ann), await unread(ben)]).toEqual([1, 6]);
      expect(await read(ben, 4)).toEqual({ lastReadSequence: 4, unreadCount: 2 });
      expect(await unread(ben)).toBe(2);
      await ann.request('delete_message', { room: room.slug, messageId: last.id });
      expect(await unread(ben)).toBe(1);
    });

    it('never goes back and never beyond what there is, in whatever order it is said', async () => {
      for (let i = 1; i <= 5; i += 1) await say(ann, `${i}`, { room: room.slug });
      expect(await read(ben, 2 ** 31 - 1)).toEqual({ lastReadSequence: 5, unreadCount: 0 });
      expect(await read(ben, 2)).toEqual({ lastReadSequence: 5, unreadCount: 0 });
      for (let i = 6; i <= 15; i += 1) await say(ann, `${i}`, { room: room.slug });
      await Promise.all([9, 15, 7, 12, 3, 14, 8].map((sequence) => read(ben, sequence)));
      expect((await ben.request('open_chat', { room: room.slug })).lastReadSequence).toBe(15);
      expect((await ben.join(room.slug)).lastReadSequence).toBe(15);
      await ben.request('leave_room');
    });

    it('begins at the end for who has just come', async () => {
      for (let i = 1; i <= 3; i += 1) await say(ann, `${i}`, { room: room.slug });
      expect((await cleo.join(room.slug)).lastReadSequence).toBe(3);
      await cleo.request('leave_room');
      await say(ann, 'news', { room: room.slug });
      expect(await unread(cleo)).toBe(1);
    });

    it('is told to the others and to one’s other tabs, once', async () => {
      await say(ann, 'read me', { room: room.slug });
      await ann.request('open_chat', { room: room.slug });
      const tab = await ben.anotherTab();
      await read(ben, 1);
      await read(ben, 1);
      const payload = { roomId: room.id, userId: ben.userId, sequence: 1 };
      expect(await ann.hears('read')).toEqual(payload);
      expect(await tab.hears('read')).toEqual(payload);
      await say(ben, 'later', { room: room.slug });
      await ann.hears('chat_message');
      expect(ann.heardOf('read')).toHaveLength(1);
      expect(ben.heardOf('read')).toEqual([]);
    });

    it('is not told to others where there are many', async () => {
      const crowd = await Promise.all(Array.from({ length: LIMITS.readMarkPeople }, (_, i) => person(`Person ${i}`)));
      for (const person of crowd) await person.join(room.slug);
      await say(ann, 'read me', { room: room.slug });
      const tab = await ben.anotherTab();
      await ben.request('open_chat', { room: room.slug });
      await read(ben, 1);
      await tab.hears('read');
      await say(ann, 'later', { room: room.slug });
      await Promise.all(crowd.map((person) => person.hears('chat_message', ({ message }) => message.sequence === 2)));
      expect(crowd.flatMap((person) => person.heardOf('read'))).toEqual([]);
      crowd.pop()?.leave();
      await crowd[0]?.hears('participant_left');
      await read(ben, 2);
      await crowd[0]?.hears('read');
    }, 60_000);
  });
});
