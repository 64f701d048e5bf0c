import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableColumn,
  type TableColumnOptions,
  TableIndex,
} from 'typeorm';

const varchar = (name: string, length: number, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...options,
});
const uuid = (name: string, options: Partial<TableColumnOptions> = {}) => varchar(name, 36, options);
const time = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  ...options,
});

const key = { isPrimary: true };
const nullable = { isNullable: true };

const references = (column: string, table: string) => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
  // Keys never change; said, because MariaDB and MySQL have different words for the default.
  onUpdate: 'NO ACTION',
});

const MESSAGE_COLUMNS = [
  uuid('replyToId', nullable),
  { name: 'mentions', type: 'text', ...nullable },
  time('editedAt', nullable),
  time('deletedAt', nullable),
  { name: 'isQuiet', type: 'boolean', default: '0' },
].map((options) => new TableColumn(options));

const MESSAGE_INDICES = [
  ['senderId', 'roomId', 'sequence'],
  ['roomId', 'isQuiet', 'sequence'],
];

const REACTION = new Table({
  name: 'chat_reaction',
  columns: [uuid('messageId', key), varchar('reaction', 32, key), uuid('userId', key), time('createdAt')],
  foreignKeys: [references('messageId', 'chat_message'), references('userId', 'user')],
  indices: [{ columnNames: ['userId'] }],
});

const SEQUENCE = new Table({
  name: 'chat_sequence',
  columns: [uuid('roomId', key), { name: 'lastSequence', type: 'integer' }],
  foreignKeys: [references('roomId', 'room')],
});

/**
 * Adds replies, mentions, reactions, edits and deletions, and the counters of rooms, which the chat keeps from now on.
 */
export class Chat1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns(
      'chat_message',
      MESSAGE_COLUMNS.map((column) => column.clone()),
    );
    for (const columnNames of MESSAGE_INDICES)
      await queryRunner.createIndex('chat_message', new TableIndex({ columnNames }));
    // The wider index stands in for it, also for the foreign key.
    await dropIndexOn(queryRunner, ['senderId']);
    await queryRunner.createTable(REACTION.clone());
    await queryRunner.createTable(SEQUENCE.clone());
    await queryRunner.query(
      'INSERT INTO chat_sequence (roomId, lastSequence) SELECT id, lastSequence FROM room WHERE lastSequence > 0',
    );
    await queryRunner.dropColumn('room', 'lastSequence');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('room', new TableColumn({ name: 'lastSequence', type: 'integer', default: 0 }));
    await queryRunner.query(
      'UPDATE room SET lastSequence = COALESCE((SELECT lastSequence FROM chat_sequence WHERE roomId = room.id), 0)',
    );
    await queryRunner.dropTable(SEQUENCE.name);
    await queryRunner.dropTable(REACTION.name);
    await queryRunner.createIndex('chat_message', new TableIndex({ columnNames: ['senderId'] }));
    for (const columnNames of MESSAGE_INDICES) await dropIndexOn(queryRunner, columnNames);
    await queryRunner.dropColumns(
      'chat_message',
      MESSAGE_COLUMNS.map((column) => column.name),
    );
  }
}

async function dropIndexOn(queryRunner: QueryRunner, columns: string[]): Promise<void> {
  const table = await queryRunner.getTable('chat_message');
  const index = table?.indices.find(({ columnNames }) => columnNames.join() === columns.join());
  if (index) await queryRunner.dropIndex('chat_message', index);
}
