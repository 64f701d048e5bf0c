import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { loadConfig } from '../../src/common/config/index.js';
import { databaseOptions } from '../../src/common/database/database-options.js';
import { type Tell, Transactions } from '../../src/common/database/index.js';
import { EventBus } from '../../src/common/events/index.js';
import { describeOnEveryDatabase } from '../support/databases.js';

describeOnEveryDatabase('what a transaction tells', (database) => {
  let folder: string;
  let dataSource: DataSource;
  let events: EventBus;
  let transactions: Transactions;
  /** What subscribers heard, and what else happened, in order. */
  let heard: string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minimeet-'));
    const config = loadConfig({ DATA_DIR: folder, ...(await database.emptyDatabase()) });
    dataSource = await new DataSource({ ...databaseOptions(config), migrations: [] } as DataSourceOptions).initialize();
    await dataSource.query('CREATE TABLE thing (id VARCHAR(36) PRIMARY KEY, value INT NOT NULL)');
    await dataSource.query("INSERT INTO thing VALUES ('one', 0), ('two', 0)");
  }, 60_000);

  afterAll(async () => {
    await dataSource.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    events = new EventBus();
    transactions = new Transactions(dataSource, events);
    heard = [];
    events.subscribe('room-deleted', ({ roomId }) => void heard.push(roomId));
  });

  const write = (manager: EntityManager, id: string, value: number) =>
    manager.query('UPDATE thing SET value = ? WHERE id = ?', [value, id]);
  const valueOf = async (id: string): Promise<unknown> => {
    const [row] = await dataSource.query<{ value: number }[]>('SELECT value FROM thing WHERE id = ?', [id]);
    return row?.value;
  };
  const say = (tell: Tell, ...what: string[]) => what.forEach((roomId) => tell('room-deleted', { roomId }));

  it('is heard after the commit and before the answer, in the order of telling', async () => {
    await transactions.telling('one', async (manager, tell) => {
      say(tell, 'first', 'second');
      await write(manager, 'one', 1);
      say(tell, 'third');
      heard.push('work is done');
    });
    expect(heard).toEqual(['work is done', 'first', 'second', 'third']);
    expect(await valueOf('one')).toBe(1);
  });

  it('is never heard when it is rolled back', async () => {
    const failing = transactions.telling('one', async (manager, tell) => {
      await write(manager, 'one', 2);
      say(tell, 'never');
      throw new Error('on second thoughts');
    });
    await expect(failing).rejects.toThrow('on second thoughts');
    expect(await valueOf('one')).toBe(1);
    await transactions.telling('one', async (_manager, tell) => say(tell, 'later'));
    expect(heard).toEqual(['later']);
  });

  it('is heard once of an attempt that is repeated', async () => {
    // The database gives up the first attempt of one of the two: each holds the row that the other waits for.
    let attempts = 0;
    const held = { one: Promise.withResolvers<void>(), two: Promise.withResolvers<void>() };
    const crossing = (own: 'one' | 'two', other: 'one' | 'two') =>
      transactions.telling(own, async (manager, tell) => {
        attempts += 1;
        say(tell, own);
        await write(manager, own, 3);
        held[own].resolve();
        if (database.name === 'MariaDB') await held[other].promise;
        await write(manager, other, 3);
      });
    await Promise.all([crossing('one', 'two'), crossing('two', 'one')]);
    expect(attempts).toBe(database.name === 'MariaDB' ? 3 : 2);
    expect(heard.sort()).toEqual(['one', 'two']);
  });

  it('is heard by everybody else when one who hears it fails', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    events.subscribe('room-updated', () => {
      throw new Error('at once');
    });
    events.subscribe('room-updated', () => Promise.reject(new Error('later')));
    events.subscribe('room-updated', ({ room }) => void heard.push(room.name));
    const room = { id: '1', slug: 'room', name: 'Room', access: 'open', locked: false, allowUnmute: true } as const;
    const result = await transactions.telling('one', async (_manager, tell) => {
      tell('room-updated', { room, previous: room, by: null, at: new Date() });
      say(tell, 'next');
      return 'done';
    });
    expect(result).toBe('done');
    expect(heard).toEqual(['Room', 'next']);
    expect(logged).toHaveBeenCalledTimes(2);
    logged.mockRestore();
  });

  it('is heard in the order of the commits of one subject, however late the answer to a commit is; others do not wait', async () => {
    const [isCommitted, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const run = transactions.run.bind(transactions);
    jest.spyOn(transactions, 'run').mockImplementationOnce(async (work) => {
      const result = await run(work);
      isCommitted.resolve();
      await mayGoOn.promise;
      return result;
    });
    const change = (subject: string, fact: string) =>
      transactions.telling(subject, async (manager, tell) => {
        await write(manager, subject, 4);
        say(tell, fact);
      });
    const first = change('one', 'first');
    await isCommitted.promise;
    const second = change('one', 'second');
    await change('two', 'another');
    expect(heard).toEqual(['another']);
    mayGoOn.resolve();
    await Promise.all([first, second]);
    expect(heard).toEqual(['another', 'first', 'second']);
  });
});
