import type { NotificationName, Notifications, RoomId, RoomSlug } from '@minimeet/protocol';
import { Chat } from './chat.js';
import { MiniMeetError } from './errors.js';
import { Gate } from './gate.js';
import type { ReadHistory } from './history.js';
import { PersistentRequester } from './persistent-requester.js';
import { tryUntilDone } from './retry.js';
import type { Signalling } from './signalling.js';

interface ChatVisitOptions {
  signalling: Signalling;
  slug: RoomSlug;
  roomId: RoomId;
  history: ReadHistory;
  /** Closed by the page, or because it cannot be opened again. */
  closed: () => void;
}

/** Keeps a chat open outside of its call: opens it again after a lost connection, and keeps notifications in order. */
export class ChatVisit {
  readonly chat: Chat;
  readonly #options: ChatVisitOptions;
  readonly #requester: PersistentRequester;
  readonly #gate = new Gate();
  readonly #offs: (() => void)[] = [];
  #opened = false;
  #closed = false;

  /** @throws MiniMeetError FORBIDDEN: not a member; LIMIT_EXCEEDED … */
  static async open(options: ChatVisitOptions): Promise<Chat> {
    const visit = new ChatVisit(options);
    try {
      await visit.#open();
    } catch (error) {
      visit.#end();
      throw MiniMeetError.from(error);
    }
    return visit.chat;
  }

  private constructor(options: ChatVisitOptions) {
    const { signalling, slug, history } = options;
    this.#options = options;
    this.#requester = new PersistentRequester(signalling);
    this.chat = new Chat({
      slug,
      requester: this.#requester,
      history,
      ofCall: false,
      close: () => this.#close(),
    });
    this.chat.listen(this);
    this.#offs.push(
      signalling.on('connected', () => void this.#openAgain()),
      signalling.on('disconnected', () => this.#lost()),
      signalling.on('refused', (error) => this.#over(error)),
    );
  }

  on<Name extends Exclude<NotificationName, 'consumers_opened'>>(
    name: Name,
    handler: (payload: Notifications[Name]) => void,
  ): void {
    const { signalling } = this.#options;
    this.#offs.push(signalling.onNotification(name, (payload) => this.#gate.pass(() => handler(payload))));
  }

  /** Holds notifications back from the request until its reply was taken. */
  async #open(): Promise<void> {
    const { signalling, slug, roomId } = this.#options;
    this.#gate.close();
    try {
      const { messages, lastReadSequence } = await signalling.request('open_chat', { room: slug });
      if (this.#closed) return;
      this.#opened = true;
      this.#requester.release();
      this.chat.entered({ roomId, self: signalling.welcome?.userId ?? '', messages, lastReadSequence });
    } finally {
      this.#gate.open();
    }
  }

  async #openAgain(): Promise<void> {
    try {
      await tryUntilDone(
        () => !this.#opened || this.#closed,
        () => this.#open(),
      );
    } catch (error) {
      this.#over(MiniMeetError.from(error));
    }
  }

  #lost(): void {
    this.#requester.hold();
    this.chat.lost();
  }

  #close(): void {
    if (this.#closed) return;
    const { signalling, slug } = this.#options;
    // Without a connection there is nothing to close.
    void signalling.request('close_chat', { room: slug }).catch(() => undefined);
    this.#end();
  }

  #over(error: MiniMeetError): void {
    if (!this.#closed) this.#end(error);
  }

  #end(error?: MiniMeetError): void {
    this.#closed = true;
    this.#offs.forEach((off) => off());
    this.#gate.open();
    this.#requester.end();
    this.chat.ended(error);
    this.#options.closed();
  }
}
