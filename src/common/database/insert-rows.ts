import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/**
 * Inserts whole rows in one statement and reads nothing back. TypeORM's own insert names each value of each row as a
 * parameter: with many rows that costs more than the database's work.
 */
export async function insertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  const { driver } = manager.dataSource;
  const { columns, tableName } = manager.dataSource.getMetadata(entity);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName));
  const places = `(${columns.map(() => '?').join()})`;
  await manager.query(
    `INSERT INTO ${driver.escape(tableName)} (${names.join()}) VALUES ${rows.map(() => places).join()}`,
    rows.flatMap((row) =>
      columns.map((column): unknown => driver.preparePersistentValue(column.getEntityValue(row), column)),
    ),
  );
}
