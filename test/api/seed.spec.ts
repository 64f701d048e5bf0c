import type { Page, Room, SearchPage, Session } from '@minimeet/protocol';
import { AppConfig } from '../../src/common/config/index.js';
import { Passwords } from '../../src/auth/passwords/passwords.js';
import { Conversations } from '../../src/seed/conversations.js';
import { readOptions, type SeedOptions, SeedUsageError } from '../../src/seed/options.js';
import { SeedRefusedError, Sower } from '../../src/seed/sower.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { expectOk, send } from '../support/http.js';

const PASSWORD = 'correct horse battery';

function options(args: string): SeedOptions {
  const read = readOptions(args.split(' ').filter(Boolean));
  if (!read) throw new Error('Help was asked for.');
  return read;
}

describeOnEveryDatabase('the seeder', (database) => {
  const { server } = database.useServer();

  const sow = async (args: string): Promise<number[]> => {
    const chosen = options(args);
    const sower = await Sower.create(server.app.get(AppConfig, { strict: false }), chosen);
    const progress: number[] = [];
    try {
      const hash = await new Passwords().hashShared(PASSWORD);
      await sower.sow(new Conversations(chosen), hash, (written) => progress.push(written));
    } finally {
      await sower.close();
    }
    return progress;
  };

  it('fills an empty database with what the API then gives: people who sign in, rooms, messages that are found', async () => {
    expect(await sow('--messages 6000 --rooms 4 --people 12')).toEqual([5_000, 6_000]);
    const { rooms } = new Conversations(options('--rooms 4 --people 12'));
    const host = rooms[0]?.members[0];
    const body = { email: host?.email, password: PASSWORD };
    const { accessToken: token } = await expectOk<Session>(send(server.origin, 'POST', '/api/auth/login', { body }));
    const { items } = await expectOk<Page<Room>>(send(server.origin, 'GET', '/api/rooms', { token }));
    expect(items.map(({ slug }) => slug)).toContain(rooms[0]?.slug);
    expect(items.map(({ unreadCount }) => unreadCount)).toEqual(items.map(() => 0));
    const found = await expectOk<SearchPage>(send(server.origin, 'GET', '/api/messages/search?q=the+meet', { token }));
    expect(found.items.length).toBeGreaterThan(0);
  }, 60_000);

  it('refuses a database that holds something, unless it is told, and never makes the same twice', async () => {
    await expect(sow('--messages 10 --seed 2')).rejects.toThrow(SeedRefusedError);
    await expect(sow('--messages 10 --add')).rejects.toThrow('another number');
    expect(await sow('--messages 10 --rooms 1 --people 2 --seed 2 --add')).toEqual([10]);
  }, 60_000);
});

describe('what is made up', () => {
  it('is the same for the same number, and something else for another', () => {
    const said = (args: string) =>
      [...new Conversations(options(args)).messages].map(({ id, text }) => `${id} ${text}`);
    expect(said('--messages 50')).toEqual(said('--messages 50'));
    expect(said('--messages 50 --seed 2')).not.toEqual(said('--messages 50'));
  });

  it('has words as frequent as in what people write: the tenth word about a tenth as often as the first', () => {
    const counts = new Map<string, number>();
    for (const { text } of new Conversations(options('--messages 20000')).messages)
      for (const word of text.toLowerCase().split(/[^\p{L}]+/u)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const ratio = (counts.get('the') ?? 0) / (counts.get('that') ?? 1);
    expect(ratio).toBeGreaterThan(7);
    expect(ratio).toBeLessThan(14);
  });

  it.each(['--messages many', '--rooms 0', '--begin soon', '--seed -1', '--colour red', '--password'])(
    'refuses %s',
    (args) => {
      expect(() => options(args)).toThrow(SeedUsageError);
    },
  );
});
