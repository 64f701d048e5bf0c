import {
  backoffMs,
  PROTOCOL_VERSION,
  TIMES,
  type Ack,
  type ConsumerOptions,
  type Done,
  type HandshakeAuth,
  type NotificationName,
  type Notifications,
  type ReplyOf,
  type RequestName,
  type RequestOf,
  type Welcome,
} from '@minimeet/protocol';
import { io, type Socket } from 'socket.io-client';
import { Emitter } from './emitter.js';
import { isErrorReply, MiniMeetError } from './errors.js';
import { RETRY } from './retry.js';

export interface SignallingOptions {
  /** The server's origin. */
  url: string;
  /** Asked for again before every (re)connection. */
  accessToken: () => string | Promise<string>;
  /** The kind of client, for the call history. */
  client?: string;
  /** Lifts the server's rate limits, when it was started with the same key. */
  loadTestKey?: string;
}

interface SignallingEvents {
  /** The server has welcomed us: at the first connection and after each lost one. */
  connected: [Welcome];
  /** The connection is lost, and will be tried again. */
  disconnected: [];
  /** The server refuses us for good: it will not be tried again. */
  refused: [MiniMeetError];
}

/** Takes requests: the connection itself, or something that repeats them over lost connections. */
export interface Requester {
  request<Name extends RequestName>(name: Name, payload: RequestOf<Name>): Promise<ReplyOf<Name>>;
}

/** The Socket.IO connection: typed requests with acks, typed notifications, and its own way back after a loss. */
export class Signalling extends Emitter<SignallingEvents> implements Requester {
  /** Untyped: Socket.IO's own event maps cannot be indexed by a generic name. */
  readonly #socket: Socket;
  readonly #accessToken: () => string | Promise<string>;
  readonly #about: Omit<HandshakeAuth, 'token'>;
  #welcome: Welcome | null = null;
  #tokenError: unknown;
  #refusals = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #started = false;
  #closed = false;

  constructor({ url, accessToken, client, loadTestKey }: SignallingOptions) {
    super();
    this.#accessToken = accessToken;
    this.#about = { protocolVersion: PROTOCOL_VERSION, client, loadTestKey };
    this.#socket = io(url, {
      transports: ['websocket'],
      autoConnect: false,
      // Two clients in one page are two people.
      forceNew: true,
      // Socket.IO waits between half of this and half as much again, by its own `randomizationFactor`.
      reconnectionDelay: RETRY.fromMs,
      reconnectionDelayMax: RETRY.toMs,
      timeout: TIMES.requestTimeoutMs,
      auth: (send) => void this.#authenticate(send),
    });
    this.#socket.on('welcome', (welcome: Welcome) => this.#onWelcome(welcome));
    this.#socket.on('disconnect', () => this.#onDisconnect());
    this.#socket.on('connect_error', (error) => this.#onConnectError(error));
  }

  /** The server's words at the newest connection; `null` while there is none. */
  get welcome(): Welcome | null {
    return this.#welcome;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @throws MiniMeetError UNAUTHENTICATED, UNSUPPORTED_VERSION …: refused; DISCONNECTED: unreachable or closed. */
  connect(): Promise<Welcome> {
    if (this.#closed) return Promise.reject(closedError());
    if (this.#welcome) return Promise.resolve(this.#welcome);
    return new Promise<Welcome>((resolve, reject) => {
      const offs = [
        this.on('connected', (welcome) => settle(() => resolve(welcome))),
        this.on('refused', (error) => settle(() => reject(error))),
      ];
      // A first connection that fails is told; later ones are tried again until they work.
      const onError = (error: Error) => {
        if (!this.#started) settle(() => reject(this.#errorOf(error)));
      };
      const settle = (done: () => void) => {
        offs.forEach((off) => off());
        this.#socket.off('connect_error', onError);
        done();
      };
      this.#socket.on('connect_error', onError);
      if (!this.#socket.active) this.#socket.connect();
    });
  }

  /**
   * Asks the server and waits for its ack.
   * @throws MiniMeetError the server's error; TIMED_OUT without an ack in `timeoutMs`; DISCONNECTED without a
   * connection, or when it is lost before the ack (the server may have done the request or not).
   */
  async request<Name extends RequestName>(
    name: Name,
    payload: RequestOf<Name>,
    { timeoutMs = TIMES.requestTimeoutMs }: { timeoutMs?: number } = {},
  ): Promise<ReplyOf<Name>> {
    // Socket.IO would keep it and send it on the next connection, before that one has resumed anything.
    if (!this.#welcome) throw new MiniMeetError('DISCONNECTED', 'There is no connection to the server.');
    const welcome = this.#welcome;
    let ack: Ack<ReplyOf<Name>>;
    try {
      ack = (await this.#socket.timeout(timeoutMs).emitWithAck(name, payload)) as Ack<ReplyOf<Name>>;
    } catch (error) {
      if (this.#welcome !== welcome)
        throw new MiniMeetError('DISCONNECTED', 'The connection was lost.', { cause: error });
      throw new MiniMeetError('TIMED_OUT', `The server did not answer ${name} in ${timeoutMs} ms.`, { cause: error });
    }
    if (!ack.ok) throw MiniMeetError.fromReply(ack.error);
    return ack.data;
  }

  /** @returns a function that takes the handler off again. */
  onNotification<Name extends Exclude<NotificationName, 'consumers_opened'>>(
    name: Name,
    handler: (payload: Notifications[Name]) => void,
  ): () => void {
    const socket: Socket = this.#socket;
    socket.on<string>(name, handler);
    return () => socket.off<string>(name, handler);
  }

  /** @param handler its end acks the message; then the server lets the media flow. @returns a function to remove it. */
  onConsumersOpened(handler: (consumers: ConsumerOptions[]) => Promise<void>): () => void {
    const listener = ({ consumers }: Notifications['consumers_opened'], ack?: (reply: Ack<Done>) => void) => {
      // The handler deals with its own failures: the server must not wait, whatever happens.
      void handler(consumers).finally(() => ack?.({ ok: true, data: {} }));
    };
    this.#socket.on('consumers_opened', listener);
    return () => this.#socket.off('consumers_opened', listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket.disconnect();
    // Ends a `connect()` that still waits.
    this.emit('refused', closedError());
  }

  async #authenticate(send: (auth: HandshakeAuth) => void): Promise<void> {
    try {
      this.#tokenError = undefined;
      send({ ...this.#about, token: await this.#accessToken() });
    } catch (error) {
      // Without a token the server refuses, and that refusal is reported as what went wrong here.
      this.#tokenError = error;
      send({ ...this.#about, token: '' });
    }
  }

  #onWelcome(welcome: Welcome): void {
    this.#started = true;
    this.#refusals = 0;
    this.#welcome = welcome;
    this.emit('connected', welcome);
  }

  #onDisconnect(): void {
    const wasConnected = this.#welcome !== null;
    this.#welcome = null;
    if (this.#closed) return;
    if (wasConnected) this.emit('disconnected');
    // Socket.IO does not come back by itself when it was the server that closed the connection.
    if (!this.#socket.active) this.#connectLater();
  }

  #onConnectError(error: Error): void {
    if (this.#closed || this.#socket.active) return;
    const refusal = this.#errorOf(error);
    this.#refusals += 1;
    // A token may have expired between being made and being read: one more try with a new one.
    const again = refusal.retryable || (refusal.code === 'UNAUTHENTICATED' && this.#refusals < 2);
    if (this.#started && again) this.#connectLater();
    else this.emit('refused', refusal);
  }

  #connectLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#socket.connect(), backoffMs(this.#refusals, RETRY));
  }

  #errorOf(error: Error & { data?: unknown }): MiniMeetError {
    if (this.#tokenError !== undefined) return MiniMeetError.from(this.#tokenError);
    if (isErrorReply(error.data)) return MiniMeetError.fromReply(error.data);
    return new MiniMeetError('DISCONNECTED', 'The server cannot be reached.', { cause: error });
  }
}

function closedError(): MiniMeetError {
  return new MiniMeetError('DISCONNECTED', 'The client was closed.');
}
