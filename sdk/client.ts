import type { Room as RoomDetails, RoomSlug, UserId, Welcome } from '@minimeet/protocol';
import type { Device } from 'mediasoup-client/types';
import { MiniMeetError } from './errors.js';
import { requestAdmission, type Admission } from './admission.js';
import type { Chat } from './chat.js';
import { ChatVisit } from './chat-visit.js';
import { historyReader, type ReadHistory } from './history.js';
import { JoinClock } from './join-clock.js';
import { loadDevice, MediaSession } from './media-session.js';
import { PresenceWatches, type PresenceWatch } from './presence-watch.js';
import { path, Rest } from './rest.js';
import { Room } from './room.js';
import type { JoinOptions } from './room-entry.js';
import { Signalling } from './signalling.js';

export interface ClientOptions {
  /** The server's origin; the page's own when absent. */
  url?: string;
  /** A token, or a function that is asked for one before every (re)connection: `() => api.accessToken()`. */
  accessToken: string | (() => string | Promise<string>);
  /** The kind of client, for the call history: up to `LIMITS.clientLength` characters; `sdk` when absent. */
  client?: string;
}

interface Prepared {
  slug: RoomSlug;
  session: Promise<MediaSession | null>;
}

/** One person's connection to the server, in one room at a time. */
export class MiniMeetClient {
  readonly #signalling: Signalling;
  readonly #rest: Rest;
  readonly #accessToken: () => string | Promise<string>;
  readonly #history: ReadHistory;
  readonly #presences: PresenceWatches;
  /** Opened or being opened; `null` until it is. */
  readonly #chats = new Map<RoomSlug, Chat | null>();
  #device: Promise<Device | null> | null = null;
  #prepared: Prepared | null = null;
  #room: Promise<Room> | null = null;
  #joined: Room | null = null;

  constructor({ url = originOfPage(), accessToken, client }: ClientOptions) {
    const token = typeof accessToken === 'string' ? () => accessToken : accessToken;
    this.#signalling = new Signalling({ url, accessToken: token, client });
    this.#rest = new Rest({ url });
    this.#accessToken = token;
    this.#history = historyReader(this.#rest, token);
    this.#presences = new PresenceWatches(this.#signalling);
    // The server closes prepared media with the connection.
    this.#signalling.on('disconnected', () => this.#forgetPrepared());
  }

  /** Opens the connection, if it is not open, and loads what media needs. @throws MiniMeetError */
  async connect(): Promise<Welcome> {
    const welcome = await this.#signalling.connect();
    await this.#loadDevice(welcome);
    return welcome;
  }

  /**
   * For a pre-join screen: opens the media path before the click on “join”, so that the click costs one round trip.
   * Nobody sees it. Without WebRTC it only connects. @throws MiniMeetError
   */
  async prepare(slug: RoomSlug): Promise<void> {
    const device = await this.#loadDevice(await this.#signalling.connect());
    if (!device || this.#room) return;
    if (this.#prepared?.slug !== slug) {
      this.#forgetPrepared();
      const prepared: Prepared = { slug, session: this.#prepare(device, slug) };
      this.#prepared = prepared;
      prepared.session.catch(() => {
        if (this.#prepared === prepared) this.#prepared = null;
      });
    }
    const prepared = this.#prepared;
    const session = await prepared?.session;
    try {
      await session?.connected();
    } catch (error) {
      if (this.#prepared === prepared) this.#forgetPrepared();
      throw error;
    }
  }

  /**
   * Joins the call of a room.
   * @throws MiniMeetError NOT_FOUND, FORBIDDEN, ROOM_FULL …; WRONG_STATE: this client is in a room already.
   */
  async join(slug: RoomSlug, options: JoinOptions = {}): Promise<Room> {
    if (this.#room) throw new MiniMeetError('WRONG_STATE', 'This client is in a room already: leave it first.');
    const clock = new JoinClock();
    clock.reach('clicked');
    const joining = this.#join(slug, options, clock);
    this.#room = joining;
    const forget = () => {
      if (this.#room !== joining) return;
      this.#room = null;
      this.#joined = null;
    };
    try {
      const room = await joining;
      this.#joined = room;
      room.once('ended', forget);
      if (room.connection === 'closed') forget();
      return room;
    } catch (error) {
      forget();
      throw error;
    }
  }

  /**
   * Waits in the lobby of a room, after `join` was refused with ADMISSION_REQUIRED, until a host or a moderator
   * answers, also over lost connections. After `admitted`, `join` works.
   * @param options `signal` ends the waiting; its reason is thrown then.
   * @throws MiniMeetError BANNED, ROOM_LOCKED, NOT_FOUND …
   */
  requestAdmission(slug: RoomSlug, { signal }: { signal?: AbortSignal } = {}): Promise<Admission> {
    return requestAdmission(this.#signalling, slug, signal);
  }

  /**
   * The messages of a room without its call, until `chat.close()`; several may be open, each once.
   * @throws MiniMeetError FORBIDDEN: not a member; WRONG_STATE: it is open already.
   */
  async openChat(slug: RoomSlug): Promise<Chat> {
    if (this.#chats.has(slug)) throw new MiniMeetError('WRONG_STATE', 'This chat is open already.');
    this.#chats.set(slug, null);
    try {
      const chat = await this.#openChat(slug);
      // It may have ended with the connection meanwhile.
      if (chat.connection !== 'closed') this.#chats.set(slug, chat);
      return chat;
    } catch (error) {
      this.#chats.delete(slug);
      throw MiniMeetError.from(error);
    }
  }

  /** Tells of people whether they are there, until `close()` of what it returns; also over lost connections. */
  watchPresence(userIds: Iterable<UserId>): PresenceWatch {
    return this.#presences.add(userIds);
  }

  /** Leaves the room, closes the chats and the connection. */
  close(): void {
    this.#forgetPrepared();
    void this.#joined?.leave();
    for (const chat of this.#chats.values()) chat?.close();
    this.#signalling.close();
  }

  async #join(slug: RoomSlug, options: JoinOptions, clock: JoinClock): Promise<Room> {
    const welcome = await this.#signalling.connect();
    clock.reach('welcomed');
    const device = options.receive === false ? null : await this.#loadDevice(welcome);
    const prepared = device ? await this.#takePrepared(slug) : null;
    return Room.join(this.#signalling, { device, slug, options, prepared, clock, history: this.#history });
  }

  async #openChat(slug: RoomSlug): Promise<Chat> {
    await this.#signalling.connect();
    const token = await this.#accessToken();
    const { id: roomId } = await this.#rest.send<RoomDetails>('GET', path('rooms', slug), { token });
    const [signalling, history] = [this.#signalling, this.#history];
    return ChatVisit.open({ signalling, slug, roomId, history, closed: () => this.#chats.delete(slug) });
  }

  /** The routers' capabilities are the same in every room, so one device does for all. */
  async #loadDevice({ routerRtpCapabilities }: Welcome): Promise<Device | null> {
    this.#device ??= loadDevice(routerRtpCapabilities);
    try {
      return await this.#device;
    } catch (error) {
      this.#device = null;
      throw MiniMeetError.from(error);
    }
  }

  async #prepare(device: Device, slug: RoomSlug): Promise<MediaSession | null> {
    const { recvRtpCapabilities: rtpCapabilities } = device;
    const media = await this.#signalling.request('prepare_media', { room: slug, rtpCapabilities });
    const session = new MediaSession(device, media, this.#signalling);
    try {
      await session.warmUp();
      await session.rehearse();
      return session;
    } catch (error) {
      session.close();
      throw MiniMeetError.from(error);
    }
  }

  /** Takes the media that was prepared for this room, once. */
  async #takePrepared(slug: RoomSlug): Promise<MediaSession | null> {
    const prepared = this.#prepared;
    if (prepared?.slug !== slug) {
      this.#forgetPrepared();
      return null;
    }
    this.#prepared = null;
    const session = await prepared.session.catch(() => null);
    return session && !session.closed && session.state !== 'failed' ? session : null;
  }

  #forgetPrepared(): void {
    const prepared = this.#prepared;
    this.#prepared = null;
    void prepared?.session.then((session) => session?.close()).catch(() => undefined);
  }
}

export function originOfPage(): string {
  if (typeof location === 'undefined')
    throw new MiniMeetError('INVALID_PAYLOAD', 'Outside of a page, `url` is needed.');
  return location.origin;
}
