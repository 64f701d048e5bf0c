import type {
  AnalyticsSummary,
  Attachment,
  AttachmentId,
  Call,
  CallDetails,
  CreateInviteBody,
  CreateRoomBody,
  GuestBody,
  Invite,
  InviteSummary,
  LoginBody,
  MessagePage,
  Page,
  Presence,
  RegisterBody,
  Room,
  RoomBan,
  RoomMember,
  RoomSlug,
  SearchPage,
  Session,
  UpdateMemberBody,
  UpdateRoomBody,
  UpdateUserBody,
  User,
  UserId,
  WorstRoom,
} from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import { historyRoute, type HistoryQuery } from './history.js';
import { path, Rest, withQuery, type DownloadOptions, type UploadOptions } from './rest.js';

export interface ApiOptions {
  /** The server's origin; the page's own when absent. */
  url?: string;
  /** A session that was kept from an earlier time. */
  session?: Session | null;
  /** Called whenever the session is another one: to keep it; `null` when it is over. */
  onSession?: (session: Session | null) => void;
  /** Lifts the server's rate limits, when it was started with the same key. */
  loadTestKey?: string;
}

/** A part of a list: `next` of the page before, and how many items. */
export interface PageQuery {
  after?: string;
  limit?: number;
}

/** Words, and filters for them. */
export interface SearchQuery extends PageQuery {
  /** Every word must be there, the last may be a beginning. */
  q: string;
  /** Only of this account. */
  sender?: UserId;
  /** ISO 8601: not before, not after. */
  from?: string;
  to?: string;
}

type Method = Parameters<Rest['send']>[0];

/** A token that is about to expire is replaced before it is used, so that it does not do so on its way. */
const REFRESH_BEFORE_MS = 30_000;

/** The REST API. Every call throws MiniMeetError; DISCONNECTED when the server cannot be reached. */
export class MiniMeetApi {
  readonly #rest: Rest;
  readonly #onSession: (session: Session | null) => void;
  #session: Session | null;
  #refreshing: Promise<Session> | null = null;

  constructor({ url = '', session = null, onSession = () => undefined, loadTestKey }: ApiOptions = {}) {
    this.#rest = new Rest({ url, loadTestKey });
    this.#session = session;
    this.#onSession = onSession;
  }

  /** The person who is signed in; `null` when nobody is. */
  get session(): Session | null {
    return this.#session;
  }

  register(body: RegisterBody): Promise<Session> {
    return this.#signIn('auth/register', body);
  }

  login(body: LoginBody): Promise<Session> {
    return this.#signIn('auth/login', body);
  }

  /** An account for one meeting, with the token of an invite. */
  guest(body: GuestBody): Promise<Session> {
    return this.#signIn('auth/guest', body);
  }

  /** Forgets the session here in any case, and at the server if it can be reached. */
  async logout(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.#setSession(null);
    const { refreshToken, accessToken: token } = session;
    await this.#rest.send('POST', 'auth/logout', { body: { refreshToken }, token }).catch(() => undefined);
  }

  /**
   * A token that is good for some time yet: give `() => api.accessToken()` to the client.
   * @throws MiniMeetError UNAUTHENTICATED when nobody is signed in.
   */
  async accessToken(): Promise<string> {
    const session = this.#session;
    if (!session) throw new MiniMeetError('UNAUTHENTICATED', 'Nobody is signed in.');
    if (expiryOf(session.accessToken) - Date.now() > REFRESH_BEFORE_MS) return session.accessToken;
    return (await this.refresh()).accessToken;
  }

  /** A new session for the old one; calls at the same time share one request, because a refresh token is good once. */
  refresh(): Promise<Session> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  me(): Promise<User> {
    return this.#call('GET', 'users/me');
  }

  async updateMe(body: UpdateUserBody): Promise<User> {
    return this.#keep(await this.#call<User>('PATCH', 'users/me', body));
  }

  /** A picture of oneself: the server cuts a square of it. @throws MiniMeetError UNSUPPORTED_FILE, PAYLOAD_TOO_LARGE */
  async setPicture(file: Blob, options: UploadOptions = {}): Promise<User> {
    return this.#keep(await this.#upload<User>('PUT', 'users/me/picture', file, options));
  }

  async removePicture(): Promise<User> {
    await this.#call<unknown>('DELETE', 'users/me/picture');
    return this.#keep(await this.me());
  }

  /** Reads the presence of somebody with whom one shares a room. */
  presence(userId: UserId): Promise<Presence> {
    return this.#call('GET', path('users', userId, 'presence'));
  }

  /** The rooms that one is a member of. */
  listRooms(query: PageQuery = {}): Promise<Page<Room>> {
    return this.#call('GET', withQuery('rooms', query));
  }

  createRoom(body: CreateRoomBody): Promise<Room> {
    return this.#call('POST', 'rooms', body);
  }

  room(slug: RoomSlug): Promise<Room> {
    return this.#call('GET', path('rooms', slug));
  }

  /** Its name and its settings. */
  updateRoom(slug: RoomSlug, body: UpdateRoomBody): Promise<Room> {
    return this.#call('PATCH', path('rooms', slug), body);
  }

  async deleteRoom(slug: RoomSlug): Promise<void> {
    await this.#call<unknown>('DELETE', path('rooms', slug));
  }

  members(slug: RoomSlug, query: PageQuery = {}): Promise<Page<RoomMember>> {
    return this.#call('GET', withQuery(path('rooms', slug, 'members'), query));
  }

  async setMemberRole(slug: RoomSlug, userId: UserId, body: UpdateMemberBody): Promise<void> {
    await this.#call<unknown>('PATCH', path('rooms', slug, 'members', userId), body);
  }

  /** @param options `ban`: they cannot come back until it is lifted. */
  async removeMember(slug: RoomSlug, userId: UserId, { ban = false }: { ban?: boolean } = {}): Promise<void> {
    const route = path('rooms', slug, 'members', userId);
    await this.#call<unknown>('DELETE', ban ? `${route}?ban=true` : route);
  }

  /** One is no member any more. */
  async leaveRoom(slug: RoomSlug): Promise<void> {
    await this.#call<unknown>('DELETE', path('rooms', slug, 'members', 'me'));
  }

  bans(slug: RoomSlug, query: PageQuery = {}): Promise<Page<RoomBan>> {
    return this.#call('GET', withQuery(path('rooms', slug, 'bans'), query));
  }

  async liftBan(slug: RoomSlug, userId: UserId): Promise<void> {
    await this.#call<unknown>('DELETE', path('rooms', slug, 'bans', userId));
  }

  createInvite(slug: RoomSlug, body: CreateInviteBody = {}): Promise<Invite> {
    return this.#call('POST', path('rooms', slug, 'invites'), body);
  }

  /** Lists invites that can still be used: one's own; for hosts and moderators all. */
  invites(slug: RoomSlug, query: PageQuery = {}): Promise<Page<InviteSummary>> {
    return this.#call('GET', withQuery(path('rooms', slug, 'invites'), query));
  }

  async revokeInvite(slug: RoomSlug, id: string): Promise<void> {
    await this.#call<unknown>('DELETE', path('rooms', slug, 'invites', id));
  }

  /** `before`: newest page first; `after`: oldest page first. Pages are oldest first; `next` goes into the same field. */
  messages(slug: RoomSlug, query: HistoryQuery = {}): Promise<MessagePage> {
    return this.#call('GET', historyRoute(slug, query));
  }

  /** The best first. */
  searchRoom(slug: RoomSlug, query: SearchQuery): Promise<SearchPage> {
    return this.#call('GET', withQuery(path('rooms', slug, 'messages', 'search'), query));
  }

  /** Over all rooms that one is in, the best first. */
  search(query: SearchQuery): Promise<SearchPage> {
    return this.#call('GET', withQuery('messages/search', query));
  }

  /**
   * Uploads a file, which a message must take within a day.
   * @throws MiniMeetError PAYLOAD_TOO_LARGE, STORAGE_FULL, LIMIT_EXCEEDED …; the signal's reason
   */
  uploadAttachment(slug: RoomSlug, file: Blob, options: UploadOptions = {}): Promise<Attachment> {
    return this.#upload('POST', path('rooms', slug, 'attachments'), file, options);
  }

  attachment(slug: RoomSlug, id: AttachmentId, options: DownloadOptions = {}): Promise<Blob> {
    return this.#download(path('rooms', slug, 'attachments', id), options);
  }

  /** The small WebP picture of an image. */
  attachmentPreview(slug: RoomSlug, id: AttachmentId, options: DownloadOptions = {}): Promise<Blob> {
    return this.#download(path('rooms', slug, 'attachments', id, 'preview'), options);
  }

  calls(slug: RoomSlug, query: PageQuery = {}): Promise<Page<Call>> {
    return this.#call('GET', withQuery(path('rooms', slug, 'calls'), query));
  }

  /** One call as a timeline. */
  call(id: string): Promise<CallDetails> {
    return this.#call('GET', path('calls', id));
  }

  /** The samples of one call as CSV (RFC 4180). */
  exportCall(id: string): Promise<string> {
    return this.#call('GET', path('calls', id, 'export'));
  }

  /** For administrators: calls that began between two times (ISO 8601); the last 7 days when absent. */
  analyticsSummary(query: { from?: string; to?: string } = {}): Promise<AnalyticsSummary> {
    return this.#call('GET', withQuery('analytics/summary', query));
  }

  /** For administrators: calls that go on now, the worst first. */
  worstRooms(): Promise<WorstRoom[]> {
    return this.#call('GET', 'analytics/worst-rooms');
  }

  async #signIn(route: string, body: object): Promise<Session> {
    const session = await this.#rest.send<Session>('POST', route, { body });
    this.#setSession(session);
    return session;
  }

  async #refresh(): Promise<Session> {
    const before = this.#session;
    if (!before) throw new MiniMeetError('UNAUTHENTICATED', 'Nobody is signed in.');
    try {
      const body = { refreshToken: before.refreshToken };
      const session = await this.#rest.send<Session>('POST', 'auth/refresh', { body });
      // Signed out, or in as somebody else, while the request was on its way: that holds.
      if (this.#session === before) this.#setSession(session);
      return session;
    } catch (error) {
      if (MiniMeetError.from(error).code === 'INVALID_REFRESH_TOKEN' && this.#session === before)
        this.#setSession(null);
      throw error;
    }
  }

  #call<Reply>(method: Method, route: string, body?: object): Promise<Reply> {
    return this.#withToken((token) => this.#rest.send<Reply>(method, route, { token, body }));
  }

  #upload<Reply>(method: 'POST' | 'PUT', route: string, file: Blob, options: UploadOptions): Promise<Reply> {
    return this.#withToken((token) => this.#rest.upload<Reply>({ ...options, method, route, file, token }));
  }

  #download(route: string, options: DownloadOptions): Promise<Blob> {
    return this.#withToken((token) => this.#rest.download(route, token, options));
  }

  async #withToken<Reply>(send: (token: string) => Promise<Reply>): Promise<Reply> {
    const token = await this.accessToken();
    try {
      return await send(token);
    } catch (error) {
      if (!(error instanceof MiniMeetError) || error.code !== 'UNAUTHENTICATED') throw error;
      // Another call may have refreshed it already.
      const fresh = this.#session && this.#session.accessToken !== token ? this.#session : await this.refresh();
      return send(fresh.accessToken);
    }
  }

  /** The session tells who one is, too. */
  #keep(user: User): User {
    if (this.#session) this.#setSession({ ...this.#session, user });
    return user;
  }

  #setSession(session: Session | null): void {
    this.#session = session;
    this.#onSession(session);
  }
}

/** @returns the time in milliseconds at which a JWT (RFC 7519, `exp`) expires; 0 when it cannot be read. */
function expiryOf(token: string): number {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(payload)) as { exp?: number };
    return (exp ?? 0) * 1000;
  } catch {
    return 0;
  }
}
