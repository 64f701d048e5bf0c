import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const COLUMNS = [
  new TableColumn({ name: 'actor', type: 'varchar', length: '128', isNullable: true }),
  new TableColumn({ name: 'detail', type: 'varchar', length: '16', isNullable: true }),
];

/** Adds the actor and the details of moderation to a call's events. */
export class Moderation1764600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns(
      'call_event',
      COLUMNS.map((column) => column.clone()),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns(
      'call_event',
      COLUMNS.map(({ name }) => name),
    );
  }
}
