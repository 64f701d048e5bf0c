/** A connection, or what stands for one. */
interface Runner {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** The entity names it too, so that it counts as known. */
const INDEX = 'IDX_chat_message_search';

/** Makes the index, of messages that are stored already too. */
export async function createMysqlIndex(runner: Runner): Promise<void> {
  await runner.query(`CREATE FULLTEXT INDEX ${INDEX} ON chat_message (searchText)`);
}

export async function dropMysqlIndex(runner: Runner): Promise<void> {
  // Without making the table anew, an index that is made later finds nothing of what is there then (MariaDB 10.11).
  await runner.query(`ALTER TABLE chat_message DROP INDEX ${INDEX}, FORCE`);
}

export async function hasMysqlIndex(runner: Runner): Promise<boolean> {
  const rows = (await runner.query(
    'SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ?',
    ['chat_message', INDEX],
  )) as unknown[];
  return rows.length > 0;
}
