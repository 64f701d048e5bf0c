import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

type Column = TableColumnOptions;

const varchar = (name: string, length: number, options: Partial<Column> = {}): Column => ({
  name,
  type: 'varchar',
  length: String(length),
  ...options,
});
const uuid = (name: string, options: Partial<Column> = {}): Column => varchar(name, 36, options);
const time = (name: string, options: Partial<Column> = {}): Column => ({
  name,
  type: 'datetime',
  precision: 3,
  ...options,
});
const int = (name: string, options: Partial<Column> = {}): Column => ({ name, type: 'integer', ...options });
const text = (name: string, options: Partial<Column> = {}): Column => ({ name, type: 'text', ...options });

const key = { isPrimary: true };
const nullable = { isNullable: true };
const zero = { default: 0 };

const references = (column: string, table: string, onDelete = 'CASCADE') => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete,
  // Keys never change; said, because MariaDB and MySQL have different words for the default.
  onUpdate: 'NO ACTION',
});
const index = (...columnNames: string[]) => ({ columnNames });
const unique = (...columnNames: string[]) => ({ columnNames, isUnique: true });

const TABLES = [
  new Table({
    name: 'room',
    columns: [uuid('id', key), varchar('slug', 80), varchar('name', 200), time('createdAt'), int('lastSequence', zero)],
    indices: [unique('slug')],
  }),
  new Table({
    name: 'user',
    columns: [
      uuid('id', key),
      varchar('email', 254, nullable),
      varchar('passwordHash', 255, nullable),
      varchar('displayName', 128),
      uuid('guestRoomId', nullable),
      time('createdAt'),
    ],
    foreignKeys: [references('guestRoomId', 'room')],
    indices: [unique('email')],
  }),
  new Table({
    name: 'refresh_token',
    columns: [
      uuid('id', key),
      uuid('familyId'),
      uuid('userId'),
      varchar('tokenHash', 64),
      time('createdAt'),
      time('expiresAt'),
      time('usedAt', nullable),
      time('revokedAt', nullable),
    ],
    foreignKeys: [references('userId', 'user')],
    indices: [unique('tokenHash'), index('familyId'), index('userId')],
  }),
  new Table({
    name: 'room_member',
    columns: [
      uuid('roomId', key),
      uuid('userId', key),
      varchar('role', 16),
      time('joinedAt'),
      int('lastReadSequence', zero),
    ],
    foreignKeys: [references('roomId', 'room'), references('userId', 'user')],
    indices: [index('userId', 'joinedAt')],
  }),
  new Table({
    name: 'invite',
    columns: [
      uuid('id', key),
      uuid('roomId'),
      uuid('userId'),
      varchar('tokenHash', 64),
      time('createdAt'),
      time('expiresAt'),
      int('maxUses', nullable),
      int('uses', zero),
    ],
    foreignKeys: [references('roomId', 'room'), references('userId', 'user')],
    indices: [unique('tokenHash'), index('roomId'), index('userId')],
  }),
  new Table({
    name: 'chat_message',
    columns: [
      uuid('id', key),
      uuid('roomId'),
      int('sequence'),
      uuid('senderId', nullable),
      varchar('senderName', 128),
      text('content'),
      text('searchText', nullable),
      time('sentAt'),
    ],
    foreignKeys: [references('roomId', 'room'), references('senderId', 'user', 'SET NULL')],
    indices: [unique('roomId', 'sequence'), index('senderId')],
  }),
  new Table({
    name: 'attachment',
    columns: [
      uuid('id', key),
      uuid('roomId'),
      uuid('uploaderId', nullable),
      uuid('messageId', nullable),
      varchar('fileName', 255),
      varchar('mediaType', 127),
      int('bytes'),
      varchar('sha256', 64),
      time('createdAt'),
    ],
    foreignKeys: [
      references('roomId', 'room'),
      references('uploaderId', 'user', 'SET NULL'),
      references('messageId', 'chat_message'),
    ],
    indices: [index('roomId'), index('uploaderId'), index('messageId')],
  }),
  new Table({
    name: 'call_session',
    columns: [uuid('id', key), uuid('roomId'), time('startedAt'), time('endedAt', nullable)],
    foreignKeys: [references('roomId', 'room')],
    indices: [index('roomId', 'startedAt')],
  }),
  new Table({
    name: 'call_participation',
    columns: [
      uuid('id', key),
      uuid('sessionId'),
      uuid('userId', nullable),
      varchar('displayName', 128),
      time('joinedAt'),
      time('leftAt', nullable),
      varchar('leaveReason', 32, nullable),
    ],
    foreignKeys: [references('sessionId', 'call_session'), references('userId', 'user', 'SET NULL')],
    indices: [index('sessionId'), index('userId')],
  }),
  new Table({
    name: 'quality_sample',
    columns: [
      uuid('id', key),
      uuid('participationId'),
      time('at'),
      int('roundTripTimeMs', nullable),
      int('jitterMs', nullable),
      int('lossPermille', nullable),
      int('receivedBitrateBps', nullable),
      int('sentBitrateBps', nullable),
    ],
    foreignKeys: [references('participationId', 'call_participation')],
    indices: [index('participationId', 'at')],
  }),
];

/** The first schema, the same on SQLite, MySQL and MariaDB. */
export class CreateTables1763900000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    if (queryRunner.connection.options.type !== 'better-sqlite3') {
      // Text is stored as people wrote it and two different ids are never the same, whatever the server's own default.
      const [row] = (await queryRunner.query('SELECT DATABASE() AS name')) as { name: string }[];
      const name = (row?.name ?? '').replaceAll('`', '``');
      await queryRunner.query(`ALTER DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    }
    for (const table of TABLES) await queryRunner.createTable(table.clone());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await queryRunner.dropTable(table.name);
  }
}
