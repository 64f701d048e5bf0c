/** A connection, or what stands for one. */
interface Runner {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

const INDEX = 'message_search';
/** Which message a row of the index is: its own numbers of rows would change when the file is vacuumed. */
const ROWS = 'message_search_row';

/** The moment of sending, in microseconds: those of one millisecond follow each other in its thousand; a full one gives up their order. */
const NEXT_ROW = `
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM ${ROWS} WHERE id = moment + 999) THEN
      (SELECT MIN(id) + 1 FROM ${ROWS} AS used
       WHERE id >= moment AND NOT EXISTS (SELECT 1 FROM ${ROWS} AS next WHERE next.id = used.id + 1))
    ELSE COALESCE((SELECT MAX(id) + 1 FROM ${ROWS} WHERE id BETWEEN moment AND moment + 999), moment)
  END, new.id
  FROM (SELECT 1000 * CAST(ROUND(1000 * UNIXEPOCH(new.sentAt, 'subsec')) AS INTEGER) AS moment)
  WHERE new.searchText <> ''`;

const ADD = `
  INSERT INTO ${ROWS} (id, messageId) ${NEXT_ROW};
  INSERT INTO ${INDEX} (rowid, words) SELECT id, new.searchText FROM ${ROWS} WHERE messageId = new.id;`;

const REMOVE = `
  DELETE FROM ${INDEX} WHERE rowid = (SELECT id FROM ${ROWS} WHERE messageId = old.id);
  DELETE FROM ${ROWS} WHERE messageId = old.id;`;

/** By them index and message change in one transaction, whoever writes. */
const TRIGGERS: Record<string, string> = {
  message_search_insert: `AFTER INSERT ON chat_message BEGIN ${ADD} END`,
  message_search_update: `AFTER UPDATE OF searchText ON chat_message BEGIN ${REMOVE} ${ADD} END`,
  message_search_delete: `AFTER DELETE ON chat_message BEGIN ${REMOVE} END`,
};

/** An index of words only: the text stays in the message. What is stored already is in it when this is done. */
export async function createSqliteIndex(runner: Runner): Promise<void> {
  await runner.query(`CREATE TABLE ${ROWS} (id INTEGER PRIMARY KEY, messageId VARCHAR(36) NOT NULL UNIQUE)`);
  await runner.query(
    `CREATE VIRTUAL TABLE ${INDEX} USING fts5
     (words, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'")`,
  );
  for (const [name, body] of Object.entries(TRIGGERS)) await runner.query(`CREATE TRIGGER ${name} ${body}`);
  // The trigger takes each up, whether it changes or not.
  await runner.query('UPDATE chat_message SET searchText = searchText');
}

export async function dropSqliteIndex(runner: Runner): Promise<void> {
  for (const name of Object.keys(TRIGGERS)) await runner.query(`DROP TRIGGER IF EXISTS ${name}`);
  await runner.query(`DROP TABLE IF EXISTS ${INDEX}`);
  await runner.query(`DROP TABLE IF EXISTS ${ROWS}`);
}

/** Whether the triggers are there. They go with the table when a migration makes it anew, which is how SQLite changes columns. */
export async function hasSqliteIndex(runner: Runner): Promise<boolean> {
  const names = Object.keys(TRIGGERS);
  const rows = (await runner.query(
    `SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN (${names.map(() => '?').join()})`,
    names,
  )) as unknown[];
  return rows.length === names.length;
}
