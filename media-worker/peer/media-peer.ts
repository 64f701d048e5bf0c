import type { types } from 'mediasoup';
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
import { MediaError, refusal, unavailable } from '../errors.js';
import type { Viewer } from '../forwarding/room-tracks.js';
import type { MediaSettings } from '../options.js';
import { SafeEmitter } from '../safe-emitter.js';
import type { SampleSchedule } from '../telemetry/sample-schedule.js';
import { fromWireDtlsParameters, toTransportOptions } from '../wire.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import { Batcher, type BatchedEvents } from './batcher.js';
import { PeerSampler, type SamplerParts } from './peer-sampler.js';
import { Publications, type PublicationsParts } from './publications.js';
import { guardDtlsParameters } from './rtp-guard.js';
import { Subscriptions, type SubscriptionsParts } from './subscriptions.js';
import { TransportWatch } from './transport-watch.js';
import { View } from './view.js';

interface MediaPeerEvents extends BatchedEvents {
  /** The last event. */
  closed: [LeaveReason | MediaResetReason];
}

/** Everything that the parts of a peer take, and whose turn it is to be sampled. */
export interface MediaPeerParts extends PublicationsParts, SubscriptionsParts, SamplerParts {
  settings: MediaSettings;
  schedule: SampleSchedule;
}

/** A client that has not confirmed by this long after its transport connected has lost the message (ms). */
const CONFIRM_WAIT_MS = 1_500;

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
  readonly #watches: ReadonlyMap<TransportId, TransportWatch>;
  readonly #connecting = new Set<TransportId>();
  #sampler?: PeerSampler;
  #connected = false;
  #joined = false;
  #closed = false;
  readonly #timers: NodeJS.Timeout[] = [];

  /** Made by `MediaRoom.addPeer`. */
  constructor(parts: MediaPeerParts) {
    const { participantId, roomId, send, recv, roomTracks, settings, tell } = parts;
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
    // Before this listens to the transports itself, so that it is told what ended the media before that ends.
    this.#watches = new Map([
      [send.id, new TransportWatch(send, { roomId, participantId, direction: 'up' }, settings, tell)],
      [recv.id, new TransportWatch(recv, { roomId, participantId, direction: 'down' }, settings, tell)],
    ]);
    this.#watchTransports();
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
    const transport = this.#transport(id);
    guardDtlsParameters(dtlsParameters);
    if (this.#connecting.has(id)) {
      throw new MediaError('WRONG_STATE', 'The transport is connected, or connecting, already.');
    }
    this.#connecting.add(id);
    this.#watches.get(id)?.tried();
    try {
      await this.#requests.send(transport.connect({ dtlsParameters: fromWireDtlsParameters(dtlsParameters) }));
    } catch (error) {
      this.#connecting.delete(id);
      this.#watches.get(id)?.refused();
      throw this.#closed ? unavailable(error) : refusal(error, 'dtlsParameters');
    }
  }

  /** @throws MediaError `NOT_FOUND`, `MEDIA_UNAVAILABLE`. */
  async restartIce(id: TransportId): Promise<IceParameters> {
    const transport = this.#transport(id);
    try {
      const iceParameters = await this.#requests.send(transport.restartIce());
      this.#watches.get(id)?.restarted();
      return iceParameters;
    } catch (error) {
      throw unavailable(error);
    }
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
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#parts.roomTracks.removeViewer(this);
    if (this.#sampler) {
      this.#parts.schedule.remove(this.#sampler);
    }
    this.#batcher.stop();
    this.#subscriptions.close();
    this.#view.holdLikely(false);
    this.#requests.close(this.#parts.send);
    this.#requests.close(this.#parts.recv);
    this.tell('closed', reason);
  }

  get #requests(): WorkerRequests {
    return this.#parts.roomRouter.slot.requests;
  }

  #watchTransports(): void {
    const { send, recv, settings } = this.#parts;
    for (const transport of [send, recv]) {
      transport.on('dtlsstatechange', (state) => {
        if (state === 'connected') {
          this.#connected = true;
        } else if (state === 'failed' || state === 'closed') {
          this.close('transport-failed');
        }
      });
    }
    recv.on('dtlsstatechange', (state) => {
      if (state === 'connected') {
        this.#after(CONFIRM_WAIT_MS, () => {
          this.#subscriptions.confirmAll();
        });
      }
    });
    this.#requests.send(send.setMaxIncomingBitrate(settings.maxIncomingBitrateBps)).catch((error: unknown) => {
      if (!this.#closed) {
        settings.onError(error, 'max-incoming-bitrate');
      }
    });
    this.#after(settings.transportConnectMs, () => {
      // One connected transport shows that the client is there; it may use the other one later: to publish, say.
      if (!this.#connected) {
        for (const watch of this.#watches.values()) {
          watch.expire();
        }
        this.close('transport-failed');
      }
    });
  }

  #after(delayMs: number, act: () => void): void {
    this.#timers.push(setTimeout(act, delayMs).unref());
  }

  #transport(id: TransportId): types.WebRtcTransport {
    this.#assertOpen();
    const { send, recv } = this.#parts;
    const transport = [send, recv].find((candidate) => candidate.id === id);
    if (!transport) {
      throw new MediaError('NOT_FOUND', 'No transport has this id.');
    }
    return transport;
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new MediaError('WRONG_STATE', 'The media has been closed.');
    }
  }
}
