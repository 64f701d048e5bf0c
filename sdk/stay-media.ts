import {
  backoffMs,
  type BackoffRange,
  type JoinRoomReply,
  type MediaSource,
  type ProducerId,
  type Publication,
} from '@minimeet/protocol';
import type { Device } from 'mediasoup-client/types';
import { MiniMeetError } from './errors.js';
import { LocalPublication } from './local-publication.js';
import { MediaSession, type MediaState } from './media-session.js';
import type { PersistentRequester } from './persistent-requester.js';
import { delay } from './retry.js';

interface StayMediaCallbacks {
  changed: (state: MediaState) => void;
  /** Consumers can receive from now on. */
  receiving: () => void;
  /** The consumers of the session before ended with it. */
  replaced: () => void;
  /** Only new transports help: the room has to be joined again. */
  rebuild: () => void;
  unpublished: (publication: LocalPublication) => void;
  failed: (error: MiniMeetError) => void;
  /** Joining or joining again; `null` in between. */
  entering: () => Promise<void> | null;
}

const REBUILD: BackoffRange = { fromMs: 1_000, toMs: 30_000 };

/** The media of one stay: its session, the successor after a loss, and one's own publications, which outlive both. */
export class StayMedia {
  readonly #device: Device | null;
  readonly #requester: PersistentRequester;
  readonly #callbacks: StayMediaCallbacks;
  readonly #publications = new Map<MediaSource, LocalPublication>();
  #session: MediaSession | null = null;
  #lostInARow = 0;
  #ended = false;

  /** @param device `null`: without media. */
  constructor(device: Device | null, requester: PersistentRequester, callbacks: StayMediaCallbacks) {
    this.#device = device;
    this.#requester = requester;
    this.#callbacks = callbacks;
  }

  get device(): Device | null {
    return this.#device;
  }

  get session(): MediaSession | null {
    return this.#session;
  }

  get publications(): ReadonlyMap<MediaSource, LocalPublication> {
    return this.#publications;
  }

  /** A session that was prepared before the join. */
  begin(prepared: MediaSession): void {
    this.#session = prepared;
    this.#adopt(prepared);
  }

  /** Joined, resumed or joined anew. @returns whether the session of before goes on. */
  use({ media, resumed }: JoinRoomReply): boolean {
    const before = this.#session;
    if (before && !before.closed && (media ? before.matches(media) : resumed)) {
      before.repair();
      return true;
    }
    // Its end is no news; its successor is.
    this.#session = null;
    before?.close();
    this.#callbacks.replaced();
    if (!media || !this.#device) return false;
    const session = new MediaSession(this.#device, media, this.#requester);
    this.#session = session;
    this.#adopt(session);
    for (const publication of this.#publications.values()) {
      const again = before !== null;
      const attached = publication.attach(session);
      // `publish()` tells the failure of the first time; nobody else would tell a later one.
      attached.catch((error: unknown) => (again ? this.#republishFailed(publication, session, error) : undefined));
    }
    session.warmUp().catch((error: unknown) => {
      if (!session.closed) this.#callbacks.failed(MiniMeetError.from(error));
    });
    this.#callbacks.changed(session.state);
    return false;
  }

  /** `Room.publish` */
  async publish(
    track: MediaStreamTrack,
    { source, paused = false }: { source: MediaSource; paused?: boolean },
  ): Promise<LocalPublication> {
    if (this.#ended) throw new MiniMeetError('WRONG_STATE', 'The room was left.');
    if (!this.#device) throw new MiniMeetError('UNSUPPORTED_MEDIA', 'This room was joined without media.');
    if (this.#publications.has(source)) throw new MiniMeetError('WRONG_STATE', `There is a ${source} already.`);
    const publication = new LocalPublication(track, source, this.#requester, paused);
    this.#publications.set(source, publication);
    publication.once('closed', () => {
      this.#publications.delete(source);
      this.#callbacks.unpublished(publication);
    });
    publication.on('unmute-refused', (error) => this.#callbacks.failed(error));
    if (this.#session) void publication.attach(this.#session).catch(() => undefined);
    await this.#attached(publication);
    return publication;
  }

  /** `muted` */
  mutedByOther(source: MediaSource): void {
    const publication = this.#publications.get(source);
    if (source === 'microphone' || source === 'camera') publication?.mutedByOther();
    else publication?.end();
  }

  /** Takes over what the server has paused or ended unheard during a lost connection. @returns the paused sources. */
  match(onServer: readonly Publication[]): MediaSource[] {
    const paused: MediaSource[] = [];
    for (const publication of [...this.#publications.values()].filter(({ isProduced }) => isProduced)) {
      const found = onServer.find(({ producerId }) => producerId === publication.producerId);
      if (!found) publication.end();
      else if (publication.matchPaused(found.paused)) paused.push(publication.source);
    }
    return paused;
  }

  /** `layers_wanted` */
  limitLayers(producerId: ProducerId, maxSpatialLayer: number): void {
    for (const publication of this.#publications.values()) {
      if (publication.producerId === producerId) publication.limitLayers(maxSpatialLayer);
    }
  }

  end(): void {
    this.#ended = true;
    const session = this.#session;
    this.#session = null;
    session?.close();
    this.#callbacks.replaced();
    for (const publication of [...this.#publications.values()]) publication.end();
  }

  #adopt(session: MediaSession): void {
    session.useRequester(this.#requester);
    session.on('state-changed', (state) => {
      if (session !== this.#session) return;
      if (state === 'connected') this.#lostInARow = 0;
      this.#callbacks.changed(state);
    });
    if (session.receiving) this.#callbacks.receiving();
    else session.on('receiving', () => this.#callbacks.receiving());
    session.on('error', (error) => this.#callbacks.failed(error));
    session.on('lost', () => {
      // At once after media that worked; a path that never opens is tried more and more seldom.
      const delayMs = this.#lostInARow === 0 ? 0 : backoffMs(this.#lostInARow, REBUILD);
      this.#lostInARow += 1;
      void delay(delayMs).then(() => {
        if (session === this.#session) this.#callbacks.rebuild();
      });
    });
  }

  #republishFailed(publication: LocalPublication, session: MediaSession, error: unknown): void {
    if (session !== this.#session || session.closed) return;
    publication.end();
    this.#callbacks.failed(MiniMeetError.from(error));
  }

  /** Resolves when the publication is sent, through whichever session it takes. */
  async #attached(publication: LocalPublication): Promise<void> {
    const { entering } = this.#callbacks;
    for (;;) {
      await entering();
      const [attempt, session] = [publication.attached, this.#session];
      try {
        if (!attempt) throw new MiniMeetError('UNSUPPORTED_MEDIA', 'The server gave this room no media.');
        await attempt;
        return;
      } catch (error) {
        const superseded = publication.attached !== attempt || this.#session !== session || entering() !== null;
        if (superseded && !this.#ended) continue;
        publication.end();
        throw error;
      }
    }
  }
}
