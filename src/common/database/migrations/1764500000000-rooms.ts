import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableColumn,
  type TableColumnOptions,
  TableForeignKey,
  TableIndex,
} from 'typeorm';

const uuid = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: '36',
  ...options,
});
const flag = (name: string, value: boolean): TableColumnOptions => ({ name, type: 'boolean', default: value ? 1 : 0 });

const key = { isPrimary: true };
const nullable = { isNullable: true };

const references = (column: string, table: string, onDelete = 'CASCADE') => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete,
  // Keys never change; said, because MariaDB and MySQL have different words for the default.
  onUpdate: 'NO ACTION',
});

const ROOM_COLUMNS = [
  { name: 'access', type: 'varchar', length: '16', default: `'open'` },
  { name: 'passwordHash', type: 'varchar', length: '255', ...nullable },
  flag('locked', false),
  flag('allowUnmute', true),
].map((options) => new TableColumn(options));

const ROOM_BAN = new Table({
  name: 'room_ban',
  columns: [uuid('roomId', key), uuid('userId', key), { name: 'bannedAt', type: 'datetime', precision: 3 }],
  foreignKeys: [references('roomId', 'room'), references('userId', 'user')],
  indices: [{ columnNames: ['userId'] }],
});

/** Columns that say by which invite somebody came; a revoked one is forgotten. */
const CAME_BY = [
  { table: 'user', column: 'guestInviteId' },
  { table: 'room_member', column: 'inviteId' },
];

/** Adds the rules of access to a room, and its bans. */
export class Rooms1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns(
      'room',
      ROOM_COLUMNS.map((column) => column.clone()),
    );
    await queryRunner.createTable(ROOM_BAN.clone());
    for (const { table, column } of CAME_BY) {
      await queryRunner.addColumn(table, new TableColumn(uuid(column, nullable)));
      await queryRunner.createIndex(table, new TableIndex({ columnNames: [column] }));
      await queryRunner.createForeignKey(table, new TableForeignKey(references(column, 'invite', 'SET NULL')));
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table: name, column } of [...CAME_BY].reverse()) {
      const table = await queryRunner.getTable(name);
      const isOfColumn = ({ columnNames }: { columnNames: string[] }) => columnNames.join() === column;
      for (const foreignKey of table?.foreignKeys.filter(isOfColumn) ?? []) {
        await queryRunner.dropForeignKey(name, foreignKey);
      }
      for (const index of table?.indices.filter(isOfColumn) ?? []) await queryRunner.dropIndex(name, index);
      await queryRunner.dropColumn(name, column);
    }
    await queryRunner.dropTable('room_ban');
    await queryRunner.dropColumns(
      'room',
      ROOM_COLUMNS.map((column) => column.name),
    );
  }
}
