import type {
  ConsumerOptions,
  JoinRoomReply,
  JoinRoomRequest,
  LeaveReason,
  NotificationName,
  Notifications,
} from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import { Gate } from './gate.js';
import { tryUntilDone } from './retry.js';
import type { Signalling } from './signalling.js';

interface StayCallbacks {
  /** Makes the request of a join, without the resume token. */
  request: () => JoinRoomRequest;
  /** Joined, resumed, or joined anew. Notifications that came since the request follow after it. */
  entered: (reply: JoinRoomReply) => void;
  /** The connection is lost; `entered` follows, or `over`. */
  lost: () => void;
  /** It cannot be brought back. */
  over: (reason: LeaveReason, error: MiniMeetError) => void;
}

/**
 * Keeps a person in a room: joins, resumes after a lost connection, joins anew when the media is lost, and keeps
 * notifications in order.
 */
export class Stay {
  readonly #signalling: Signalling;
  readonly #callbacks: StayCallbacks;
  readonly #gate = new Gate();
  readonly #offs: (() => void)[];
  #resumeToken: string | undefined;
  #entering: Promise<void> | null = null;
  #enterAgain = false;
  #makingMedia = false;
  #ended = false;

  constructor(signalling: Signalling, callbacks: StayCallbacks) {
    this.#signalling = signalling;
    this.#callbacks = callbacks;
    // Notifications before the first ack wait for it.
    this.#gate.close();
    this.#offs = [
      signalling.on('connected', () => this.#return()),
      signalling.on('disconnected', () => this.#callbacks.lost()),
      signalling.on('refused', (error) => this.#callbacks.over('timed-out', error)),
      signalling.onNotification('media_reset', () => this.#mediaReset()),
    ];
  }

  /** Joining or joining again; `null` in between. It never rejects. */
  get entering(): Promise<void> | null {
    return this.#entering;
  }

  /** The first join. @throws MiniMeetError */
  enter(): Promise<void> {
    const entered = this.#enter();
    this.#entering = entered.catch(() => undefined).finally(() => (this.#entering = null));
    return entered;
  }

  /** Joins the same room again, for new transports. */
  rebuild(): void {
    if (this.#ended) return;
    if (this.#entering) {
      this.#enterAgain = true;
      return;
    }
    this.#entering = this.#enterUntilDone().finally(() => (this.#entering = null));
  }

  on<Name extends Exclude<NotificationName, 'consumers_opened' | 'media_reset' | 'removed'>>(
    name: Name,
    handler: (payload: Notifications[Name]) => void,
  ): void {
    this.#offs.push(this.#signalling.onNotification(name, (payload) => this.#gate.pass(() => handler(payload))));
  }

  onConsumersOpened(handler: (consumers: ConsumerOptions[]) => Promise<void>): void {
    this.#offs.push(
      this.#signalling.onConsumersOpened(
        (consumers) =>
          new Promise((resolve, reject) => this.#gate.pass(() => void handler(consumers).then(resolve, reject))),
      ),
    );
  }

  /** Somebody else ended the stay. Told at once, so that nothing joins again by itself. */
  onRemoved(handler: (reason: LeaveReason) => void): void {
    this.#offs.push(
      this.#signalling.onNotification('removed', ({ reason }) => {
        // Before the first ack it may speak of an earlier stay.
        if (this.#resumeToken === undefined) return this.#gate.pass(() => handler(reason));
        // A join that is on its way would bring back, or replace, whoever should be out.
        void this.#entering?.then(() => this.leave());
        handler(reason);
      }),
    );
  }

  /** Tells the server; when that fails, the grace time tells it. */
  async leave(): Promise<void> {
    await this.#signalling.request('leave_room', {}).catch(() => undefined);
  }

  end(): void {
    this.#ended = true;
    this.#offs.forEach((off) => off());
    this.#gate.open();
  }

  /** A connection is there again. */
  #return(): void {
    // A stay that was never entered is not resumed: its `enter()` failed with the connection.
    if (this.#resumeToken === undefined) return;
    this.#gate.close();
    this.#enterAgain = false;
    const before = this.#entering ?? Promise.resolve();
    this.#entering = before.then(() => this.#enterUntilDone(this.#resumeToken)).finally(() => (this.#entering = null));
  }

  async #enterUntilDone(resumeToken?: string): Promise<void> {
    try {
      await tryUntilDone(
        () => this.#ended,
        async () => {
          await this.#enter(resumeToken);
          while (this.#enterAgain && !this.#ended) {
            this.#enterAgain = false;
            resumeToken = undefined;
            await this.#enter();
          }
        },
      );
    } catch (error) {
      if (!this.#ended) this.#callbacks.over('failed', MiniMeetError.from(error));
    }
  }

  async #enter(resumeToken?: string): Promise<void> {
    this.#gate.close();
    this.#makingMedia = resumeToken === undefined;
    try {
      const reply = await this.#signalling.request('join_room', { ...this.#callbacks.request(), resumeToken });
      if (this.#ended) return;
      this.#resumeToken = reply.resumeToken;
      this.#callbacks.entered(reply);
    } finally {
      this.#makingMedia = false;
      this.#gate.open();
    }
  }

  #mediaReset(): void {
    // Before the ack of a request for new media it speaks of the old one.
    if (!this.#makingMedia) this.#gate.pass(() => this.rebuild());
  }
}
