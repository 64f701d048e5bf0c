import { LIMITS, type Page } from '@minimeet/protocol';
import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type as Convert } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { AppError } from '../errors/index.js';
import { Optional } from '../validation/index.js';

const DEFAULT_PAGE_SIZE = 50;

/** `?after=&limit=` of a list. */
export class PageQueryDto {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @Optional()
  @IsString()
  @MaxLength(256)
  after?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LIMITS.pageSize, default: DEFAULT_PAGE_SIZE })
  @Optional()
  @Convert(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.pageSize)
  limit: number = DEFAULT_PAGE_SIZE;
}

/** The schema of a page of `Item`. */
export function PageOf<Item extends object>(item: Type<Item>): Type<Page<Item>> {
  class PageDto implements Page<Item> {
    @ApiProperty({ type: [item] }) items: Item[];
    @ApiProperty({ type: String, nullable: true, description: 'For the query of the next page; null at the end.' })
    next: string | null;
  }
  Object.defineProperty(PageDto, 'name', { value: `${item.name.replace(/Dto$/, '')}PageDto` });
  return PageDto;
}

/** A place in a list that is ordered by time and, at the same time, by id. */
interface Cursor {
  at: Date;
  id: string;
}

export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url');
}

/** @throws AppError INVALID_PAYLOAD when no page of ours ends with it */
export function decodeCursor(after: string): Cursor {
  const [, time, id] = /^(\d{1,14}) ([0-9a-f-]{36})$/.exec(Buffer.from(after, 'base64url').toString()) ?? [];
  if (time === undefined || id === undefined) {
    const details = { after: ['after must be the `next` of an earlier page'] };
    throw new AppError('INVALID_PAYLOAD', 'after must be the `next` of an earlier page', { details });
  }
  return { at: new Date(Number(time)), id };
}

/** Makes a page of `limit` items. One row more than that says that there is a next page. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  { cursor, describe }: { cursor: (row: Row) => string; describe: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(describe), next: rows.length > limit && last ? cursor(last) : null };
}
