import type { MigrationInterface, QueryRunner } from 'typeorm';
import { indexText, keyKindOf } from '../../../messages/search/index-text.js';
import { createMysqlIndex, dropMysqlIndex } from '../../../messages/search/mysql-index.js';
import { createSqliteIndex, dropSqliteIndex } from '../../../messages/search/sqlite-index.js';

const BATCH = 500;

interface MessageRow {
  id: string;
  roomId: string;
  senderId: string | null;
  content: string;
  searchText: string;
  /** Text in UTC from SQLite. */
  sentAt: Date | string;
}

/** Full-text search: `searchText` becomes what the index takes, and each database gets its own index of it. */
export class MessageSearch1764400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const kind = keyKindOf(queryRunner.connection.options.type);
    await changeTexts(queryRunner, (row) => indexText(kind, { ...row, sentAt: timeOf(row.sentAt) }, row.searchText));
    if (isSqlite(queryRunner)) await createSqliteIndex(queryRunner);
    else await createMysqlIndex(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    if (isSqlite(queryRunner)) await dropSqliteIndex(queryRunner);
    else await dropMysqlIndex(queryRunner);
    await changeTexts(queryRunner, ({ content }) => textOf(content));
  }
}

function isSqlite({ connection }: QueryRunner): boolean {
  return connection.options.type === 'better-sqlite3';
}

/** A batch of messages after the other, in the order of their ids. */
async function changeTexts(queryRunner: QueryRunner, textFor: (row: MessageRow) => string | null): Promise<void> {
  let last = '';
  for (;;) {
    const rows = (await queryRunner.query(
      `SELECT id, roomId, senderId, content, searchText, sentAt FROM chat_message
       WHERE id > ? AND searchText IS NOT NULL ORDER BY id LIMIT ${BATCH}`,
      [last],
    )) as MessageRow[];
    const end = rows.at(-1);
    if (!end) return;
    const cases = rows.map(() => 'WHEN ? THEN ?').join(' ');
    await queryRunner.query(
      `UPDATE chat_message SET searchText = CASE id ${cases} END WHERE id IN (${rows.map(() => '?').join()})`,
      [...rows.flatMap((row) => [row.id, textFor(row)]), ...rows.map(({ id }) => id)],
    );
    last = end.id;
  }
}

function timeOf(sentAt: Date | string): Date {
  return typeof sentAt === 'string' ? new Date(`${sentAt.replace(' ', 'T')}Z`) : sentAt;
}

/** As it was before. */
function textOf(content: string): string | null {
  const { text = '', attachment } = JSON.parse(content) as { text?: string; attachment?: { fileName: string } };
  return [text, attachment?.fileName ?? ''].join(' ').trim() || null;
}
