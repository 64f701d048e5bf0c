import type { ChatMessage, MessageId, RoomSlug, SearchHit, SearchPage } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../../auth/identity.js';
import { type MemberRoom, MemberRooms } from '../../rooms/member-rooms.js';
import { MessageStore } from '../../messages/message-store.js';
import { highlightsOf } from './highlights.js';
import { MessageSearch, type SearchCriteria } from '../../messages/search/message-search.js';
import { termsOf } from '../../messages/search/query.js';
import type { SearchQueryDto } from './search.dto.js';

/** Finds messages of the rooms that one is in. */
@Injectable()
export class SearchService {
  constructor(
    private readonly engine: MessageSearch,
    private readonly messages: MessageStore,
    private readonly rooms: MemberRooms,
  ) {}

  /** @throws AppError INVALID_PAYLOAD */
  async inAllRooms(identity: Identity, query: SearchQueryDto): Promise<SearchPage> {
    return this.search(await this.rooms.of(identity), query);
  }

  /** @throws AppError INVALID_PAYLOAD, NOT_FOUND, FORBIDDEN */
  async inRoom(identity: Identity, slug: RoomSlug, query: SearchQueryDto): Promise<SearchPage> {
    const { room } = await this.rooms.find(identity, slug);
    return this.search([room], query);
  }

  private async search(rooms: readonly MemberRoom[], query: SearchQueryDto): Promise<SearchPage> {
    const { q, sender, from, to, after, limit } = query;
    const criteria: SearchCriteria = {
      roomIds: rooms.map(({ id }) => id),
      terms: termsOf(q),
      sender: sender?.toLowerCase(),
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    const { ids, next } = await this.engine.search(criteria, after ?? null, limit);
    return { items: await this.describe(ids, criteria, rooms), next };
  }

  private async describe(
    ids: readonly MessageId[],
    criteria: SearchCriteria,
    rooms: readonly MemberRoom[],
  ): Promise<SearchHit[]> {
    const messages = new Map((await this.messages.find(ids)).map((message) => [message.id, message]));
    const roomsById = new Map(rooms.map((room) => [room.id, room]));
    return ids.flatMap((id) => {
      const message = messages.get(id);
      const room = message && roomsById.get(message.roomId);
      if (!room || !fits(message, criteria)) return [];
      const { slug: roomSlug, name: roomName } = room;
      return [{ message, roomSlug, roomName, highlights: highlightsOf(textOf(message), criteria.terms) }];
    });
  }
}

/** Asks the message itself: an index knows senders by codes, and the message may have been deleted since. */
function fits({ deletedAt, senderId, sentAt }: ChatMessage, { sender, from, to }: SearchCriteria): boolean {
  const sentAtMs = Date.parse(sentAt);
  return (
    deletedAt === null &&
    (sender === undefined || sender === senderId) &&
    (from === undefined || sentAtMs >= from.getTime()) &&
    (to === undefined || sentAtMs < to.getTime())
  );
}

function textOf({ content }: ChatMessage): string {
  return content.type === 'system' ? '' : content.text;
}
