import { type MigrationInterface, type QueryRunner, TableColumn, TableForeignKey, TableIndex } from 'typeorm';

const SINCE = new TableColumn({ name: 'unsettledSince', type: 'datetime', precision: 3, isNullable: true });
const BY_SINCE = new TableIndex({ columnNames: ['unsettledSince'] });
const MESSAGE = new TableForeignKey({
  columnNames: ['messageId'],
  referencedTableName: 'chat_message',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
  onUpdate: 'NO ACTION',
});

/** Files know the messages that carry them by their ids only: the messages may lie in another database. */
export class AttachmentClaims1764700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('attachment');
    const key = table?.foreignKeys.find(({ columnNames }) => columnNames.join() === MESSAGE.columnNames.join());
    if (key) await queryRunner.dropForeignKey('attachment', key);
    await queryRunner.addColumn('attachment', SINCE.clone());
    await queryRunner.createIndex('attachment', BY_SINCE.clone());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('attachment');
    const index = table?.indices.find(({ columnNames }) => columnNames.join() === BY_SINCE.columnNames.join());
    if (index) await queryRunner.dropIndex('attachment', index);
    await queryRunner.dropColumn('attachment', SINCE.name);
    // A claim for a message that was not stored is given up.
    await queryRunner.query(
      'UPDATE attachment SET messageId = NULL WHERE messageId NOT IN (SELECT id FROM chat_message)',
    );
    await queryRunner.createForeignKey('attachment', MESSAGE.clone());
  }
}
