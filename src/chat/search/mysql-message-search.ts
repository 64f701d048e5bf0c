import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { roomKey, senderCode } from './index-text.js';
import { MessageSearch, type SearchCriteria, type SearchWindow, type WindowPart } from './message-search.js';
import { createMysqlIndex, hasMysqlIndex } from './mysql-index.js';
import { candidatesFor, windowOf } from './ranking.js';

const POSITION = /^(\d{15}) ([0-9a-f-]{36})$/;
const MS_DIGITS = 15;

interface FoundRow {
  id: string;
  indexed: string;
  sentAt: Date;
}

/** FULLTEXT of InnoDB, of MySQL and MariaDB alike, over the column itself: the same transaction changes both. */
export class MysqlMessageSearch extends MessageSearch {
  private constructor(private readonly dataSource: DataSource) {
    super();
  }

  static async create(dataSource: DataSource): Promise<MysqlMessageSearch> {
    if (!(await hasMysqlIndex(dataSource))) {
      new Logger(MysqlMessageSearch.name).log('The index of the messages is made anew.');
      await createMysqlIndex(dataSource);
    }
    return new MysqlMessageSearch(dataSource);
  }

  async window(criteria: SearchCriteria, part: WindowPart): Promise<SearchWindow> {
    const { sender, from, to } = criteria;
    const { newest, before } = part;
    const conditions: [sql: string, ...parameters: unknown[]][] = [
      ['MATCH (searchText) AGAINST (? IN BOOLEAN MODE)', expressionOf(criteria)],
    ];
    if (sender !== undefined) conditions.push(['senderId = ?', sender]);
    if (from !== undefined) conditions.push(['sentAt >= ?', from]);
    if (to !== undefined) conditions.push(['sentAt < ?', to]);
    if (newest !== undefined) conditions.push(['(sentAt, id) <= (?, ?)', ...placeOf(newest)]);
    if (before !== undefined) conditions.push(['(sentAt, id) < (?, ?)', ...placeOf(before)]);
    const rows = await this.dataSource.query<FoundRow[]>(
      `SELECT id, searchText AS indexed, sentAt FROM chat_message
       WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
       ORDER BY sentAt DESC, id DESC LIMIT ?`,
      [...conditions.flatMap(([, ...parameters]) => parameters), candidatesFor(part)],
    );
    const found = rows.map(({ id, indexed, sentAt }) => ({ id, indexed, position: positionOf(sentAt, id) }));
    return windowOf(found, criteria.terms, part);
  }

  isPosition(text: string): boolean {
    return POSITION.test(text);
  }
}

/** The codes hold nothing that means something to it. A message is of one room, so it never has words of two. */
function expressionOf({ roomIds, terms, sender }: SearchCriteria): string {
  const words = terms.flatMap(({ codes, isPrefix }) =>
    codes.map((code, i) => (isPrefix && i === codes.length - 1 ? `${code}*` : code)),
  );
  if (sender !== undefined) words.push(senderCode(sender));
  const keys = [...new Set(roomIds.map(roomKey))];
  return words.map((word) => `+(${keys.map((key) => key + word).join(' ')})`).join(' ');
}

function positionOf(sentAt: Date, id: string): string {
  return `${String(sentAt.getTime()).padStart(MS_DIGITS, '0')} ${id}`;
}

function placeOf(position: string): [sentAt: Date, id: string] {
  const [, time = '', id = ''] = POSITION.exec(position) ?? [];
  return [new Date(Number(time)), id];
}
