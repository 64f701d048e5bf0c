import { randomUUID } from 'node:crypto';
import type { Invite, Room, SearchHit, SearchPage, Session } from '@minimeet/protocol';
import { DataSource } from 'typeorm';
import type { Identity } from '../../src/auth/identity.js';
import { type MessageChange, MessageStore } from '../../src/messages/message-store.js';
import { indexText, keyKindOf } from '../../src/messages/search/index-text.js';
import { RoomDoor } from '../../src/rooms/room-door.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { expectOk, problemOf, register, type RequestOptions, send } from '../support/http.js';
import type { RunningServer } from '../support/server.js';

interface Where {
  session?: Session;
  /** `null`: all rooms. */
  slug?: string | null;
}

describeOnEveryDatabase('the search', (database) => {
  const { server } = database.useServer();
  let messages: MessageStore;
  let door: RoomDoor;
  let ann: Session;
  let ben: Session;
  let room: Room;

  beforeAll(async () => {
    messages = server.app.get(MessageStore, { strict: false });
    door = server.app.get(RoomDoor, { strict: false });
    ann = await register(server.origin, 'Ann');
    ben = await register(server.origin, 'Ben');
  });

  beforeEach(async () => {
    room = await newRoom();
  });

  const as = (session: Session, method: string, path: string, options: RequestOptions = {}) =>
    send(server.origin, method, path, { token: session.accessToken, ...options });
  const newRoom = (name = 'A room', session = ann) =>
    expectOk<Room>(as(session, 'POST', '/api/rooms', { body: { name } }));
  const write = async (change: MessageChange, roomId = room.id) => {
    const [outcome] = await messages.write(roomId, [change]);
    if (!outcome || 'failure' in outcome) throw new Error('Not written.', { cause: outcome?.failure });
    return outcome.message.id;
  };
  const say = (text: string, { session = ann, roomId = room.id } = {}) =>
    write(newMessage(text, identityOf(session)), roomId);
  /** As it was stored at another time. */
  const sayAt = async (sentAt: Date, text: string) => {
    const id = await say(text);
    const dataSource = server.app.get(DataSource);
    const kind = keyKindOf(dataSource.options.type);
    const time = kind === 'room' ? sentAt.toISOString().replace('T', ' ').replace('Z', '') : sentAt;
    const indexed = indexText(kind, { roomId: room.id, senderId: ann.user.id, sentAt }, text);
    await dataSource.query('UPDATE chat_message SET sentAt = ?, searchText = ? WHERE id = ?', [time, indexed, id]);
  };
  const ask = (query: Record<string, string>, { session = ann, slug = room.slug }: Where = {}) => {
    const path = slug === null ? '/api/messages/search' : `/api/rooms/${slug}/messages/search`;
    return as(session, 'GET', `${path}?${new URLSearchParams(query).toString()}`);
  };
  const page = (query: Record<string, string>, where?: Where) => expectOk<SearchPage>(ask(query, where));
  const texts = async (q: string, where?: Where) => (await page({ q }, where)).items.map(textOf);

  describe('in one room', () => {
    it('finds messages that have all the words, whatever their case and order', async () => {
      await say('The quick brown fox');
      await say('A brown dog');
      expect(await texts('BROWN quick')).toEqual(['The quick brown fox']);
      expect((await texts('brown')).sort()).toEqual(['A brown dog', 'The quick brown fox']);
      expect(await texts('brown cat')).toEqual([]);
    });

    it('takes the last word as a beginning, and no other', async () => {
      await say('meeting tomorrow');
      expect(await texts('meeting tom')).toEqual(['meeting tomorrow']);
      expect(await texts('tomorrow mee')).toEqual(['meeting tomorrow']);
      expect(await texts('meet tomorrow')).toEqual([]);
      expect(await texts('orrow')).toEqual([]);
    });

    it('finds words that databases leave out: short, frequent and numbers', async () => {
      await say('to be or not to be, that is the question of a 42');
      for (const q of ['to be', 'the', 'a of', 'is that', 'or', '42', 'not a', 'i']) {
        expect(await texts(q)).toHaveLength(1);
      }
      expect(await texts('x')).toEqual([]);
    });

    it.each([
      ['Zażółć gęślą jaźń', 'ZAZOLC gesla jazn', ['Zażółć', 'gęślą', 'jaźń']],
      ['Grüße aus der Weißenburger Straße', 'strasse grusse', ['Grüße', 'Straße']],
      ['GROSSE STRASSE', 'straße', ['STRASSE']],
      ['Ein Cafe\u0301 im Freien', 'café', ['Cafe\u0301']],
      ['Встреча в Москве', 'ВСТРЕЧА москв', ['Встреча', 'Москв']],
      ['Συνάντηση στην οδός', 'ΟΔΟΣ', ['οδός']],
      ['今日は東京都で会議です', '東京 会議', ['東京', '会議']],
      ['明日の会議', '会', ['会']],
      ['오늘 회의에서 봐요', '회의', ['회의']],
      ['พบกันที่การประชุม', 'ประชุม', ['ประชุม']],
      ['ship it 🚀 👍🏽', '👍 🚀', ['🚀', '👍🏽']],
      ['from 👩‍💻 to 🇵🇱', '🇵🇱 👩‍💻', ['👩‍💻', '🇵🇱']],
    ])('finds in %j the words %j, and says where they stand', async (text, q, marked) => {
      await say(text);
      const { items } = await page({ q });
      expect(items.map(({ message }) => message.content)).toEqual([{ type: 'text', text }]);
      expect(items[0]?.highlights.map(({ start, end }) => text.slice(start, end))).toEqual(marked);
    });

    it('finds a part of a run of Chinese characters only where its characters follow each other', async () => {
      await say('東京と京都');
      expect(await texts('東京都')).toEqual([]);
      await say('東京都');
      expect(await texts('東京都')).toEqual(['東京都']);
    });

    it('takes what means something to a database as words, or as nothing', async () => {
      await say('select near and not or match against');
      await say('user@example.org 50% (maybe)');
      for (const q of [
        '"select near"',
        'SELECT* AND NOT',
        '+select -near',
        'near/ match',
        '{select}: ^near',
        "select'",
      ]) {
        expect(await texts(q)).toEqual(['select near and not or match against']);
      }
      for (const q of ['user@example.org', '50%', '(maybe', '~user <org >org', 'user\u0000example', 'user\\ OR']) {
        expect((await ask({ q })).status).toBe(200);
      }
      expect(await texts('"user" example*')).toEqual(['user@example.org 50% (maybe)']);
      expect(await texts('select -near')).toHaveLength(1);
      expect(await texts('select %')).toHaveLength(1);
      expect(await texts('s_lect')).toEqual([]);
    });

    it.each([
      [{}, 'q'],
      [{ q: '' }, 'q'],
      [{ q: '***' }, 'q'],
      [{ q: '\u0000' }, 'q'],
      [{ q: 'x'.repeat(201) }, 'q'],
      [{ q: Array.from({ length: 40 }, (_, i) => `w${i}`).join(' ') }, 'q'],
      [{ q: 'x', sender: 'me' }, 'sender'],
      [{ q: 'x', from: 'yesterday' }, 'from'],
      [{ q: 'x', to: '2026-13-01' }, 'to'],
      [{ q: 'x', limit: '0' }, 'limit'],
      [{ q: 'x', limit: '101' }, 'limit'],
      [{ q: 'x', after: 'nonsense' }, 'after'],
      [{ q: 'x', after: Buffer.from('1|2|3|4').toString('base64url') }, 'after'],
      [
        { q: 'x', after: Buffer.from(`1${`|${'9'.repeat(15)} ${randomUUID()}`.repeat(3)}`).toString('base64url') },
        'after',
      ],
      [{ q: 'x', colour: 'red' }, 'colour'],
    ])('refuses %j and names %s', async (query, field) => {
      const problem = problemOf(await ask(query));
      expect(problem).toMatchObject({ status: 400, code: 'INVALID_PAYLOAD' });
      expect(Object.keys(problem.details ?? {})).toEqual([field]);
    });

    it('finds very long words, and a word of very many letters by its beginning', async () => {
      const word = 'x'.repeat(150);
      await say(`${word} end`);
      expect(await texts(word)).toHaveLength(1);
      expect(await texts(`end ${word.slice(0, 60)}`)).toHaveLength(1);
      await say('字'.repeat(4_000));
      expect(await texts('字字字')).toHaveLength(1);
    });
  });

  describe('ranks', () => {
    it('words side by side before others, whole words before beginnings, and the newest first of what is alike', async () => {
      for (const text of ['red planet one', 'a red plan', 'plan of many words and then red', 'red planet two'])
        await say(text);
      expect(await texts('red plan')).toEqual([
        'a red plan',
        'red planet two',
        'red planet one',
        'plan of many words and then red',
      ]);
    });

    it('in pages that keep their order and their place while others write and delete', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 12; i += 1) ids.push(await say(`apple number ${i}`));
      const first = await page({ q: 'apple', limit: '5' });
      expect(first.items.map(textOf)).toEqual([11, 10, 9, 8, 7].map((i) => `apple number ${i}`));
      await say('apple apple apple');
      await write({ kind: 'delete', messageId: ids[7] ?? '', by: ann.user.id, moderates: false });
      await write({ kind: 'delete', messageId: ids[3] ?? '', by: ann.user.id, moderates: false });
      const second = await page({ q: 'apple', limit: '5', after: first.next ?? '' });
      expect(second.items.map(textOf)).toEqual([6, 5, 4, 2, 1].map((i) => `apple number ${i}`));
      const third = await page({ q: 'apple', limit: '5', after: second.next ?? '' });
      expect(third.items.map(textOf)).toEqual(['apple number 0']);
      expect(third.next).toBeNull();
    });

    it('what was said years ago after what is alike and newer, and narrows it by time', async () => {
      const years = [2019, 2026, 2021, 2024, 2023, 2020, 2022, 2025];
      for (const year of years) await sayAt(new Date(Date.UTC(year, year % 12, 15)), `pear of ${year}`);
      const newestFirst = [...years].sort().reverse();
      expect(await texts('pear')).toEqual(newestFirst.map((year) => `pear of ${year}`));
      const between = { q: 'pear', from: '2021-01-01', to: '2024-01-01' };
      expect((await page(between)).items.map(textOf)).toEqual([2023, 2022, 2021].map((year) => `pear of ${year}`));
      const first = await page({ q: 'pear', limit: '3' });
      const second = await page({ q: 'pear', limit: '100', after: first.next ?? '' });
      expect([...first.items, ...second.items].map(textOf)).toEqual(newestFirst.map((year) => `pear of ${year}`));
    });

    it('the newest thousand of very many first, and shows every other after them once', async () => {
      const author = identityOf(ann);
      const changes = Array.from({ length: 1_200 }, (_, i) =>
        newMessage(i === 10 ? 'pear pear pear' : `pear ${i}`, author),
      );
      for (let i = 0; i < changes.length; i += 100) await messages.write(room.id, changes.slice(i, i + 100));
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { items, next }: SearchPage = await page({ q: 'pear', limit: '100', ...(after !== null && { after }) });
        seen.push(...items.map(textOf));
        after = next;
      } while (after !== null);
      expect(new Set(seen).size).toBe(1_200);
      expect(seen).toHaveLength(1_200);
      // It fits best, and is among the older ones.
      expect(seen.indexOf('pear pear pear')).toBe(1_000);
    }, 60_000);
  });

  describe('keeps up with the chat', () => {
    it('finds an edited message by its new text only', async () => {
      const id = await say('the old words');
      await write({ kind: 'edit', messageId: id, by: ann.user.id, text: 'some new words', mentions: null });
      expect(await texts('old')).toEqual([]);
      expect(await texts('new words')).toEqual(['some new words']);
    });

    it('never finds a deleted message', async () => {
      const id = await say('a secret');
      expect(await texts('secret')).toHaveLength(1);
      await write({ kind: 'delete', messageId: id, by: ann.user.id, moderates: false });
      expect(await texts('secret')).toEqual([]);
    });

    it('finds nothing of a message that was rolled back', async () => {
      const id = await say('kept');
      const [taken] = await messages.write(room.id, [newMessage('never stored', identityOf(ben), id)]);
      expect(taken).toHaveProperty('failure');
      expect(await texts('never')).toEqual([]);
    });

    it('forgets a room with all its messages', async () => {
      const other = await newRoom('Another');
      await say('something to forget', { roomId: other.id });
      expect(await texts('forget', { slug: null })).toHaveLength(1);
      expect((await as(ann, 'DELETE', `/api/rooms/${other.slug}`)).status).toBe(204);
      expect(await texts('forget', { slug: null })).toEqual([]);
      expect(await orphans(server)).toBe(0);
    });

    it('finds what many send at the same time', async () => {
      await Promise.all(
        Array.from({ length: 10 }, () =>
          messages.write(
            room.id,
            Array.from({ length: 20 }, (_, i) => newMessage(`together ${i}`, identityOf(ann))),
          ),
        ),
      );
      expect((await page({ q: 'together', limit: '100' })).items).toHaveLength(100);
      expect(await texts('together 7')).toHaveLength(10);
    });
  });

  describe('over all rooms', () => {
    it('finds what is said in those that one is in, and names them', async () => {
      const other = await newRoom('Kitchen');
      const foreign = await newRoom('Foreign', ben);
      await say('soup of the day');
      await say('soup for two', { roomId: other.id });
      await say('secret soup', { session: ben, roomId: foreign.id });
      const { items } = await page({ q: 'soup' }, { slug: null });
      expect(items.map((hit) => [textOf(hit), hit.roomName, hit.roomSlug])).toEqual([
        ['soup for two', 'Kitchen', other.slug],
        ['soup of the day', 'A room', room.slug],
      ]);
      expect(await texts('soup', { session: ben, slug: null })).toEqual(['secret soup']);
    });

    it('finds nothing of rooms that one has left or was removed or banned from', async () => {
      const word = `w${randomUUID().slice(0, 8)}`;
      await say(word);
      for (const end of ['leave', 'ban']) {
        await door.enter(identityOf(ben), room.slug);
        expect(await texts(word, { session: ben, slug: null })).toEqual([word]);
        const path = `/api/rooms/${room.slug}/members`;
        const answer =
          end === 'leave'
            ? await as(ben, 'DELETE', `${path}/me`)
            : await as(ann, 'DELETE', `${path}/${ben.user.id}?ban=true`);
        expect(answer.status).toBe(204);
        expect(await texts(word, { session: ben, slug: null })).toEqual([]);
        expect(problemOf(await ask({ q: word }, { session: ben })).status).toBe(403);
      }
    });

    it('is narrowed by sender and time', async () => {
      await door.enter(identityOf(ben), room.slug);
      await say('lunch says Ann');
      await say('lunch says Ben', { session: ben });
      const of = async (query: Record<string, string>) =>
        (await page({ q: 'lunch', ...query })).items.map(textOf).sort();
      expect(await of({})).toEqual(['lunch says Ann', 'lunch says Ben']);
      expect(await of({ sender: ben.user.id.toUpperCase() })).toEqual(['lunch says Ben']);
      expect(await of({ sender: randomUUID() })).toEqual([]);
      const { sentAt } = (await page({ q: 'lunch Ben' })).items[0]?.message ?? { sentAt: '' };
      const after = (ms: number) => new Date(Date.parse(sentAt) + ms).toISOString();
      expect(await of({ from: sentAt })).toContain('lunch says Ben');
      expect(await of({ from: after(1) })).toEqual([]);
      expect(await of({ to: sentAt })).not.toContain('lunch says Ben');
      expect(await of({ to: after(1), from: '2020-01-01' })).toEqual(['lunch says Ann', 'lunch says Ben']);
      expect(await of({ sender: ann.user.id, to: after(-60_000) })).toEqual([]);
    });
  });

  it('is for members only, and for guests in their room only', async () => {
    await say('open secret');
    expect(problemOf(await ask({ q: 'secret' }, { session: ben })).code).toBe('FORBIDDEN');
    expect(problemOf(await ask({ q: 'secret' }, { slug: 'no-such-room' })).code).toBe('NOT_FOUND');
    expect((await send(server.origin, 'GET', '/api/messages/search?q=secret')).status).toBe(401);
    const { token } = await expectOk<Invite>(as(ann, 'POST', `/api/rooms/${room.slug}/invites`, { body: {} }));
    const body = { displayName: 'Gus', invite: token };
    const guest = await expectOk<Session>(send(server.origin, 'POST', '/api/auth/guest', { body }));
    await door.enter(identityOf(guest, room.id), room.slug);
    expect(await texts('secret', { session: guest })).toEqual(['open secret']);
    expect(await texts('secret', { session: guest, slug: null })).toEqual(['open secret']);
    const other = await newRoom('Another');
    expect(problemOf(await ask({ q: 'secret' }, { session: guest, slug: other.slug })).code).toBe('FORBIDDEN');
  });

  it('takes up messages that were there before, and leaves them as they were when it is taken back', async () => {
    await say('Already there, Größe 42');
    const dataSource = server.app.get(DataSource);
    const stored = () =>
      dataSource.query<{ searchText: string }[]>('SELECT searchText FROM chat_message WHERE roomId = ?', [room.id]);
    const indexed = await stored();
    for (let left = migrationsSince(dataSource, 'MessageSearch'); left > 0; left -= 1) {
      // In a transaction SQLite's foreign keys cannot be switched off: what is made anew would take with it what refers to it.
      await dataSource.undoLastMigration({ transaction: 'none' });
    }
    expect(await stored()).toEqual([{ searchText: 'Already there, Größe 42' }]);
    await dataSource.runMigrations();
    expect(await stored()).toEqual(indexed);
    expect(await texts('grosse 42')).toEqual(['Already there, Größe 42']);
  }, 60_000);
});

function newMessage(text: string, author: Identity, id: string = randomUUID()): MessageChange {
  return { kind: 'append', id, author, content: { type: 'text', text }, replyTo: null, mentions: [] };
}

function identityOf({ user }: Session, guestRoomId: string | null = null): Identity {
  return { userId: user.id, displayName: user.displayName, pictureUrl: user.pictureUrl, guestRoomId };
}

function textOf({ message: { content } }: SearchHit): string {
  return content.type === 'system' ? '' : content.text;
}

/** How many were made from this one on. */
function migrationsSince({ migrations }: DataSource, name: string): number {
  return migrations.length - migrations.findIndex((migration) => migration.constructor.name.startsWith(name));
}

/** Rows of SQLite's index whose message is gone; MySQL's index is the message's own. */
async function orphans({ app }: RunningServer): Promise<number> {
  const dataSource = app.get(DataSource);
  if (dataSource.options.type !== 'better-sqlite3') return 0;
  const [row] = await dataSource.query<{ count: number }[]>(
    `SELECT (SELECT COUNT(*) FROM message_search_row WHERE messageId NOT IN (SELECT id FROM chat_message))
       + (SELECT COUNT(*) FROM message_search_docsize WHERE id NOT IN (SELECT id FROM message_search_row)) AS count`,
  );
  return row?.count ?? -1;
}
