import { randomUUID } from 'node:crypto';
import { type ChatMessage, LIMITS, type MessagePage, type Room } from '@minimeet/protocol';
import { describeOnEveryDatabase } from '../support/databases.js';
import type { Person } from '../support/person.js';
import { becomeMembers, LOAD_TEST_KEY, say, text, wholeHistory, wordsOf } from './people.js';

describeOnEveryDatabase('messages', (database) => {
  const { person } = database.useServer({ LOAD_TEST_KEY, LOG_LEVEL: 'error' });
  let ann: Person;
  let ben: Person;
  let cleo: Person;
  let room: Room;

  beforeAll(async () => {
    ann = await person('Ann');
    ben = await person('Ben');
    cleo = await person('Cleo');
  });

  beforeEach(async () => {
    room = await ann.createRoom();
    for (const person of [ann, ben]) await person.join(room.slug);
    for (const person of [ann, ben, cleo]) person.heard.length = 0;
  });

  const page = (query: string, person = ann) => person.rest<MessagePage>('GET', `rooms/${room.slug}/messages?${query}`);
  const stored = async (id: string): Promise<ChatMessage | undefined> =>
    (await page('limit=100')).items.find((message) => message.id === id);

  describe('that are sent', () => {
    it('50 times at once with one id are one message, with the first body', async () => {
      const id = randomUUID();
      const sent = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          say(i % 2 ? ann : ann, `body ${i}`, { id: i % 3 ? id : id.toUpperCase() }),
        ),
      );
      expect(new Set(sent.map((message) => JSON.stringify(message))).size).toBe(1);
      expect(sent[0]).toMatchObject({ id, sequence: 1, content: text('body 0') });
      expect((await say(ann, 'next')).sequence).toBe(2);
      await ben.hears('chat_message', ({ message }) => message.sequence === 2);
      expect(ben.heardOf('chat_message').map(({ message }) => wordsOf(message))).toEqual(['body 0', 'next']);
      expect(await page('limit=100')).toMatchObject({ items: [{ id }, {}], next: null });
    });

    it('by many at once are numbered without gaps, in one order for all', async () => {
      await cleo.join(room.slug);
      const people = [ann, ben, cleo];
      const sent = await Promise.all(Array.from({ length: 150 }, (_, i) => say(people[i % 3]!, `message ${i}`)));
      const numbers = Array.from({ length: 150 }, (_, i) => i + 1);
      expect(sent.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(numbers);
      const history = await wholeHistory(ann, room.slug);
      expect(history.map(({ sequence }) => sequence)).toEqual(numbers);
      for (const person of people) {
        const ofOthers = history.filter(({ senderId }) => senderId !== person.userId);
        await person.hears('chat_message', ({ message }) => message.sequence === ofOthers.at(-1)?.sequence);
        expect(person.heardOf('chat_message').map(({ message }) => message)).toEqual(ofOthers);
      }
    });

    it('with one that cannot be stored are stored without it, and without a gap', async () => {
      const taken = await say(ben, 'mine');
      const elsewhere = await say(ann, 'there', { room: (await ann.createRoom()).slug });
      const bad: [object, string][] = [
        [{ id: taken.id, content: text('yours') }, 'CONFLICT'],
        [{ id: elsewhere.id, content: text('here too') }, 'CONFLICT'],
        [{ id: randomUUID(), content: text(' \n ') }, 'INVALID_PAYLOAD'],
        [{ id: randomUUID(), content: text('lone \ud800 surrogate') }, 'INVALID_PAYLOAD'],
        [{ id: randomUUID(), content: text('nul \u0000') }, 'INVALID_PAYLOAD'],
        [{ id: randomUUID(), content: text('to nothing'), replyTo: randomUUID() }, 'NOT_FOUND'],
        [{ id: randomUUID(), content: text('to elsewhere'), replyTo: elsewhere.id }, 'NOT_FOUND'],
      ];
      const good = Array.from({ length: 20 }, (_, i) => say(ann, `good ${i}`));
      const refusals = bad.map(([request]) => ann.refused('chat_message', request));
      const later = Array.from({ length: 20 }, (_, i) => say(ann, `later ${i}`));
      expect((await Promise.all(refusals)).map(({ code }) => code)).toEqual(bad.map(([, code]) => code));
      const sent = await Promise.all([...good, ...later]);
      expect(sent.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
    });

    it('answer one of the same room, and show it as it is now', async () => {
      const first = await say(ben, `${'🦊'.repeat(LIMITS.quoteLength)}`);
      const { replyTo } = await say(ann, 'I agree', { replyTo: first.id.toUpperCase() });
      const cut = '🦊'.repeat(LIMITS.quoteLength / 2);
      expect(replyTo).toEqual({ id: first.id, sequence: 1, senderName: 'Ben', text: cut });
      await ben.request('edit_message', { messageId: first.id, text: 'Better words' });
      expect((await page('after=1')).items[0]?.replyTo?.text).toBe('Better words');
      await ben.request('delete_message', { messageId: first.id });
      expect((await page('after=1')).items[0]?.replyTo).toEqual({ ...replyTo, text: '' });
    });

    it('answer one that was sent in the same breath', async () => {
      const id = randomUUID();
      const [, answer] = await Promise.all([say(ann, 'question', { id }), say(ann, 'answer', { replyTo: id })]);
      expect(answer.replyTo).toMatchObject({ id, text: 'question' });
    });

    it('call members by name, and nobody else', async () => {
      const mentions = [ben.userId.toUpperCase(), cleo.userId, randomUUID(), ben.userId];
      const message = await say(ann, '@Ben @Cleo', { mentions });
      expect(message.mentions).toEqual([ben.userId]);
      expect(await stored(message.id)).toEqual(message);
    });
  });

  describe('that are edited', () => {
    it('are told to the others, and say when', async () => {
      const { id } = await say(ann, 'Helo', { mentions: [ben.userId] });
      const { message } = await ann.request('edit_message', { messageId: id.toUpperCase(), text: 'Hello' });
      expect(message).toMatchObject({ id, content: text('Hello'), mentions: [ben.userId], deletedAt: null });
      expect(Date.parse(message.editedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(message.sentAt));
      expect(await ben.hears('message_changed')).toEqual({ message });
      await ann.fence();
      expect(ann.heardOf('message_changed')).toEqual([]);
      expect(await stored(id)).toEqual(message);
      const again = await ann.request('edit_message', { messageId: id, text: 'Hello', mentions: [] });
      expect(again.message.mentions).toEqual([]);
    });

    it('twice in the same way are edited once', async () => {
      const { id } = await say(ann, 'Helo');
      const first = await ann.request('edit_message', { messageId: id, text: 'Hello' });
      expect(await ann.request('edit_message', { messageId: id, text: 'Hello' })).toEqual(first);
      await say(ann, 'later');
      await ben.hears('chat_message', ({ message }) => message.sequence === 2);
      expect(ben.heardOf('message_changed')).toHaveLength(1);
    });

    it('are one’s own, of this room, there, and do not become empty', async () => {
      const { id } = await say(ann, 'mine');
      const other = await ann.createRoom();
      const edit = (person: Person, more: object) =>
        person.refused('edit_message', { messageId: id, text: 'changed', ...more }).then(({ code }) => code);
      expect(await edit(ben, {})).toBe('FORBIDDEN');
      expect(await edit(ann, { messageId: randomUUID() })).toBe('NOT_FOUND');
      expect(await edit(ann, { room: other.slug })).toBe('NOT_FOUND');
      expect(await edit(ann, { text: '  ' })).toBe('INVALID_PAYLOAD');
      await ann.request('delete_message', { messageId: id });
      expect(await edit(ann, {})).toBe('WRONG_STATE');
      expect((await stored(id))?.content).toEqual(text(''));
    });
  });

  describe('that are deleted', () => {
    it('leave nothing but their place', async () => {
      const { id } = await say(ann, 'secret', { mentions: [ben.userId] });
      await ben.request('react', { messageId: id, reaction: '😮', on: true });
      const { message } = await ann.request('delete_message', { messageId: id });
      expect(message).toMatchObject({ id, sequence: 1, content: text(''), mentions: [], reactions: [] });
      expect(message.deletedAt).not.toBeNull();
      expect(await ben.hears('message_changed', (heard) => heard.message.deletedAt !== null)).toEqual({ message });
      expect(await stored(id)).toEqual(message);
      expect(JSON.stringify(await page('limit=100'))).not.toContain('secret');
    });

    it('twice are deleted once', async () => {
      const { id } = await say(ann, 'twice');
      const first = await ann.request('delete_message', { messageId: id });
      expect(await ann.request('delete_message', { messageId: id })).toEqual(first);
    });

    it('are one’s own; for hosts and moderators anybody’s, by the server’s record of this moment', async () => {
      const [hers, his, later] = [await say(ann, 'of the host'), await say(ben, 'his'), await say(ann, 'later')];
      expect(await ben.refused('delete_message', { messageId: hers.id })).toMatchObject({ code: 'FORBIDDEN' });
      expect((await ann.request('delete_message', { messageId: his.id })).message.deletedAt).not.toBeNull();
      await ann.rest('PATCH', `rooms/${room.slug}/members/${ben.userId}`, { role: 'moderator' });
      expect((await ben.request('delete_message', { messageId: hers.id })).message.deletedAt).not.toBeNull();
      await ann.rest('PATCH', `rooms/${room.slug}/members/${ben.userId}`, { role: 'member' });
      expect(await ben.refused('delete_message', { messageId: later.id })).toMatchObject({ code: 'FORBIDDEN' });
    });
  });

  describe('that are reacted to', () => {
    const react = async (person: Person, messageId: string, reaction: string, on = true) =>
      (await person.request('react', { messageId, reaction, on })).message;

    it('say who did, the most used first', async () => {
      const { id } = await say(ann, 'Good?');
      await react(ann, id, '👍');
      await react(ann, id, '❤️');
      const message = await react(ben, id, '❤️');
      expect(message.reactions).toEqual([
        { reaction: '❤️', count: 2, userIds: [ann.userId, ben.userId] },
        { reaction: '👍', count: 1, userIds: [ann.userId] },
      ]);
      expect(await ann.hears('message_changed', (heard) => heard.message.reactions[0]?.count === 2)).toEqual({
        message,
      });
      expect(await stored(id)).toEqual(message);
      expect((await react(ben, id, '❤️', false)).reactions.map(({ count }) => count)).toEqual([1, 1]);
    });

    it('twice in the same way are reacted to once, and told once', async () => {
      const { id } = await say(ann, 'Good?');
      const reacted = await Promise.all(Array.from({ length: 20 }, () => react(ben, id, '👍')));
      for (const { reactions } of reacted)
        expect(reactions).toEqual([{ reaction: '👍', count: 1, userIds: [ben.userId] }]);
      const taken = await Promise.all(Array.from({ length: 20 }, () => react(ben, id, '👍', false)));
      for (const { reactions } of taken) expect(reactions).toEqual([]);
      await say(ben, 'later');
      await ann.hears('chat_message');
      expect(ann.heardOf('message_changed').map(({ message }) => message.reactions.length)).toEqual([1, 0]);
    });

    it.each(['👍', '❤', '👨‍👩‍👧‍👦', '🇵🇱', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣'])('take %s as one emoji', async (reaction) => {
      const { id } = await say(ann, 'Good?');
      expect((await react(ben, id, reaction)).reactions).toMatchObject([{ reaction, count: 1 }]);
    });

    it.each(['x', '1', '👍👍', '👍 ', 'ok 👍', '<b>', ' '])('do not take %j', async (reaction) => {
      const { id } = await say(ann, 'Good?');
      const error = await ben.refused('react', { messageId: id, reaction, on: true });
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', details: { reaction: [expect.any(String)] } });
    });

    it('have so many different reactions and no more; not when they are deleted', async () => {
      const { id } = await say(ann, 'Good?');
      const emoji = Array.from({ length: LIMITS.reactionsPerMessage + 1 }, (_, i) => String.fromCodePoint(0x1f600 + i));
      const [last, ...others] = emoji.reverse();
      for (const reaction of others) await react(ben, id, reaction);
      expect(await ann.refused('react', { messageId: id, reaction: last, on: true })).toMatchObject({
        code: 'LIMIT_EXCEEDED',
      });
      expect((await react(ann, id, others[3] ?? '')).reactions[0]).toMatchObject({ reaction: others[3], count: 2 });
      await ann.request('delete_message', { messageId: id });
      expect(await ben.refused('react', { messageId: id, reaction: '👍', on: true })).toMatchObject({
        code: 'WRONG_STATE',
      });
      expect((await react(ben, id, '👍', false)).reactions).toEqual([]);
    });
  });

  it('that are edited, reacted to and deleted at once end deleted, and everybody has heard the last word', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { id } = await say(ann, `round ${round}`);
      const calls = [
        ...Array.from({ length: 5 }, (_, i) => ann.ask('edit_message', { messageId: id, text: `edit ${i}` })),
        ...Array.from({ length: 5 }, (_, i) => ben.ask('react', { messageId: id, reaction: '👍', on: i % 2 === 0 })),
        ann.ask('delete_message', { messageId: id }),
        ...Array.from({ length: 5 }, (_, i) => ann.ask('edit_message', { messageId: id, text: `late ${i}` })),
        ben.ask('react', { messageId: id, reaction: '❤️', on: true }),
      ];
      const acks = await Promise.all(calls);
      for (const ack of acks) if (!ack.ok) expect(ack.error.code).toBe('WRONG_STATE');
      const final = await stored(id);
      expect(final).toMatchObject({ content: text(''), reactions: [], mentions: [] });
      await ben.hears('message_changed', ({ message }) => message.id === id && message.deletedAt !== null);
      expect(ben.heardOf('message_changed').findLast(({ message }) => message.id === id)?.message).toEqual(final);
    }
  }, 60_000);

  describe('of the past', () => {
    it('are read page by page, back from the newest and on from where one was', async () => {
      for (let count = 1; count <= 5; count += 1) await say(ann, `${count}`);
      const words = ({ items }: MessagePage) => items.map(wordsOf).join();
      const newest = await page('limit=2');
      const middle = await page(`limit=2&before=${newest.next}`);
      const oldest = await page(`limit=2&before=${middle.next}`);
      expect([newest, middle, oldest].map(words)).toEqual(['4,5', '2,3', '1']);
      expect(oldest.next).toBeNull();
      const missed = await page('limit=2&after=1');
      expect([words(missed), missed.next]).toEqual(['2,3', '3']);
      const rest = await page(`limit=2&after=${missed.next}`);
      expect([words(rest), rest.next]).toEqual(['4,5', null]);
      expect(await page('after=5')).toEqual({ items: [], next: null });
    });

    it('are refused to who asks for both directions, or is no member', async () => {
      await expect(page('after=1&before=3')).rejects.toThrow('INVALID_PAYLOAD');
      await expect(page('after=-1')).rejects.toThrow('INVALID_PAYLOAD');
      await expect(page('after=1', cleo)).rejects.toThrow('FORBIDDEN');
    });

    it('are in the reply to who joins, with those that are sent meanwhile', async () => {
      await becomeMembers(room.slug, cleo);
      for (let round = 0; round < 10; round += 1) {
        cleo.heard.length = 0;
        const sending = Promise.all(Array.from({ length: 20 }, (_, i) => say(ann, `${round}.${i}`)));
        const { messages } = await cleo.join(room.slug);
        const { sequence: last } = await sending.then(async () => say(ann, 'last'));
        await cleo.hears('chat_message', ({ message }) => message.sequence === last);
        const known = [...messages, ...cleo.heardOf('chat_message').map(({ message }) => message)];
        const numbers = [...new Set(known.map(({ sequence }) => sequence))].slice(-20);
        expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => last - 19 + i));
        await cleo.request('leave_room');
      }
    });
  });

  describe('of the system', () => {
    it('say who did what to the room, are nobody’s to change, and need not be read', async () => {
      await ann.rest('PATCH', `rooms/${room.slug}`, { name: 'Another name' });
      const { message } = await ben.hears('chat_message');
      expect(message).toMatchObject({
        senderId: ann.userId,
        senderName: 'Ann',
        content: { type: 'system', event: 'room-renamed', subject: null, value: 'Another name' },
      });
      for (const person of [ann, ben]) {
        for (const [name, more] of [
          ['edit_message', { text: 'x' }],
          ['delete_message', {}],
        ] as const) {
          const error = await person.refused(name, { messageId: message.id, ...more });
          expect(error).toMatchObject({ code: 'FORBIDDEN' });
        }
      }
      expect(await ben.rest<Room>('GET', `rooms/${room.slug}`)).toMatchObject({ unreadCount: 0 });
    });

    it('tell of locks, roles, removals and bans, in that order', async () => {
      await becomeMembers(room.slug, cleo);
      const path = `rooms/${room.slug}`;
      await ann.rest('PATCH', path, { locked: true });
      await ann.rest('PATCH', path, { locked: false });
      await ann.rest('PATCH', `${path}/members/${cleo.userId}`, { role: 'moderator' });
      await ann.rest('DELETE', `${path}/members/${cleo.userId}`);
      await ben.hears('chat_message', ({ message: { sequence } }) => sequence === 4);
      expect(ben.heardOf('chat_message').map(({ message: { content } }) => content)).toEqual([
        { type: 'system', event: 'room-locked', subject: null, value: null },
        { type: 'system', event: 'room-unlocked', subject: null, value: null },
        { type: 'system', event: 'role-changed', subject: 'Cleo', value: 'moderator' },
        { type: 'system', event: 'person-removed', subject: 'Cleo', value: null },
      ]);
    });
  });
});
