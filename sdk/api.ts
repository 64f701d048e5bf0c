import type {
  AnalyticsSummary,
  Call,
  CallDetails,
  CreateInviteBody,
  CreateRoomBody,
  GuestBody,
  Invite,
  LoginBody,
  MessagePage,
  Page,
  Problem,
  RegisterBody,
  Room,
  RoomMember,
  RoomSlug,
  Session,
  UpdateRoomBody,
  UpdateUserBody,
  User,
  WorstRoom,
} from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';

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

/** Which part of a list: `next` of the page before, and how many. */
export interface PageQuery {
  after?: string;
  limit?: number;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A token that is about to expire is replaced before it is used, so that it does not do so on its way. */
const REFRESH_BEFORE_MS = 30_000;
const TIMEOUT_MS = 15_000;

/** The REST API. Every call throws MiniMeetError; DISCONNECTED when the server cannot be reached. */
export class MiniMeetApi {
  readonly #url: string;
  readonly #onSession: (session: Session | null) => void;
  readonly #loadTestKey: string | undefined;
  #session: Session | null;
  #refreshing: Promise<Session> | null = null;

  constructor({ url = '', session = null, onSession = () => undefined, loadTestKey }: ApiOptions = {}) {
    this.#url = url;
    this.#session = session;
    this.#onSession = onSession;
    this.#loadTestKey = loadTestKey;
  }

  /** Who is signed in; `null` when nobody is. */
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
    const { refreshToken } = session;
    await this.#fetch('POST', 'auth/logout', { refreshToken }, session.accessToken).catch(() => undefined);
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
    const user = await this.#call<User>('PATCH', 'users/me', body);
    if (this.#session) this.#setSession({ ...this.#session, user });
    return user;
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

  renameRoom(slug: RoomSlug, body: UpdateRoomBody): Promise<Room> {
    return this.#call('PATCH', path('rooms', slug), body);
  }

  async deleteRoom(slug: RoomSlug): Promise<void> {
    await this.#call<unknown>('DELETE', path('rooms', slug));
  }

  members(slug: RoomSlug, query: PageQuery = {}): Promise<Page<RoomMember>> {
    return this.#call('GET', withQuery(path('rooms', slug, 'members'), query));
  }

  createInvite(slug: RoomSlug, body: CreateInviteBody = {}): Promise<Invite> {
    return this.#call('POST', path('rooms', slug, 'invites'), body);
  }

  /** Newest page first; within a page oldest first. `before` is `next` of the page before. */
  messages(slug: RoomSlug, query: { before?: string; limit?: number } = {}): Promise<MessagePage> {
    return this.#call('GET', withQuery(path('rooms', slug, 'messages'), query));
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
    const session = await this.#fetch<Session>('POST', route, body);
    this.#setSession(session);
    return session;
  }

  async #refresh(): Promise<Session> {
    const before = this.#session;
    if (!before) throw new MiniMeetError('UNAUTHENTICATED', 'Nobody is signed in.');
    try {
      const session = await this.#fetch<Session>('POST', 'auth/refresh', { refreshToken: before.refreshToken });
      // Signed out, or in as somebody else, while the request was on its way: that holds.
      if (this.#session === before) this.#setSession(session);
      return session;
    } catch (error) {
      if (MiniMeetError.from(error).code === 'INVALID_REFRESH_TOKEN' && this.#session === before)
        this.#setSession(null);
      throw error;
    }
  }

  async #call<Reply>(method: Method, route: string, body?: object): Promise<Reply> {
    const token = await this.accessToken();
    try {
      return await this.#fetch<Reply>(method, route, body, token);
    } catch (error) {
      if (MiniMeetError.from(error).code !== 'UNAUTHENTICATED') throw error;
      // Another call may have refreshed it already.
      const fresh = this.#session && this.#session.accessToken !== token ? this.#session : await this.refresh();
      return this.#fetch<Reply>(method, route, body, fresh.accessToken);
    }
  }

  async #fetch<Reply>(method: Method, route: string, body?: object, token?: string): Promise<Reply> {
    const headers: Record<string, string> = {};
    if (token) headers.authorization = `Bearer ${token}`;
    if (body) headers['content-type'] = 'application/json';
    if (this.#loadTestKey) headers['x-load-test-key'] = this.#loadTestKey;
    let response: Response;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      response = await fetch(`${this.#url}/api/${route}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal,
      });
    } catch (error) {
      throw new MiniMeetError('DISCONNECTED', 'The server cannot be reached.', { cause: error });
    }
    const text = await response.text();
    if (!response.ok) throw errorOf(response, text);
    if (response.headers.get('content-type')?.startsWith('text/csv')) return text as Reply;
    return (text === '' ? undefined : JSON.parse(text)) as Reply;
  }

  #setSession(session: Session | null): void {
    this.#session = session;
    this.#onSession(session);
  }
}

function path(...segments: string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

function withQuery(route: string, query: { [name: string]: string | number | undefined } | PageQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return parameters.size > 0 ? `${route}?${parameters.toString()}` : route;
}

/** Something between us and the server may answer in its place, without a problem document. */
function errorOf(response: Response, text: string): MiniMeetError {
  if (response.headers.get('content-type')?.includes('json')) {
    const problem = JSON.parse(text) as Problem;
    if (problem.code) return MiniMeetError.fromProblem(problem);
  }
  return new MiniMeetError('INTERNAL', `The server answered ${response.status} ${response.statusText}.`);
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
