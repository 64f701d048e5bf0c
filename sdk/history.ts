import type { MessagePage, RoomSlug } from '@minimeet/protocol';
import { path, withQuery, type Rest } from './rest.js';

/** A part of a room's history: before or after a sequence; with neither, the newest messages. */
export interface HistoryQuery {
  before?: string;
  after?: string;
  limit?: number;
}

/** Pages of a room's history, each oldest first. @throws MiniMeetError */
export type ReadHistory = (slug: RoomSlug, query: HistoryQuery) => Promise<MessagePage>;

export function historyRoute(slug: RoomSlug, query: HistoryQuery): string {
  return withQuery(path('rooms', slug, 'messages'), query);
}

export function historyReader(rest: Rest, accessToken: () => string | Promise<string>): ReadHistory {
  return async (slug, query) => rest.send('GET', historyRoute(slug, query), { token: await accessToken() });
}
