import type { ChatMessage, RoomSlug, SearchHit, SearchPage } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../../auth/identity.js';
import { type MemberRoom, RoomsService } from '../../rooms/rooms.service.js';
import { MessageStore } from '../../messages/message-store.js';
import { highlightsOf } from './highlights.js';
import {
  MessageSearch,
  type RankedHit,
  type SearchCriteria,
  type SearchWindow,
  type WindowPart,
} from '../../messages/search/message-search.js';
import { termsOf } from '../../messages/search/query.js';
import { decodeSearchCursor, encodeSearchCursor, type SearchCursor } from '../../messages/search/search-cursor.js';
import type { SearchQueryDto } from './search.dto.js';

/** Windows that one page looks at when hardly anything in them is a hit. */
const MAX_WINDOWS = 10;

/** Finds messages of the rooms that one is in. */
@Injectable()
export class SearchService {
  constructor(
    private readonly index: MessageSearch,
    private readonly messages: MessageStore,
    private readonly rooms: RoomsService,
  ) {}

  /** @throws AppError INVALID_PAYLOAD */
  async inAllRooms(identity: Identity, query: SearchQueryDto): Promise<SearchPage> {
    return this.search(await this.rooms.memberRooms(identity), query);
  }

  /** @throws AppError INVALID_PAYLOAD, NOT_FOUND, FORBIDDEN */
  async inRoom(identity: Identity, slug: RoomSlug, query: SearchQueryDto): Promise<SearchPage> {
    const { room } = await this.rooms.assertRole(identity, slug);
    return this.search([room], query);
  }

  private async search(rooms: readonly MemberRoom[], query: SearchQueryDto): Promise<SearchPage> {
    const { q, sender, from, to, after, limit } = query;
    const terms = termsOf(q);
    const cursor = after === undefined ? null : decodeSearchCursor(after, (text) => this.index.isPosition(text));
    if (rooms.length === 0) return { items: [], next: null };
    const criteria: SearchCriteria = {
      roomIds: rooms.map(({ id }) => id),
      terms,
      sender: sender?.toLowerCase(),
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    const { hits, next } = await this.page(criteria, cursor, limit);
    return { items: await this.describe(hits, criteria, rooms), next };
  }

  /** Goes on where the page before ended, through as many windows as it takes. */
  private async page(
    criteria: SearchCriteria,
    cursor: SearchCursor | null,
    limit: number,
  ): Promise<{ hits: RankedHit[]; next: string | null }> {
    const hits: RankedHit[] = [];
    let part: Omit<WindowPart, 'limit'> = cursor ?? {};
    for (let looked = 1; ; looked += 1) {
      const window = await this.index.window(criteria, { ...part, limit: limit - hits.length });
      hits.push(...window.hits);
      const isEnd = window.isWhole && window.isLast;
      if (isEnd || hits.length === limit || looked === MAX_WINDOWS)
        return { hits, next: isEnd ? null : cursorAfter(window) };
      part = { before: window.oldest };
    }
  }

  private async describe(
    hits: readonly RankedHit[],
    criteria: SearchCriteria,
    rooms: readonly MemberRoom[],
  ): Promise<SearchHit[]> {
    const messages = new Map(
      (await this.messages.find(hits.map(({ id }) => id))).map((message) => [message.id, message]),
    );
    const roomsById = new Map(rooms.map((room) => [room.id, room]));
    return hits.flatMap(({ id }) => {
      const message = messages.get(id);
      const room = message && roomsById.get(message.roomId);
      if (!room || !fits(message, criteria)) return [];
      const { slug: roomSlug, name: roomName } = room;
      return [{ message, roomSlug, roomName, highlights: highlightsOf(textOf(message), criteria.terms) }];
    });
  }
}

/** What the index knows by codes, looked at in the message itself; it may also have been deleted since it was found. */
function fits({ deletedAt, senderId, sentAt }: ChatMessage, { sender, from, to }: SearchCriteria): boolean {
  const sentAtMs = Date.parse(sentAt);
  return (
    deletedAt === null &&
    (sender === undefined || sender === senderId) &&
    (from === undefined || sentAtMs >= from.getTime()) &&
    (to === undefined || sentAtMs < to.getTime())
  );
}

function cursorAfter({ newest, oldest, hits, isWhole }: SearchWindow): string {
  const last = hits.at(-1);
  const after = isWhole || !last ? { score: 0, position: oldest } : { score: last.score, position: last.position };
  return encodeSearchCursor({ newest, oldest, after });
}

function textOf({ content }: ChatMessage): string {
  return content.type === 'system' ? '' : content.text;
}
