import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type { Direction, ParticipantId } from '@minimeet/protocol';
import { MEDIA_CODECS } from '../codecs.js';
import { MediaError, unavailable } from '../errors.js';
import type { MediaSettings } from '../options.js';
import type { WorkerSlot } from '../workers/worker-slot.js';
import { LevelMeter } from './level-meter.js';
import { Pipes } from './pipes.js';
import type { Home, PublishedTrack } from './published-track.js';

interface RoomRouterEvents {
  /** Levels of the microphones that are not quiet (dBov), each over 250 ms, several times in that; empty in silence. */
  levels: [ReadonlyMap<ParticipantId, number>];
  closed: [];
}

/** Where the estimate of a receiver's link starts, so that the first pictures are not the smallest (bit/s). */
const INITIAL_OUTGOING_BITRATE_BPS = 1_500_000;
/** Data channels serve only to connect transports before there is media: nothing large passes through them. */
const SCTP_MESSAGE_BYTES = 16_384;
const SCTP_WINDOW_BYTES = 131_072;

/** A room's part on one slot: its router, the microphones measured there and what is piped in from other slots. */
export class RoomRouter extends EventEmitter<RoomRouterEvents> implements Home {
  readonly #settings: MediaSettings;
  readonly #pipes: Pipes;
  #router?: Promise<types.Router>;
  #meter?: Promise<LevelMeter>;
  #peers = 0;
  #consumers = 0;
  #closed = false;

  constructor(
    readonly slot: WorkerSlot,
    settings: MediaSettings,
  ) {
    super();
    this.#settings = settings;
    this.#pipes = new Pipes(slot.requests, settings);
    slot.rooms += 1;
  }

  /** Counts participants with transports here, coming ones included. */
  get peers(): number {
    return this.#peers;
  }

  get consumers(): number {
    return this.#consumers;
  }

  get closed(): boolean {
    return this.#closed;
  }

  addPeer(): void {
    this.#peers += 1;
    this.slot.peers += 1;
  }

  removePeer(): void {
    this.#peers -= 1;
    this.slot.peers -= 1;
  }

  addConsumer(consumer: types.Consumer): void {
    this.slot.counts.addConsumer(consumer);
    this.#consumers += 1;
    consumer.observer.once('close', () => {
      this.#consumers -= 1;
    });
  }

  /** The router; one call makes it, the others share it. @throws MediaError `MEDIA_UNAVAILABLE`, and closes then. */
  ready(): Promise<types.Router> {
    this.#router ??= this.#createRouter();
    return this.#router;
  }

  /** @throws MediaError `MEDIA_UNAVAILABLE`, or what the worker says. */
  async createTransport(direction: Direction): Promise<types.WebRtcTransport> {
    const router = await this.ready();
    const { requests, counts } = this.slot;
    const transport = await requests.make(
      router.createWebRtcTransport({
        webRtcServer: this.slot.webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        enableSctp: true,
        maxSendMessageSize: SCTP_MESSAGE_BYTES,
        maxReceiveMessageSize: SCTP_MESSAGE_BYTES,
        sctpMaxReceiverWindowBufferSize: SCTP_WINDOW_BYTES,
        initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE_BPS,
      }),
    );
    if (this.#closed) {
      requests.close(transport);
      throw closedError();
    }
    counts.addTransport(transport, direction);
    return transport;
  }

  /** Measures a microphone that lives here. */
  async measure(track: PublishedTrack): Promise<void> {
    this.#meter ??= this.#createMeter();
    const meter = await this.#meter;
    if (!track.closed) {
      await meter.add(track);
    }
  }

  /** Whether a producer can be consumed here without waiting. */
  has(track: PublishedTrack): boolean {
    return track.home === this || this.#pipes.has(track);
  }

  /**
   * Makes a producer consumable here, through a pipe when it lives on another slot.
   *
   * @throws MediaError `MEDIA_UNAVAILABLE`; the next call tries again.
   */
  async bring(track: PublishedTrack): Promise<void> {
    const router = await this.ready();
    if (track.home !== this) {
      try {
        await this.#pipes.bring(track, router);
      } catch (error) {
        // No failure of a pipe is the fault of what is published.
        throw unavailable(error);
      }
    }
  }

  /** Counts a consumer of `track` that flows; each call needs one of `release`. */
  use(track: PublishedTrack): void {
    this.#pipes.use(track);
  }

  release(track: PublishedTrack): void {
    this.#pipes.release(track);
  }

  /** Closes the router, and so everything on it. */
  close(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.slot.rooms -= 1;
    this.#router?.then(
      (router) => {
        this.slot.requests.close(router);
      },
      // It was never made.
      () => undefined,
    );
    this.emit('closed');
  }

  async #createRouter(): Promise<types.Router> {
    try {
      const router = await this.slot.createRouter(MEDIA_CODECS);
      if (router.closed || this.#closed) {
        this.slot.requests.close(router);
        throw closedError();
      }
      router.observer.once('close', () => {
        this.close();
      });
      return router;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  async #createMeter(): Promise<LevelMeter> {
    return LevelMeter.create(await this.ready(), this.slot.requests, this.#settings, (levels) => {
      this.emit('levels', levels);
    });
  }
}

function closedError(): MediaError {
  return new MediaError('MEDIA_UNAVAILABLE', "The room's router closed.");
}
