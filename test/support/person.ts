import { randomUUID } from 'node:crypto';
import type {
  Ack,
  ErrorReply,
  JoinRoomReply,
  JoinRoomRequest,
  NotificationName,
  Notifications,
  ReplyOf,
  RequestName,
  Room,
  Session,
  Welcome,
} from '@minimeet/protocol';
import { io, type Socket } from 'socket.io-client';
import { eventually } from './eventually.js';

/** Something the server said by itself. */
interface Heard {
  name: NotificationName;
  payload: unknown;
}

/** Everybody who connected and has not left. */
export const connectedPeople = new Set<Person>();

/** A person with an account and a bare Socket.IO client, as another developer's front end would have it. */
export class Person {
  readonly heard: Heard[] = [];
  socket: Socket;
  welcome: Welcome;

  private constructor(
    readonly origin: string,
    readonly session: Session,
    private readonly loadTestKey?: string,
  ) {}

  /** @param loadTestKey - the server's `LOAD_TEST_KEY`, for a person who sends more than people do */
  static async register(origin: string, displayName: string, loadTestKey?: string): Promise<Person> {
    const email = `${randomUUID()}@example.org`;
    const body = { email, password: 'correct horse battery', displayName };
    return new Person(origin, await rest<Session>(origin, 'POST', 'auth/register', { body }), loadTestKey);
  }

  /** An account for one meeting, with the token of an invite. */
  static async guest(origin: string, displayName: string, invite: string): Promise<Person> {
    return new Person(origin, await rest<Session>(origin, 'POST', 'auth/guest', { body: { displayName, invite } }));
  }

  /** Registers and connects. */
  static async connected(origin: string, displayName: string, loadTestKey?: string): Promise<Person> {
    const person = await Person.register(origin, displayName, loadTestKey);
    await person.connect();
    return person;
  }

  /** The same account in another tab or on another device, connected. */
  async anotherTab(): Promise<Person> {
    const tab = new Person(this.origin, this.session, this.loadTestKey);
    await tab.connect();
    return tab;
  }

  get userId(): string {
    return this.session.user.id;
  }

  rest<Reply>(method: string, path: string, body?: object): Promise<Reply> {
    return rest<Reply>(this.origin, method, path, { token: this.session.accessToken, ...(body && { body }) });
  }

  createRoom(name = 'A room'): Promise<Room> {
    return this.rest<Room>('POST', 'rooms', { name });
  }

  async connect(): Promise<void> {
    connectedPeople.add(this);
    this.socket = io(this.origin, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: {
        token: this.session.accessToken,
        protocolVersion: '1.0',
        ...(this.loadTestKey !== undefined && { loadTestKey: this.loadTestKey }),
      },
    });
    this.socket.onAny((name: NotificationName, payload: unknown, ack?: () => void) => {
      this.heard.push({ name, payload });
      ack?.();
    });
    this.welcome = await new Promise<Welcome>((resolve, reject) => {
      this.socket.once('welcome', resolve);
      this.socket.once('connect_error', reject);
    });
  }

  /** The ack of a request, whatever it says. */
  async ask(name: string, payload?: unknown): Promise<Ack<unknown>> {
    return (await this.socket.timeout(10_000).emitWithAck(name, payload)) as Ack<unknown>;
  }

  /** The reply to a request that must succeed. */
  async request<Name extends RequestName>(name: Name, payload: object = {}): Promise<ReplyOf<Name>> {
    const ack = (await this.ask(name, payload)) as Ack<ReplyOf<Name>>;
    if (!ack.ok) throw new Error(`${name}: ${ack.error.code}: ${ack.error.message}`);
    return ack.data;
  }

  /** The error of a request that must fail. */
  async refused(name: string, payload?: unknown): Promise<ErrorReply> {
    const ack = await this.ask(name, payload);
    if (ack.ok) throw new Error(`${name} succeeded: ${JSON.stringify(payload)}`);
    return ack.error;
  }

  /**
   * Returns when this connection has heard everything that the server sent to it before: the answer comes behind it on
   * the same socket. Messages from a timer or behind a database may come later still: a fence for those is to cause,
   * and to hear, a message that takes the same way.
   */
  async fence(): Promise<void> {
    // No such request, so it is answered at once, in a call and out of one.
    await this.ask('fence');
  }

  join(room: string, options: Partial<JoinRoomRequest> = {}): Promise<JoinRoomReply> {
    return this.request('join_room', { room, ...options });
  }

  joinWithMedia(room: string, options: Partial<JoinRoomRequest> = {}): Promise<JoinRoomReply> {
    return this.join(room, { rtpCapabilities: this.welcome.routerRtpCapabilities, ...options });
  }

  /** All payloads of one notification so far. */
  heardOf<Name extends NotificationName>(name: Name): Notifications[Name][] {
    return this.heard.filter((heard) => heard.name === name).map(({ payload }) => payload as Notifications[Name]);
  }

  /** Waits for the first notification of a name that fits. */
  hears<Name extends NotificationName>(
    name: Name,
    fits: (payload: Notifications[Name]) => boolean = () => true,
  ): Promise<Notifications[Name]> {
    return eventually(() => this.heardOf(name).find(fits), `"${name}" was not heard`);
  }

  /** Loses the connection as a network does: nobody says goodbye. */
  drop(): void {
    this.socket.io.engine.close();
  }

  leave(): void {
    connectedPeople.delete(this);
    this.socket.disconnect();
  }
}

interface RestOptions {
  token?: string;
  body?: object;
}

async function rest<Reply>(origin: string, method: string, path: string, { token, body }: RestOptions): Promise<Reply> {
  const response = await fetch(`${origin}/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as Reply;
}
