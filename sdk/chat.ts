import {
  LIMITS,
  type ChatMessage,
  type MessageId,
  type Notifications,
  type OutgoingContent,
  type RequestOf,
  type RoomId,
  type RoomSlug,
  type UserId,
} from '@minimeet/protocol';
import { ChatLog, type LogNews } from './chat-log.js';
import { Emitter } from './emitter.js';
import { MiniMeetError } from './errors.js';
import type { ReadHistory } from './history.js';
import { LogKeeper } from './log-keeper.js';
import type { PersistentRequester } from './persistent-requester.js';
import { ReadMarks } from './read-marks.js';
import { tryUntilDone } from './retry.js';
import { TypingPeople, TypingSender, type TypingPerson } from './typing.js';
import { randomUuid } from './uuid.js';

export type ConnectionState = 'connected' | 'reconnecting' | 'closed';

/** Each is emitted after the chat's properties say the same. */
export interface ChatEvents {
  /** One that was not here before: in the order of the room, each once. */
  message: [ChatMessage];
  /** Edited, deleted, reacted to; also one that is older than all that is here. */
  'message-changed': [ChatMessage];
  /** `loadOlder()` brought these. */
  'older-loaded': [readonly ChatMessage[]];
  /** Everybody who types; the first to begin comes first. */
  'typing-changed': [readonly TypingPerson[]];
  /** Somebody has read up to a sequence; also oneself, here or elsewhere. */
  read: [{ userId: UserId; sequence: number }];
  'unread-changed': [number];
  'connection-changed': [ConnectionState];
  /** Something failed that no call is waiting for. */
  error: [MiniMeetError];
}

export interface SendOptions {
  /** One's own UUID: sending the same again stores once. */
  id?: MessageId;
  replyTo?: MessageId;
  mentions?: UserId[];
}

/** Where a chat's requests go. */
interface ChatLink {
  slug: RoomSlug;
  requester: PersistentRequester;
  history: ReadHistory;
  /** It is the chat of the call that this connection is in. */
  ofCall: boolean;
  /** `Chat.close()` */
  close: () => void;
}

/** The part of a chat in the ack of a join or an opening. */
interface ChatEntry {
  roomId: RoomId;
  self: UserId;
  messages: ChatMessage[];
  lastReadSequence: number;
  /** The server could not tell the other two in time. */
  chatPending?: true | undefined;
}

type ChatNotification = 'chat_message' | 'message_changed' | 'typing' | 'read';

/** A source of notifications, in order with the entries. */
interface NotificationSource {
  on<Name extends ChatNotification>(name: Name, handler: (payload: Notifications[Name]) => void): void;
}

/** The messages of one room, in its call or opened alone. It keeps itself whole over lost connections. */
export class Chat extends Emitter<ChatEvents> {
  readonly slug: RoomSlug;
  readonly #link: ChatLink;
  /** Names the room in requests. */
  readonly #room: { room?: string };
  readonly #log = new ChatLog();
  readonly #keeper: LogKeeper;
  readonly #marks = new ReadMarks();
  readonly #typing = new TypingPeople(() => this.emit('typing-changed', this.#typing.people));
  readonly #typingSender: TypingSender;
  #roomId: RoomId | null = null;
  /** Messages that were told before the beginning, which is pending; `null` since it is there. */
  #early: ChatMessage[] | null = [];
  /** `null` while one is not there. */
  #entry: ChatEntry | null = null;
  #self: UserId = '';
  #connection: ConnectionState = 'reconnecting';
  #marking = false;

  /** @internal `Room.chat`, `MiniMeetClient.openChat` */
  constructor(link: ChatLink) {
    super();
    this.slug = link.slug;
    this.#link = link;
    this.#room = link.ofCall ? {} : { room: link.slug };
    this.#keeper = new LogKeeper(this.#log, {
      read: (query) => link.history(link.slug, query),
      connected: () => this.#connection === 'connected',
      news: (news) => this.#tell(news),
      failed: (error) => this.emit('error', error),
    });
    this.#typingSender = new TypingSender((typing) => this.#tellTyping(typing));
  }

  /** Oldest first, from some message on to the newest; a new array whenever it changes. */
  get messages(): readonly ChatMessage[] {
    return this.#log.messages;
  }

  /** The server has messages before `messages`. */
  get hasOlder(): boolean {
    return this.#log.first > 1;
  }

  /** The others who are typing. */
  get typingPeople(): readonly TypingPerson[] {
    return this.#typing.people;
  }

  /** Up to which sequence people have read, as far as it was told; oneself too. */
  get readMarks(): ReadonlyMap<UserId, number> {
    return this.#marks.all;
  }

  get lastReadSequence(): number {
    return this.#marks.lastReadSequence;
  }

  /** Messages of others after one's own read mark. */
  get unreadCount(): number {
    return this.#marks.unreadCount;
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /**
   * Repeats itself over lost connections, under the same id, so that it is stored once.
   * @throws MiniMeetError after 30 s without success, or the server's refusal.
   */
  sendMessage(content: string | OutgoingContent, options: SendOptions = {}): Promise<ChatMessage> {
    const { id = randomUuid(), replyTo, mentions } = options;
    const said = typeof content === 'string' ? { type: 'text' as const, text: content } : content;
    this.#typingSender.sent();
    return this.#change('chat_message', { ...this.#room, id, content: said, replyTo, mentions });
  }

  /** One's own. @throws MiniMeetError */
  editMessage(messageId: MessageId, text: string, mentions?: UserId[]): Promise<ChatMessage> {
    return this.#change('edit_message', { ...this.#room, messageId, text, mentions });
  }

  /** One's own; anybody's for hosts and moderators. @throws MiniMeetError */
  deleteMessage(messageId: MessageId): Promise<ChatMessage> {
    return this.#change('delete_message', { ...this.#room, messageId });
  }

  /** @param reaction one emoji. @throws MiniMeetError */
  react(messageId: MessageId, reaction: string, on: boolean): Promise<ChatMessage> {
    return this.#change('react', { ...this.#room, messageId, reaction, on });
  }

  /** Call it with every key: the others are told as seldom as they need. Never fails. */
  setTyping(typing: boolean): void {
    if (this.#connection === 'connected') this.#typingSender.set(typing);
  }

  /** One has read up to here: it never goes back, and reaches the server sooner or later. Never fails. */
  markRead(sequence = this.#log.last): void {
    // Of nothing, as long as the beginning is pending: no mark is further back.
    if (sequence < 1 || !this.#marks.set(this.#self, sequence)) return;
    this.emit('read', { userId: this.#self, sequence });
    this.#count();
    void this.#tellRead();
  }

  /**
   * Puts a page of older messages in front of `messages`; does nothing while one is on its way. @throws MiniMeetError
   */
  async loadOlder(limit: number = LIMITS.recentMessages): Promise<void> {
    const older = await this.#keeper.loadOlder(limit);
    if (older.length === 0) return;
    this.#marks.older(older);
    this.#count();
    this.emit('older-loaded', older);
  }

  /** Ends a chat that was opened by itself; that of a call ends with the call. */
  close(): void {
    this.#link.close();
  }

  /** @internal */
  listen(source: NotificationSource): void {
    source.on('chat_message', ({ message }) => this.#ifHere(message.roomId, () => this.#received(message)));
    source.on('message_changed', ({ message }) => this.#ifHere(message.roomId, () => this.#changed(message)));
    source.on('typing', ({ roomId, typing, userId, displayName }) =>
      this.#ifHere(roomId, () => {
        if (!typing) this.#typing.stopped(userId);
        else if (userId !== this.#self) this.#typing.began({ userId, displayName });
      }),
    );
    source.on('read', ({ roomId, userId, sequence }) =>
      this.#ifHere(roomId, () => {
        if (this.#marks.set(userId, sequence)) this.emit('read', { userId, sequence });
        this.#count();
      }),
    );
  }

  /** @internal It is there, for the first time or again. */
  entered(entry: ChatEntry): void {
    this.#entry = entry;
    this.#roomId = entry.roomId;
    this.#self = entry.self;
    if (!entry.chatPending) return this.#opened(entry);
    this.#setConnection('connected');
    void this.#openLate(entry);
  }

  /** @internal */
  lost(): void {
    this.#entry = null;
    // They may change unheard; the next beginning has them as they are then.
    if (this.#early) this.#early = [];
    this.#typing.clear();
    this.#setConnection('reconnecting');
  }

  /** @internal @param error why, when nobody wanted it. */
  ended(error?: MiniMeetError): void {
    this.#entry = null;
    this.#typing.clear();
    if (error) this.emit('error', error);
    this.#setConnection('closed');
  }

  /** Asks for the beginning until the server can tell it; another entry begins it anew. */
  async #openLate(entry: ChatEntry): Promise<void> {
    try {
      await tryUntilDone(
        () => this.#entry !== entry,
        async () => {
          const opening = await this.#link.requester.request('open_chat', this.#room, { repeat: () => false });
          if (this.#entry === entry) this.#opened(opening);
        },
      );
    } catch (error) {
      if (this.#entry !== entry) return;
      this.emit('error', MiniMeetError.from(error));
      // Messages from now on are shown all the same.
      this.#opened({ messages: [], lastReadSequence: 0 });
    }
  }

  #opened({ messages, lastReadSequence }: Pick<ChatEntry, 'messages' | 'lastReadSequence'>): void {
    const early = this.#early;
    const again = early === null;
    this.#early = null;
    const unheardFrom = Math.min(this.#log.last + 1, messages[0]?.sequence ?? 1);
    this.#marks.start(this.#self, lastReadSequence);
    this.#setConnection('connected');
    this.#tell(again ? this.#log.add(messages) : this.#log.start(messages));
    if (early?.length) this.#tell(this.#log.add(early));
    this.#count();
    if (again && this.#log.first < unheardFrom) void this.#keeper.refresh(unheardFrom);
    // The count of what is not here only the server knows; a mark that it has not heard of, only this client.
    if (this.lastReadSequence !== lastReadSequence || this.lastReadSequence < this.#log.first - 1) {
      void this.#tellRead();
    }
  }

  #ifHere(roomId: RoomId, action: () => void): void {
    if (roomId === this.#roomId) action();
  }

  async #change<Name extends 'chat_message' | 'edit_message' | 'delete_message' | 'react'>(
    name: Name,
    payload: RequestOf<Name>,
  ): Promise<ChatMessage> {
    const { message } = await this.#link.requester.request(name, payload, { repeat: ({ retryable }) => retryable });
    this.#changed(message);
    return message;
  }

  #received(message: ChatMessage): void {
    if (message.senderId !== null) this.#typing.stopped(message.senderId);
    this.#changed(message);
  }

  #changed(message: ChatMessage): void {
    if (this.#early) {
      this.#early.push(message);
      return;
    }
    this.#tell(this.#log.add([message]));
    // A page that shows an older part of the history wants to know.
    if (message.sequence < this.#log.first) this.emit('message-changed', message);
  }

  #tell({ added, changed }: LogNews): void {
    for (const message of changed) this.emit('message-changed', message);
    for (const message of added) this.emit('message', message);
    if (added.length > 0) this.#count();
    if (this.#log.hasHole) void this.#keeper.fill();
  }

  #count(): void {
    if (this.#marks.count(this.#log.messages, this.#log.first)) this.emit('unread-changed', this.unreadCount);
  }

  #tellTyping(typing: boolean): void {
    const request = this.#link.requester.request('typing', { ...this.#room, typing }, { repeat: () => false });
    // It is a hint: the next key says it again.
    request.catch(() => undefined);
  }

  /** One request at a time; marks that come meanwhile are one request after it. */
  async #tellRead(): Promise<void> {
    if (this.#marking) return;
    this.#marking = true;
    try {
      let sequence: number;
      do {
        sequence = this.lastReadSequence;
        const reply = await this.#link.requester.request('mark_read', { ...this.#room, sequence });
        if (this.#marks.learn(reply, this.#log.first)) this.emit('unread-changed', this.unreadCount);
      } while (sequence < this.lastReadSequence);
    } catch (error) {
      // The next mark and the next connection say it again.
      if (this.#connection === 'connected') this.emit('error', MiniMeetError.from(error));
    } finally {
      this.#marking = false;
    }
  }

  #setConnection(state: ConnectionState): void {
    if (state === this.#connection) return;
    this.#connection = state;
    this.emit('connection-changed', state);
  }
}
