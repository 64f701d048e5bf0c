import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { RoomId } from '@minimeet/protocol';
import { Limiter } from '../../common/limiter.js';
import { DatabaseSearch, type IndexedCriteria } from './database-search.js';
import { monthKey, monthOf, senderCode } from './index-text.js';
import { createMysqlIndex, hasMysqlIndex } from './mysql-index.js';
import { type Candidate, candidatesFor, windowOf } from './ranking.js';
import type { SearchWindow, WindowPart } from './windows.js';

const POSITION = /^(\d{15}) ([0-9a-f-]{36})$/;
const MS_DIGITS = 15;
/** MySQL's DATETIME ends with the year 9999; MySQL 8 fails on a later time. */
const LAST_MS = Date.UTC(9999, 11, 31);
/** Statements at once, so that the pool's other connections are there for everything else. */
const MAX_SEARCHES = 2;

interface FoundRow {
  id: string;
  indexed: string;
  sentAt: Date;
}

/** FULLTEXT of InnoDB, of MySQL and MariaDB alike, over the column itself: the same transaction changes both. */
export class MysqlMessageSearch extends DatabaseSearch {
  private readonly searches = new Limiter(MAX_SEARCHES);

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

  protected async window(criteria: IndexedCriteria, part: WindowPart): Promise<SearchWindow> {
    const wanted = candidatesFor(part);
    const found: Candidate[] = [];
    const [oldest, newest] = await this.monthsOf(criteria, part);
    // Words that are written often are found in few months, and others have few messages in many.
    for (let last = newest, months = 1; last >= oldest && found.length < wanted; last -= months, months *= 2) {
      const keys = keysOf(criteria.roomIds, Math.max(oldest, last - months + 1), last);
      found.push(...(await this.find(criteria, part, keys, wanted - found.length)));
    }
    return windowOf(found, criteria.terms, part);
  }

  protected isPosition(text: string): boolean {
    return POSITION.test(text) && placeOf(text)[0].getTime() <= LAST_MS;
  }

  private async find(
    criteria: IndexedCriteria,
    { newest, before }: WindowPart,
    keys: readonly string[],
    limit: number,
  ): Promise<Candidate[]> {
    const { sender, from, to } = criteria;
    const conditions: [sql: string, ...parameters: unknown[]][] = [
      ['MATCH (searchText) AGAINST (? IN BOOLEAN MODE)', expressionOf(criteria, keys)],
    ];
    if (sender !== undefined) conditions.push(['senderId = ?', sender]);
    if (from !== undefined) conditions.push(['sentAt >= ?', from]);
    if (to !== undefined) conditions.push(['sentAt < ?', to]);
    if (newest !== undefined) conditions.push(['(sentAt, id) <= (?, ?)', ...placeOf(newest)]);
    if (before !== undefined) conditions.push(['(sentAt, id) < (?, ?)', ...placeOf(before)]);
    const rows = await this.searches.run(() =>
      this.dataSource.query<FoundRow[]>(
        `SELECT id, searchText AS indexed, sentAt FROM chat_message
         WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
         ORDER BY sentAt DESC, id DESC LIMIT ?`,
        [...conditions.flatMap(([, ...parameters]) => parameters), limit],
      ),
    );
    return rows.map(({ id, indexed, sentAt }) => ({ id, indexed, position: positionOf(sentAt, id) }));
  }

  /** The months in which a match can be; none when nothing was said in these rooms. */
  private async monthsOf(
    { roomIds, from, to }: IndexedCriteria,
    { newest, before }: WindowPart,
  ): Promise<[oldest: number, newest: number]> {
    const [beginning] = await this.dataSource.query<{ sentAt: Date | null }[]>(
      `SELECT MIN(sentAt) AS sentAt FROM chat_message WHERE roomId IN (${roomIds.map(() => '?').join()}) AND sequence = 1`,
      [...roomIds],
    );
    if (!beginning?.sentAt) return [1, 0];
    const position = before ?? newest;
    const end = position === undefined ? (to ?? new Date()) : placeOf(position)[0];
    // Clocks differ, and are set: a month more at both ends.
    const [first, last] = [monthOf(beginning.sentAt) - 1, monthOf(new Date()) + 1];
    return [from === undefined ? first : Math.max(monthOf(from), first), Math.min(monthOf(end) + 1, last)];
  }
}

function keysOf(roomIds: readonly RoomId[], first: number, last: number): string[] {
  const months = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return [...new Set(roomIds.flatMap((roomId) => months.map((month) => monthKey(roomId, month))))];
}

/** Codes mean nothing to MySQL's syntax. A message is of one room and month, so it never has words of two. */
function expressionOf({ terms, sender }: IndexedCriteria, keys: readonly string[]): string {
  const words = terms.flatMap(({ codes, isPrefix }) =>
    codes.map((code, i) => (isPrefix && i === codes.length - 1 ? `${code}*` : code)),
  );
  if (sender !== undefined) words.push(senderCode(sender));
  return words.map((word) => `+(${keys.map((key) => key + word).join(' ')})`).join(' ');
}

function positionOf(sentAt: Date, id: string): string {
  return `${String(sentAt.getTime()).padStart(MS_DIGITS, '0')} ${id}`;
}

function placeOf(position: string): [sentAt: Date, id: string] {
  const [, time = '', id = ''] = POSITION.exec(position) ?? [];
  return [new Date(Number(time)), id];
}
