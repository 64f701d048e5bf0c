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
const int = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...options,
});
const double = (name: string): TableColumnOptions => ({ name, type: 'double', isNullable: true });

const key = { isPrimary: true };
const nullable = { isNullable: true };
const zero = { default: 0 };

const OF_A_STAY = {
  columnNames: ['participationId'],
  referencedTableName: 'call_participation',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
  // Keys never change; said, because MariaDB and MySQL have different words for the default.
  onUpdate: 'NO ACTION',
};

const STAY_COLUMNS = [
  varchar('client', 128, nullable),
  varchar('networkPath', 8, nullable),
  { name: 'joinPhases', type: 'text', ...nullable },
  int('speakingMs', zero),
  int('reconnects', zero),
  int('quality', nullable),
].map((options) => new TableColumn(options));

const CALL_EVENT = new Table({
  name: 'call_event',
  columns: [uuid('id', key), uuid('participationId'), time('at'), varchar('type', 24), varchar('source', 16, nullable)],
  foreignKeys: [OF_A_STAY],
  indices: [{ columnNames: ['participationId', 'at'] }, { columnNames: ['at'] }],
});

/** Replaces a table that nothing ever wrote in the first schema's form; a row a person, direction and interval. */
const QUALITY_SAMPLE = new Table({
  name: 'quality_sample',
  columns: [
    uuid('participationId', key),
    time('at', key),
    varchar('direction', 4, key),
    double('lossRatio'),
    double('jitterMs'),
    double('roundTripTimeMs'),
    int('bitrateBps', nullable),
    int('frozenMs', nullable),
    int('quality'),
  ],
  foreignKeys: [OF_A_STAY],
  indices: [{ columnNames: ['at'] }],
});

const FIRST_QUALITY_SAMPLE = new Table({
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
  foreignKeys: [OF_A_STAY],
  indices: [{ columnNames: ['participationId', 'at'] }],
});

/** Stores the details of a stay: its client and path, its events, and a sample of its media every few seconds. */
export class CallAnalytics1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('quality_sample');
    await queryRunner.addColumns(
      'call_participation',
      STAY_COLUMNS.map((column) => column.clone()),
    );
    await queryRunner.createTable(QUALITY_SAMPLE.clone());
    await queryRunner.createTable(CALL_EVENT.clone());
    await queryRunner.createIndex('call_session', new TableIndex({ columnNames: ['startedAt'] }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const sessions = await queryRunner.getTable('call_session');
    const byTime = sessions?.indices.find(({ columnNames }) => columnNames.join() === 'startedAt');
    if (byTime) await queryRunner.dropIndex('call_session', byTime);
    await queryRunner.dropTable('call_event');
    await queryRunner.dropTable('quality_sample');
    await queryRunner.dropColumns(
      'call_participation',
      STAY_COLUMNS.map((column) => column.name),
    );
    await queryRunner.createTable(FIRST_QUALITY_SAMPLE.clone());
  }
}
