/** A connection, or what stands for one. */
interface Runner {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** The words by room, and beginnings of one to four letters, which are what takes long to gather from whole words. */
const INDEX = 'message_search';
/**
 * The message of each row of the index, with its words: ranking need not go to the messages, which are all over the
 * file, while rows of one time are together here.
 */
const ROWS = 'message_search_row';

/** Microseconds since 1970. */
const momentOf = (row: 'old' | 'new') => `1000 * CAST(ROUND(1000 * UNIXEPOCH(${row}.sentAt, 'subsec')) AS INTEGER)`;

/**
 * Rows of one millisecond follow each other in its thousand; when it is full, at the end of the second that it begins.
 */
const ADD = `
  INSERT INTO ${ROWS} (id, messageId, words)
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM ${ROWS} WHERE id = moment + 999)
    THEN (SELECT MAX(id) + 1 FROM ${ROWS} WHERE id BETWEEN moment AND moment + 999999)
    ELSE COALESCE((SELECT MAX(id) + 1 FROM ${ROWS} WHERE id BETWEEN moment AND moment + 999), moment)
  END, new.id, new.searchText
  FROM (SELECT ${momentOf('new')} AS moment) WHERE new.searchText <> '';
  INSERT INTO ${INDEX} (rowid, words) SELECT LAST_INSERT_ROWID(), new.searchText WHERE new.searchText <> '';`;

/** By its moment, so that no index of messages is needed. */
const OLD_ROW = `
  SELECT id FROM ${ROWS} WHERE id BETWEEN ${momentOf('old')} AND 1000000 + ${momentOf('old')}
  AND messageId = old.id AND old.searchText <> '' LIMIT 1`;
const REMOVE = `
  DELETE FROM ${INDEX} WHERE rowid = (${OLD_ROW});
  DELETE FROM ${ROWS} WHERE id = (${OLD_ROW});`;

/** They change the index in the transaction that changes the message, whoever writes. */
const TRIGGERS: Record<string, string> = {
  message_search_insert: `AFTER INSERT ON chat_message BEGIN ${ADD} END`,
  message_search_update: `AFTER UPDATE OF searchText ON chat_message BEGIN ${REMOVE} ${ADD} END`,
  message_search_delete: `AFTER DELETE ON chat_message BEGIN ${REMOVE} END`,
};

/** Makes the index, of messages that are stored already too. */
export async function createSqliteIndex(runner: Runner): Promise<void> {
  await runner.query(
    `CREATE TABLE ${ROWS} (id INTEGER PRIMARY KEY, messageId VARCHAR(36) NOT NULL, words TEXT NOT NULL)`,
  );
  await runner.query(
    `CREATE VIRTUAL TABLE ${INDEX} USING fts5
     (words, content='', contentless_delete=1, detail=none, prefix='9 10 11 12', tokenize="ascii tokenchars '_'")`,
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

/**
 * Whether the triggers are there. A migration that changes columns makes SQLite's table anew, and they go with the old
 * one.
 */
export async function hasSqliteIndex(runner: Runner): Promise<boolean> {
  const names = Object.keys(TRIGGERS);
  const rows = (await runner.query(
    `SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN (${names.map(() => '?').join()})`,
    names,
  )) as unknown[];
  return rows.length === names.length;
}
