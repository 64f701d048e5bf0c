import { createServer, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  PROTOCOL_VERSION,
  type Ack,
  type ChatMessage,
  type ErrorReply,
  type JoinRoomReply,
  type ReplyOf,
  type RequestName,
  type RequestOf,
} from '@minimeet/protocol';
import { Server, type Socket } from 'socket.io';

type Answer<Name extends RequestName> = Ack<ReplyOf<Name>> | 'silence';

/** A real Socket.IO server whose answers a test decides. */
export class ScriptedServer {
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #answers = new Map<string, (request: unknown) => Ack<unknown> | 'silence'>();
  readonly requests: { name: string; payload: unknown }[] = [];
  /** The handshakes' `auth`. */
  readonly handshakes: unknown[] = [];
  /** Answers REST requests: an unknown one is not found, and when it throws, the database is down. */
  rest: (path: string) => unknown = () => undefined;
  readonly restPaths: string[] = [];
  /** Refuses connections, as the server's middleware does. */
  refusal: ErrorReply | null = null;
  socket: Socket | null = null;

  static async create(): Promise<ScriptedServer> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new ScriptedServer(http);
  }

  private constructor(http: HttpServer) {
    this.#http = http;
    http.on('request', ({ url = '' }, response) => this.#answerRest(url, response));
    this.#io = new Server(http);
    this.#io.use((socket, next) => {
      this.handshakes.push(socket.handshake.auth);
      next(this.refusal ? Object.assign(new Error('refused'), { data: this.refusal }) : undefined);
    });
    this.#io.on('connection', (socket) => this.#connected(socket));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  answer<Name extends RequestName>(name: Name, answer: (request: RequestOf<Name>) => Answer<Name>): void {
    this.#answers.set(name, answer as (request: unknown) => Ack<unknown> | 'silence');
  }

  payloads(name: RequestName): unknown[] {
    return this.requests.filter((request) => request.name === name).map(({ payload }) => payload);
  }

  /** As a network does: without a goodbye. */
  cut(): void {
    this.socket?.conn.close();
  }

  async close(): Promise<void> {
    await this.#io.close();
  }

  #answerRest(url: string, response: ServerResponse): void {
    this.restPaths.push(url);
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    try {
      const body = this.rest(url);
      if (body === undefined) answer(404, { code: 'NOT_FOUND', detail: 'Not here.' });
      else answer(200, body);
    } catch {
      answer(503, { code: 'DATABASE_UNAVAILABLE', detail: 'Later.' });
    }
  }

  #connected(socket: Socket): void {
    this.socket = socket;
    socket.onAny((name: string, payload: unknown, ack?: (reply: Ack<unknown>) => void) => {
      this.requests.push({ name, payload });
      const answer = this.#answers.get(name)?.(payload) ?? { ok: true, data: {} };
      if (answer !== 'silence') ack?.(answer);
    });
    socket.emit('welcome', {
      protocolVersion: PROTOCOL_VERSION,
      userId: 'u',
      displayName: 'Ada',
      routerRtpCapabilities: {},
      iceServers: [],
    });
  }
}

/** The server's reply to somebody who joins without media. */
export function joinReply(changes: Partial<JoinRoomReply> = {}): JoinRoomReply {
  const self = {
    id: 'me',
    userId: 'u',
    displayName: 'Ada',
    role: 'member' as const,
    joinedAt: '2026-01-01T00:00:00Z',
    publications: [],
    pictureUrl: null,
    handRaisedAt: null,
    away: false,
  };
  return {
    room: { id: 'r', slug: 'room', name: 'Room', access: 'open', locked: false, allowUnmute: true },
    self,
    participants: [],
    activeSpeakers: [],
    messages: [],
    lastReadSequence: 0,
    lobby: [],
    resumeToken: 'token',
    resumed: false,
    ...changes,
  };
}

/** The message of a sequence: two with the same are the same. */
export function chatMessage(sequence: number, changes: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id: `m${sequence}`,
    roomId: 'r',
    sequence,
    senderId: 'bob',
    senderName: 'Bob',
    content: { type: 'text', text: `message ${sequence}` },
    replyTo: null,
    mentions: [],
    reactions: [],
    sentAt: '2026-01-01T00:00:00Z',
    editedAt: null,
    deletedAt: null,
    ...changes,
  };
}

export async function until(condition: () => boolean, timeoutMs = 5_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
