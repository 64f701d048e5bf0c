import { DataSource } from 'typeorm';
import { describeOnEveryDatabase } from '../support/databases.js';

describeOnEveryDatabase('the schema', (database) => {
  const { server } = database.useServer();

  it('of the migrations is the one that the entities describe', async () => {
    const dataSource = server.app.get(DataSource);
    expect(dataSource.entityMetadatas).toHaveLength(14);
    expect(await differences(dataSource)).toEqual([]);
  });

  it('can be taken back and made again', async () => {
    const dataSource = server.app.get(DataSource);
    await dataSource.undoLastMigration();
    await dataSource.runMigrations();
    expect(await differences(dataSource)).toEqual([]);
  });
});

/** The statements that would make the tables what the entities say. */
async function differences({ options }: DataSource): Promise<string[]> {
  // MariaDB says differently than MySQL that a column has no default; TypeORM has to know whom it reads.
  const type = options.type === 'mysql' ? 'mariadb' : options.type;
  const reader = await new DataSource({ ...options, type } as typeof options).initialize();
  try {
    const { upQueries } = await reader.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await reader.destroy();
  }
}
