import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { indexText, keyKindOf } from '../messages/search/index-text.js';
import { createMysqlIndex, dropMysqlIndex } from '../messages/search/mysql-index.js';
import type { AppConfig } from '../common/config/index.js';
import { databaseOptions } from '../common/database/database-options.js';
import { type Conversations, SEED_DOMAIN, type SeedMessage, type SeedRoom } from './conversations.js';
import type { SeedOptions } from './options.js';

/** The database is not one that may be filled; the message is for a person. */
export class SeedRefusedError extends Error {}

type Row = readonly unknown[];

/** Rows of one statement: more make it no faster. */
const ROWS = 100;
/** Messages of one transaction; in between, a server on the same SQLite file may write. */
const MESSAGES = 5_000;

/** Writes what was made up into the server's database, in large transactions. */
export class Sower {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly isSqlite: boolean,
  ) {}

  /** With the tables as the server makes them. @throws SeedRefusedError */
  static async create(config: Pick<AppConfig, 'database'>, options: SeedOptions): Promise<Sower> {
    const dataSource = await new DataSource(databaseOptions(config) as DataSourceOptions).initialize();
    const sower = new Sower(dataSource, config.database.type === 'sqlite');
    try {
      await sower.assertMaySow(options);
      return sower;
    } catch (error) {
      await sower.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }

  /** @param progress is told now and then how many messages are written */
  async sow(
    { begin, people, rooms, messages }: Conversations,
    passwordHash: string,
    progress: (messages: number) => void,
  ): Promise<void> {
    const beginning = this.time(begin);
    await this.dataSource.transaction(async (manager) => {
      const accounts = people.map(({ id, email, displayName }) => [id, email, passwordHash, displayName, beginning]);
      await insert(manager, 'user', ['id', 'email', 'passwordHash', 'displayName', 'createdAt'], accounts);
      const places = rooms.map(({ id, slug, name }) => [id, slug, name, beginning]);
      await insert(manager, 'room', ['id', 'slug', 'name', 'createdAt'], places);
      const members = rooms.flatMap((room) =>
        room.members.map(({ id }, i) => [room.id, id, i === 0 ? 'host' : 'member', beginning]),
      );
      await insert(manager, 'room_member', ['roomId', 'userId', 'role', 'joinedAt'], members);
      const counters = rooms.map(({ id }) => [id, 0]);
      await insert(manager, 'chat_sequence', ['roomId', 'lastSequence'], counters);
    });
    await this.withoutIndex(async () => {
      let written = 0;
      for (const batch of inBatches(messages, MESSAGES)) {
        await this.writeMessages(batch);
        written += batch.length;
        progress(written);
      }
    });
  }

  /** MySQL indexes a full table much faster than message by message. The server makes a missing index, too. */
  private async withoutIndex(write: () => Promise<void>): Promise<void> {
    if (this.isSqlite || (await this.count('SELECT COUNT(*) AS count FROM chat_message'))) return write();
    await dropMysqlIndex(this.dataSource);
    try {
      await write();
    } finally {
      await createMysqlIndex(this.dataSource);
    }
  }

  private async writeMessages(messages: readonly SeedMessage[]): Promise<void> {
    const columns = ['id', 'roomId', 'sequence', 'senderId', 'senderName', 'content', 'searchText', 'sentAt'];
    const kind = keyKindOf(this.dataSource.options.type);
    const rows = messages.map(({ id, room, sequence, sender, text, sentAt }) => [
      id,
      room.id,
      sequence,
      sender.id,
      sender.displayName,
      JSON.stringify({ type: 'text', text }),
      indexText(kind, { roomId: room.id, senderId: sender.id, sentAt }, text),
      this.time(sentAt),
    ]);
    const counters = new Map<SeedRoom, number>(messages.map(({ room, sequence }) => [room, sequence]));
    await this.dataSource.transaction(async (manager) => {
      await insert(manager, 'chat_message', columns, rows);
      for (const [{ id }, sequence] of counters) {
        await manager.query('UPDATE chat_sequence SET lastSequence = ? WHERE roomId = ?', [sequence, id]);
        // Everybody has read everything.
        await manager.query('UPDATE room_member SET lastReadSequence = ? WHERE roomId = ?', [sequence, id]);
      }
    });
  }

  private async assertMaySow({ seed, add }: SeedOptions): Promise<void> {
    const accounts = `SELECT COUNT(*) AS count FROM ${this.quoted('user')}`;
    if (await this.count(`${accounts} WHERE email LIKE ?`, `%.${seed}@${SEED_DOMAIN}`))
      throw new SeedRefusedError(
        `The database has what --seed ${seed} makes already; another number makes something else.`,
      );
    if (!add && (await this.count(accounts)))
      throw new SeedRefusedError('The database is not empty. If that is meant, say --add.');
  }

  private async count(sql: string, ...parameters: unknown[]): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number | string }[]>(sql, parameters);
    return Number(row?.count ?? 0);
  }

  private quoted(name: string): string {
    return this.dataSource.driver.escape(name);
  }

  /** As TypeORM writes moments. */
  private time(time: Date): unknown {
    return this.isSqlite ? time.toISOString().replace('T', ' ').replace('Z', '') : time;
  }
}

async function insert(manager: EntityManager, table: string, columns: string[], rows: readonly Row[]): Promise<void> {
  const { driver } = manager.connection;
  const target = `${driver.escape(table)} (${columns.map((column) => driver.escape(column)).join()})`;
  const one = `(${columns.map(() => '?').join()})`;
  for (const part of inBatches(rows, ROWS))
    await manager.query(`INSERT INTO ${target} VALUES ${part.map(() => one).join()}`, part.flat());
}

function* inBatches<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
