import type { ChatMessage, RoomSlug, SearchHit, SearchPage } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../../auth/identity.js';
import { type MemberRoom, RoomsService } from '../../rooms/rooms.service.js';
import { MessageStore } from '../message-store.js';
import { highlightsOf } from './highlights.js';
import { codesIn } from './index-text.js';
import { type Candidate, MessageSearch, type Position, type SearchCriteria } from './message-search.js';
import { type Term, termsOf } from './query.js';
import { scoreOf } from './ranking.js';
import { decodeSearchCursor, encodeSearchCursor, type SearchCursor } from './search-cursor.js';
import type { SearchQueryDto } from './search.dto.js';

/**
 * Of so many messages that match, the newest are ranked first, and all of them are shown before older ones: the work of a page does not
 * grow with what else there is of a word that everybody uses.
 */
const WINDOW = 1_000;
/** Windows that one page looks at when hardly anything in them is a hit. */
const MAX_WINDOWS = 10;

/** Messages that others changed to match since the page before may have come into a window. */
const LEEWAY = 100;

/** A part of what matches, by time, ranked. */
interface Window {
  hits: Hit[];
  newest: Position;
  oldest: Position;
  /** Nothing older matches. */
  isLast: boolean;
}

interface Hit extends Candidate {
  score: number;
  window: Pick<Window, 'newest' | 'oldest'>;
}

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
    return { items: await this.describe(hits, terms, rooms), next };
  }

  /** Goes on where the page before ended, through as many windows as it takes. */
  private async page(
    criteria: SearchCriteria,
    cursor: SearchCursor | null,
    limit: number,
  ): Promise<{ hits: Hit[]; next: string | null }> {
    const hits: Hit[] = [];
    let window = await this.window(criteria, cursor ?? {});
    let rest = cursor ? window.hits.filter((hit) => isAfter(hit, cursor)) : window.hits;
    for (let looked = 1; ; looked += 1) {
      hits.push(...rest);
      if (hits.length > limit) return { hits: hits.slice(0, limit), next: cursorAfter(hits[limit - 1]) };
      if (window.isLast) return { hits, next: null };
      if (hits.length === limit || looked === MAX_WINDOWS) return { hits, next: cursorAtEnd(window) };
      window = await this.window(criteria, { before: window.oldest });
      rest = window.hits;
    }
  }

  private async window(
    criteria: SearchCriteria,
    { newest, oldest, before }: Partial<SearchCursor> & { before?: Position },
  ): Promise<Window> {
    const limit = oldest === undefined ? WINDOW + 1 : WINDOW + 1 + LEEWAY;
    const found = await this.index.find(criteria, { newest, before, limit });
    const inside = oldest === undefined ? found.slice(0, WINDOW) : found.filter(({ position }) => position >= oldest);
    const ends = {
      newest: newest ?? inside[0]?.position ?? '',
      oldest: oldest ?? inside.at(-1)?.position ?? '',
    };
    const hits = inside.flatMap((candidate) => {
      const score = scoreOf(codesIn(candidate.indexed), criteria.terms);
      return score === null ? [] : [{ ...candidate, score, window: ends }];
    });
    hits.sort((a, b) => b.score - a.score || (a.position < b.position ? 1 : -1));
    return { hits, ...ends, isLast: inside.length === found.length };
  }

  private async describe(
    hits: readonly Hit[],
    terms: readonly Term[],
    rooms: readonly MemberRoom[],
  ): Promise<SearchHit[]> {
    const messages = new Map(
      (await this.messages.find(hits.map(({ id }) => id))).map((message) => [message.id, message]),
    );
    const roomsById = new Map(rooms.map((room) => [room.id, room]));
    return hits.flatMap(({ id, roomId }) => {
      const [message, room] = [messages.get(id), roomsById.get(roomId)];
      // Deleted since it was found.
      if (!message || message.deletedAt !== null || !room) return [];
      const { slug: roomSlug, name: roomName } = room;
      return [{ message, roomSlug, roomName, highlights: highlightsOf(textOf(message), terms) }];
    });
  }
}

function isAfter({ score, position }: Hit, cursor: SearchCursor): boolean {
  return score < cursor.score || (score === cursor.score && position < cursor.position);
}

function cursorAfter(hit: Hit | undefined): string | null {
  return hit ? encodeSearchCursor({ ...hit.window, score: hit.score, position: hit.position }) : null;
}

/** No hit has a score of 0, so none of the window is after it. */
function cursorAtEnd({ newest, oldest }: Window): string {
  return encodeSearchCursor({ newest, oldest, score: 0, position: oldest });
}

function textOf({ content }: ChatMessage): string {
  return content.type === 'system' ? '' : content.text;
}
