import {
  LIMITS,
  type ConsumerId,
  type ConsumerOptions,
  type DtlsParameters,
  type IceParameters,
  type InitialView,
  type LeaveReason,
  type MediaResetReason,
  type MediaSource,
  type ParticipantId,
  type ProducerId,
  type ProducerOptions,
  type Publication,
  type Tile,
  type TransportId,
  type TransportOptions,
} from '@minimeet/protocol';
import { MediaError } from '../errors.js';
import type { RoomRouter } from '../forwarding/room-router.js';
import type { Viewer } from '../forwarding/room-tracks.js';
import type { MediaSettings } from '../options.js';
import { SafeEmitter } from '../safe-emitter.js';
import type { SampleSchedule } from '../telemetry/sample-schedule.js';
import { toTransportOptions } from '../wire.js';
import { Batcher, type BatchedEvents } from './batcher.js';
import { PeerSampler, type SamplerParts } from './peer-sampler.js';
import { Publications, type PublicationsParts } from './publications.js';
import { Subscriptions, type SubscriptionsParts } from './subscriptions.js';
import { Transports, type TransportsParts } from './transports.js';
import { View } from './view.js';

interface MediaPeerEvents extends BatchedEvents {
  /** The last event. */
  closed: [LeaveReason | MediaResetReason];
}

/** Everything that the parts of a peer take, and whose turn it is to be sampled. */
export interface MediaPeerParts extends PublicationsParts, SubscriptionsParts, TransportsParts, SamplerParts {
  roomRouter: RoomRouter;
  settings: MediaSettings;
  schedule: SampleSchedule;
}

/** One participant's media: two transports, what they publish and what they receive. */
export class MediaPeer extends SafeEmitter<MediaPeerEvents> implements Viewer {
  readonly id: ParticipantId;
  readonly sendTransport: TransportOptions;
  readonly recvTransport: TransportOptions;
  readonly #parts: MediaPeerParts;
  readonly #batcher: Batcher;
  readonly #subscriptions: Subscriptions;
  readonly #publications: Publications;
  readonly #view: View;
  readonly #transports: Transports;
  #sampler?: PeerSampler;
  #joined = false;
  #closed = false;

  /** Made by `MediaRoom.addPeer`. */
  constructor(parts: MediaPeerParts) {
    const { participantId, send, recv, roomTracks, settings } = parts;
    super(settings);
    this.#parts = parts;
    this.id = participantId;
    // The first announced address is in the candidates that mediasoup makes.
    const moreAddresses = settings.announcedAddresses.slice(1);
    this.sendTransport = toTransportOptions(send, moreAddresses);
    this.recvTransport = toTransportOptions(recv, moreAddresses);
    this.#batcher = new Batcher((...batch) => {
      this.tell(...batch);
    });
    this.#subscriptions = new Subscriptions(parts, this.#batcher);
    this.#publications = new Publications(parts, this.#batcher);
    this.#view = new View(participantId, roomTracks);
    this.#transports = new Transports(parts, {
      failed: () => {
        this.close('transport-failed');
      },
      settled: () => {
        this.#subscriptions.confirmAll();
      },
    });
    roomTracks.addViewer(this);
    this.reconcile();
  }

  get publications(): Publication[] {
    return this.#publications.list();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Lets the peer receive and publish. Before that it is only prepared: its transports connect.
   *
   * @param view picks the tiles until the first `setView`; no video when absent.
   * @throws MediaError `WRONG_STATE` when closed; joining twice changes nothing.
   */
  join(view?: InitialView): void {
    this.#assertOpen();
    if (this.#joined) {
      return;
    }
    this.#joined = true;
    this.#view.begin(view);
    this.#sampler = new PeerSampler(this.#parts, {
      producers: () => this.#publications.producers(),
      subscriptions: () => this.#subscriptions.flowing(),
    });
    this.#parts.schedule.add(this.#sampler);
    this.reconcile();
  }

  /** @throws MediaError `NOT_FOUND`, `WRONG_STATE` (the second time), `UNSUPPORTED_MEDIA`, `MEDIA_UNAVAILABLE`. */
  async connectTransport(id: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    this.#assertOpen();
    await this.#transports.connect(id, dtlsParameters);
  }

  /** @throws MediaError `NOT_FOUND`, `MEDIA_UNAVAILABLE`. */
  async restartIce(id: TransportId): Promise<IceParameters> {
    this.#assertOpen();
    return this.#transports.restartIce(id);
  }

  /**
   * Publishes all or none. Asking again with the same `requestId` publishes once.
   *
   * @returns the ids in the order asked for.
   * @throws MediaError `WRONG_STATE` before `join`, `LIMIT_EXCEEDED` (a source twice), `CONFLICT` (somebody else's id),
   *   `UNSUPPORTED_MEDIA`, `MEDIA_UNAVAILABLE`.
   */
  async produce(options: readonly ProducerOptions[]): Promise<ProducerId[]> {
    this.#assertOpen();
    if (!this.#joined) {
      throw new MediaError('WRONG_STATE', 'One publishes after joining.');
    }
    return this.#publications.produce(options);
  }

  /** @throws MediaError `NOT_FOUND`, `MEDIA_UNAVAILABLE`. */
  async pauseProducer(id: ProducerId): Promise<void> {
    this.#assertOpen();
    await this.#publications.setPaused(id, true);
  }

  /** @throws MediaError `NOT_FOUND`, `MEDIA_UNAVAILABLE`. */
  async resumeProducer(id: ProducerId): Promise<void> {
    this.#assertOpen();
    await this.#publications.setPaused(id, false);
  }

  /** @throws MediaError `NOT_FOUND`. */
  async closeProducer(id: ProducerId): Promise<void> {
    this.#assertOpen();
    this.#publications.close(id);
  }

  /**
   * Silences a source for its owner: pauses a microphone or a camera, which only they resume; ends a screen and its
   * sound.
   *
   * @returns the sources that flowed and no longer do.
   * @throws MediaError `MEDIA_UNAVAILABLE`.
   */
  async mute(source: MediaSource): Promise<MediaSource[]> {
    this.#assertOpen();
    return this.#publications.mute(source);
  }

  /**
   * Sets the tiles that the page shows now. Tiles of the peer itself, and of absent participants, are ignored.
   *
   * @throws MediaError `LIMIT_EXCEEDED`, `WRONG_STATE`.
   */
  setView(tiles: readonly Tile[]): void {
    this.#assertOpen();
    if (tiles.length > LIMITS.tiles) {
      throw new MediaError('LIMIT_EXCEEDED', `A view has at most ${LIMITS.tiles} tiles.`);
    }
    this.#view.set(tiles);
    this.reconcile();
  }

  /** The client's own voice detection: a hint, which measurements confirm or refute. */
  setSpeaking(speaking: boolean): void {
    this.#assertOpen();
    this.#parts.roomTracks.hint(this.id, speaking);
  }

  /** The client's ack of `consumers-opened`. */
  confirmConsumers(ids: readonly ConsumerId[]): void {
    this.#subscriptions.confirm(ids);
  }

  /** All consumers, for a client that resumes; drops all untold news of them. */
  consumers(): ConsumerOptions[] {
    this.#batcher.discardConsumers();
    return this.#subscriptions.options();
  }

  /**
   * Tells the present state in 'consumers-changed' and 'layers-wanted', changed or not: for a client that resumes and
   * may have missed some. It comes after the result of `consumers`.
   */
  announceState(): void {
    this.#subscriptions.announceState();
    this.#publications.announceState();
  }

  /** Compares what this participant should receive with what they do. */
  reconcile(): void {
    if (this.#closed) {
      return;
    }
    if (this.#joined) {
      this.#subscriptions.reconcile(this.#view.wanted());
    }
    this.#view.holdLikely(!this.#joined);
  }

  /** Closes the transports, and so everything on them. */
  close(reason: LeaveReason | MediaResetReason): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#parts.roomTracks.removeViewer(this);
    if (this.#sampler) {
      this.#parts.schedule.remove(this.#sampler);
    }
    this.#batcher.stop();
    this.#subscriptions.close();
    this.#view.holdLikely(false);
    this.#transports.close();
    this.tell('closed', reason);
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new MediaError('WRONG_STATE', 'The media has been closed.');
    }
  }
}
