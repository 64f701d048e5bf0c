import type {
  ConsumerChange,
  ConsumerId,
  ConsumerOptions,
  MediaKind,
  MediaSource,
  ParticipantId,
  ProducerId,
} from '@minimeet/protocol';
import type { Consumer } from 'mediasoup-client/types';
import { MiniMeetError } from './errors.js';
import type { MediaSession } from './media-session.js';

/** One track that comes in. */
export interface RemoteTrack {
  readonly consumerId: ConsumerId;
  readonly producerId: ProducerId;
  readonly participantId: ParticipantId;
  readonly source: MediaSource;
  readonly kind: MediaKind;
  readonly track: MediaStreamTrack;
  /** Nothing comes now: muted, off screen, or not among the loudest. */
  readonly paused: boolean;
  /** The layer that comes, 0 the smallest; absent while nothing does, and for audio. */
  readonly spatialLayer?: number;
}

interface Entry {
  consumer: Consumer;
  remoteTrack: RemoteTrack;
}

interface RemoteTrackListeners {
  added(track: RemoteTrack): void;
  changed(track: RemoteTrack): void;
  removed(track: RemoteTrack): void;
  failed(error: MiniMeetError): void;
}

/** The consumers of one room, kept as the server says. */
export class RemoteTracks {
  readonly #listeners: RemoteTrackListeners;
  readonly #entries = new Map<ConsumerId, Entry>();
  readonly #tracks = new Map<ConsumerId, RemoteTrack>();
  /** Being negotiated, with the newest change that overtook them; `'closed'` when a close did. */
  readonly #opening = new Map<ConsumerId, ConsumerChange | 'closed' | null>();

  constructor(listeners: RemoteTrackListeners) {
    this.#listeners = listeners;
  }

  get all(): ReadonlyMap<ConsumerId, RemoteTrack> {
    return this.#tracks;
  }

  find(participantId: ParticipantId, source: MediaSource): RemoteTrack | undefined {
    for (const track of this.#tracks.values()) {
      if (track.participantId === participantId && track.source === source) return track;
    }
    return undefined;
  }

  /** Opens the consumers that are not here yet (after a resume, some are). Resolves when all are ready to receive. */
  async open(media: MediaSession, options: ConsumerOptions[]): Promise<void> {
    const fresh = options.filter(({ id }) => !this.#entries.has(id) && !this.#opening.has(id));
    await Promise.all(fresh.map((option) => this.#openOne(media, option)));
  }

  change(changes: ConsumerChange[]): void {
    for (const change of changes) {
      if (this.#opening.has(change.id) && this.#opening.get(change.id) !== 'closed')
        this.#opening.set(change.id, change);
      const entry = this.#entries.get(change.id);
      if (!entry) continue;
      const { paused, spatialLayer } = change;
      this.#tracks.set(change.id, (entry.remoteTrack = { ...entry.remoteTrack, paused, spatialLayer }));
      this.#listeners.changed(entry.remoteTrack);
    }
  }

  close(ids: Iterable<ConsumerId>): void {
    for (const id of ids) {
      if (this.#opening.has(id)) this.#opening.set(id, 'closed');
      const entry = this.#entries.get(id);
      if (!entry) continue;
      this.#entries.delete(id);
      this.#tracks.delete(id);
      entry.consumer.close();
      this.#listeners.removed(entry.remoteTrack);
    }
  }

  /** Closes all that `keep` does not want. */
  retain(keep: (track: RemoteTrack) => boolean): void {
    this.close([...this.#tracks.values()].filter((track) => !keep(track)).map(({ consumerId }) => consumerId));
  }

  closeAll(): void {
    for (const id of this.#opening.keys()) this.#opening.set(id, 'closed');
    this.retain(() => false);
  }

  async #openOne(media: MediaSession, options: ConsumerOptions): Promise<void> {
    const { id, producerId, participantId, source, kind } = options;
    this.#opening.set(id, null);
    try {
      const consumer = await media.consume(options);
      const overtaken = this.#opening.get(id);
      if (overtaken === 'closed' || media.closed) {
        consumer.close();
        return;
      }
      const { paused, spatialLayer } = overtaken ?? { paused: false, spatialLayer: undefined };
      const remoteTrack = {
        consumerId: id,
        producerId,
        participantId,
        source,
        kind,
        track: consumer.track,
        paused,
        spatialLayer,
      };
      this.#entries.set(id, { consumer, remoteTrack });
      this.#tracks.set(id, remoteTrack);
      this.#listeners.added(remoteTrack);
    } catch (error) {
      // The transport was closed under it: its successor gets consumers of its own.
      if (!media.closed) this.#listeners.failed(MiniMeetError.from(error));
    } finally {
      this.#opening.delete(id);
    }
  }
}
