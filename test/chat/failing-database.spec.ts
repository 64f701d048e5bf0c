import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { eventually } from '../support/eventually.js';
import { type MariaDb, missingMariaDbProgram, startMariaDb } from '../support/mariadb.js';
import type { Person } from '../support/person.js';
import { useServer } from '../support/server.js';
import { say, text, wholeHistory, wordsOf } from './people.js';

const missing = missingMariaDbProgram();
const describeWithMariaDb = missing ? describe.skip : describe;

describeWithMariaDb(
  `a chat without its database (needs mariadbd${missing ? `; ${missing} is not installed` : ''})`,
  () => {
    let mariaDb: MariaDb;
    const { person } = useServer(async () => {
      mariaDb = await startMariaDb();
      return { DATABASE_URL: await mariaDb.createDatabase(), LOG_LEVEL: 'error' };
    });
    let ann: Person;
    let ben: Person;
    let slug: string;

    beforeAll(async () => {
      ann = await person('Ann');
      ben = await person('Ben');
      ({ slug } = await ann.createRoom());
      await ann.joinWithMedia(slug);
      await ben.joinWithMedia(slug);
    });

    afterAll(() => mariaDb.close());

    it('stores nothing and acknowledges nothing, the call goes on, and what was acknowledged before is there after', async () => {
      const before = [await say(ann, 'before'), await say(ben, 'too')] as const;
      await mariaDb.crash();
      const id = randomUUID();
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const error = await ann.refused('chat_message', { id, content: text('meanwhile') });
        expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
        expect(error.message).not.toMatch(/127\.0\.0\.1|connect|ECONN/);
      }
      expect(await ann.refused('react', { messageId: before[0].id, reaction: '👍', on: true })).toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        retryable: true,
      });
      // What needs no database works, also for the chat: who is a member is known.
      await ben.request('typing', { typing: true });
      await ann.hears('typing');
      await ann.request('set_speaking', { speaking: true });
      await ann.request('raise_hand', { raised: true });

      await mariaDb.restart();
      const stored = await eventually(
        () => say(ann, 'again', { id }).catch(() => undefined),
        'the database did not come back',
      );
      expect(wordsOf(stored)).toBe('again');
      expect(await ben.hears('chat_message', ({ message }) => message.id === id)).toEqual({ message: stored });
      expect(await wholeHistory(ann, slug)).toEqual([...before, stored]);
    }, 60_000);
  },
);

describe('a chat whose disk is full', () => {
  const { server, person } = useServer({ LOG_LEVEL: 'error' });

  it('says so, and goes on when there is room again', async () => {
    const ann = await person('Ann');
    const { slug } = await ann.createRoom();
    await ann.join(slug);
    const database = server.app.get(DataSource);
    const [{ page_count: pages }] = await database.query<[{ page_count: number }]>('PRAGMA page_count');
    await database.query(`PRAGMA max_page_count = ${pages}`);
    const id = randomUUID();
    const words = 'x'.repeat(4_000);
    await eventually(async () => {
      const ack = await ann.ask('chat_message', { id: randomUUID(), content: text(words) });
      return ack.ok ? undefined : (expect(ack.error).toMatchObject({ code: 'STORAGE_FULL', retryable: false }) ?? true);
    }, 'the disk never got full');
    expect(await ann.refused('chat_message', { id, content: text(words) })).toMatchObject({ code: 'STORAGE_FULL' });
    const { length } = await wholeHistory(ann, slug);
    await database.query('PRAGMA max_page_count = 1000000');
    expect((await say(ann, words, { id })).sequence).toBe(length + 1);
  }, 60_000);
});
