import { type MigrationInterface, type QueryRunner, TableColumn, type TableColumnOptions, TableIndex } from 'typeorm';

const nullable = { isNullable: true };

const ATTACHMENT_COLUMNS: TableColumnOptions[] = [
  { name: 'kind', type: 'varchar', length: '8' },
  { name: 'width', type: 'integer', ...nullable },
  { name: 'height', type: 'integer', ...nullable },
  { name: 'hasPreview', type: 'boolean' },
];

const USER_COLUMNS: TableColumnOptions[] = [
  { name: 'pictureId', type: 'varchar', length: '32', ...nullable },
  { name: 'showLastSeen', type: 'boolean', default: 1 },
  { name: 'lastSeenAt', type: 'datetime', precision: 3, ...nullable },
];

/** Adds the kind of a file's content, an account's picture, and the time when the account was here last. */
export class Files1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('attachment', columns(ATTACHMENT_COLUMNS));
    await queryRunner.addColumns('user', columns(USER_COLUMNS));
    await queryRunner.createIndex('user', new TableIndex({ columnNames: ['pictureId'] }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const users = await queryRunner.getTable('user');
    const byPicture = users?.indices.find(({ columnNames }) => columnNames.join() === 'pictureId');
    if (byPicture) await queryRunner.dropIndex('user', byPicture);
    await queryRunner.dropColumns(
      'user',
      USER_COLUMNS.map(({ name }) => name),
    );
    await queryRunner.dropColumns(
      'attachment',
      ATTACHMENT_COLUMNS.map(({ name }) => name),
    );
  }
}

function columns(options: TableColumnOptions[]): TableColumn[] {
  return options.map((column) => new TableColumn(column));
}
