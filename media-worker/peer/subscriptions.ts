import type { types } from 'mediasoup';
import {
  LIMITS,
  type ConsumerId,
  type ConsumerOptions,
  type MediaOwner,
  type ProducerId,
  type RtpCapabilities,
} from '@minimeet/protocol';
import { MediaError, refusal } from '../errors.js';
import type { PublishedTrack } from '../forwarding/published-track.js';
import type { RoomRouter } from '../forwarding/room-router.js';
import type { RoomTracks } from '../forwarding/room-tracks.js';
import type { MediaSettings } from '../options.js';
import type { Tell } from '../telemetry/telemetry.js';
import { fromWireCapabilities } from '../wire.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import type { Batcher } from './batcher.js';
import { Demands } from './demands.js';
import { Retries } from './retries.js';
import { Subscription } from './subscription.js';
import { planView, type Wanted } from './view-plan.js';

/** A passing failure that this many tries in a row did not heal is reported, once. */
const REPORTED_AFTER = 3;

/** The participant who receives, and where their tracks come from. */
export interface SubscriptionsParts extends MediaOwner {
  recv: types.WebRtcTransport;
  rtpCapabilities: RtpCapabilities;
  roomRouter: RoomRouter;
  roomTracks: RoomTracks;
  settings: Pick<MediaSettings, 'onError'>;
  tell: Tell;
}

/** The consumers of one participant; makes them follow what is wanted. */
export class Subscriptions {
  readonly #parts: SubscriptionsParts;
  readonly #batcher: Batcher;
  readonly #held = new Map<ConsumerId, Subscription>();
  readonly #opening = new Set<ProducerId>();
  /** Tracks that this device cannot decode, or mediasoup refused: these are not tried again. */
  readonly #refused = new Set<ProducerId>();
  readonly #demands: Demands;
  readonly #retries: Retries;
  readonly #rtpCapabilities: types.RtpCapabilities;
  readonly #requests: WorkerRequests;
  #lastWanted = 0;
  #closed = false;

  constructor(parts: SubscriptionsParts, batcher: Batcher) {
    this.#parts = parts;
    this.#batcher = batcher;
    this.#demands = new Demands(parts.participantId);
    this.#rtpCapabilities = fromWireCapabilities(parts.rtpCapabilities);
    this.#requests = parts.roomRouter.slot.requests;
    this.#retries = new Retries(() => {
      parts.roomTracks.changed();
    });
  }

  /** @returns the subscriptions through which something flows, as far as is known here. */
  flowing(): Subscription[] {
    return [...this.#held.values()].filter(({ flowing, consumer }) => flowing && !consumer.producerPaused);
  }

  options(): ConsumerOptions[] {
    return [...this.#held.values()].map((subscription) => subscription.options);
  }

  /** Makes the flowing tracks equal to the wanted ones; waits for no worker. */
  reconcile(wanted: readonly Wanted[]): void {
    if (this.#closed) {
      return;
    }
    this.#updateDemand(wanted);
    const wantedIds = new Set(wanted.map(({ producerId }) => producerId));
    this.#lastWanted += 1;
    for (const subscription of this.#held.values()) {
      if (wantedIds.has(subscription.track.id)) {
        subscription.lastWanted = this.#lastWanted;
      }
    }
    const plan = planView(
      wanted.filter(({ producerId }) => !this.#refused.has(producerId) && !this.#retries.isResting(producerId)),
      [...this.#held.values()].map(({ held }) => held),
      this.#opening,
      LIMITS.consumersPerParticipant,
    );
    for (const id of plan.close) {
      this.#close(id);
    }
    for (const { consumerId, spatialLayer } of plan.layers) {
      const subscription = this.#held.get(consumerId);
      this.#background(subscription?.setSpatialLayer(spatialLayer), subscription);
    }
    for (const id of plan.pause) {
      this.#setPaused(id, true);
    }
    for (const id of plan.resume) {
      this.#setPaused(id, false);
    }
    this.#open(plan.open);
  }

  /** The client knows these consumers. Unknown ids are of consumers that closed meanwhile. */
  confirm(ids: Iterable<ConsumerId>): void {
    for (const id of ids) {
      const subscription = this.#held.get(id);
      this.#background(subscription?.confirm(), subscription);
    }
  }

  /** For a client whose confirmations were lost: a picture late rather than never. */
  confirmAll(): void {
    this.confirm(this.#held.keys());
  }

  /** Tells of every video how it is now. */
  announceState(): void {
    for (const subscription of this.#held.values()) {
      const state = subscription.takeState();
      if (state) {
        this.#batcher.changed(state);
      }
    }
  }

  /** Wants nothing any more. The consumers close with their transport. */
  close(): void {
    this.#closed = true;
    this.#retries.close();
    this.#updateDemand([]);
  }

  #updateDemand(wanted: readonly Wanted[]): void {
    const layers = new Map<PublishedTrack, number>();
    for (const { producerId, spatialLayer } of wanted) {
      const track = this.#parts.roomTracks.get(producerId);
      if (track && spatialLayer !== undefined) {
        layers.set(track, spatialLayer);
      }
    }
    this.#demands.set(layers);
  }

  #close(id: ConsumerId): void {
    const subscription = this.#held.get(id);
    if (subscription) {
      this.#requests.close(subscription.consumer);
    }
  }

  #setPaused(id: ConsumerId, paused: boolean): void {
    const subscription = this.#held.get(id);
    // A consumer closes with its producer, of which the worker knows before we do.
    if (!subscription || subscription.track.closed) {
      return;
    }
    subscription.paused = paused;
    if (paused) {
      this.#parts.roomRouter.release(subscription.track);
    } else {
      this.#parts.roomRouter.use(subscription.track);
    }
    this.#background(subscription.apply(), subscription);
    this.#tellChange(subscription);
  }

  /** One batch for what is here and one for what must be piped first, so that no pipe holds up the rest. */
  #open(wanted: readonly Wanted[]): void {
    const here: [PublishedTrack, Wanted][] = [];
    const elsewhere: [PublishedTrack, Wanted][] = [];
    for (const want of wanted) {
      const track = this.#parts.roomTracks.get(want.producerId);
      if (!track || track.closed) {
        continue;
      }
      if (!this.#parts.roomTracks.canConsume(track, this.#rtpCapabilities)) {
        this.#refused.add(track.id);
        continue;
      }
      this.#opening.add(track.id);
      (this.#parts.roomRouter.has(track) ? here : elsewhere).push([track, want]);
    }
    for (const batch of [here, elsewhere]) {
      if (batch.length > 0) {
        this.#background(this.#openBatch(batch));
      }
    }
  }

  async #openBatch(batch: readonly [PublishedTrack, Wanted][]): Promise<void> {
    const made = await Promise.all(batch.map(([track, want]) => this.#openOne(track, want)));
    if (this.#closed) {
      return;
    }
    const open = made.filter((subscription) => subscription && !subscription.consumer.closed);
    this.#batcher.opened(open.flatMap((subscription) => subscription?.options ?? []));
    for (const subscription of open) {
      this.#tellChange(subscription);
    }
    // The view may have changed while the worker answered.
    this.#parts.roomTracks.changed();
  }

  /** @returns `undefined` when it failed; it is tried again later unless it never can work. */
  async #openOne(track: PublishedTrack, want: Wanted): Promise<Subscription | undefined> {
    try {
      await this.#parts.roomRouter.bring(track);
      const consumer = await this.#requests.make(this.#consume(track, want));
      if (this.#closed || track.closed) {
        this.#requests.close(consumer);
        return undefined;
      }
      this.#retries.succeeded(track);
      return this.#hold(new Subscription(track, consumer, this.#requests, want.spatialLayer, this.#lastWanted));
    } catch (error) {
      this.#failed(track, error);
      return undefined;
    } finally {
      this.#opening.delete(track.id);
    }
  }

  #consume(track: PublishedTrack, want: Wanted): Promise<types.Consumer> {
    const layered = want.spatialLayer !== undefined && track.spatialLayers > 1;
    return this.#parts.recv.consume({
      producerId: track.producer.id,
      rtpCapabilities: this.#rtpCapabilities,
      // A key frame that reaches a browser before its SDP exchange is done is lost, and the publisher gives no other
      // for 300 ms: so video waits for the client's confirmation. Audio needs no key frame.
      paused: track.kind === 'video',
      ...(layered ? { preferredLayers: { spatialLayer: want.spatialLayer ?? 0 } } : {}),
    });
  }

  #hold(subscription: Subscription): Subscription {
    const { consumer, track, id } = subscription;
    this.#held.set(id, subscription);
    this.#parts.roomRouter.addConsumer(consumer);
    this.#parts.roomRouter.use(track);
    const tellChange = (): void => {
      this.#tellChange(subscription);
    };
    consumer.on('producerpause', tellChange);
    consumer.on('producerresume', tellChange);
    consumer.on('layerschange', () => {
      tellChange();
      this.#tellLayerSwitch(subscription);
    });
    consumer.observer.once('close', () => {
      this.#held.delete(id);
      if (!subscription.paused) {
        this.#parts.roomRouter.release(track);
      }
      this.#batcher.closed(id);
    });
    return subscription;
  }

  #tellChange(subscription: Subscription | undefined): void {
    const change = subscription?.takeChange();
    if (change) {
      this.#batcher.changed(change);
    }
  }

  #tellLayerSwitch(subscription: Subscription): void {
    const to = subscription.takeLayerSwitch();
    if (to) {
      const { roomId, participantId, tell } = this.#parts;
      tell('layer-switched', { roomId, participantId, to });
    }
  }

  #failed(track: PublishedTrack, error: unknown): void {
    if (this.#closed || track.closed) {
      return;
    }
    const { roomId, participantId, settings, tell } = this.#parts;
    const isFinal = refusal(error, 'consumer').code === 'UNSUPPORTED_MEDIA';
    if (isFinal) {
      this.#refused.add(track.id);
    }
    if (isFinal || this.#retries.failed(track) === REPORTED_AFTER) {
      settings.onError(error, 'consume');
    }
    tell('consumer-failed', { roomId, participantId, failure: isFinal ? 'refused' : 'unavailable' });
  }

  /** @param subscription that the work is done for, if it is for one. */
  #background(work: Promise<void> | undefined, subscription?: Subscription): void {
    work?.catch((error: unknown) => {
      // A request that the end of its worker, transport or consumer has overtaken concerns nobody.
      const over = this.#closed || subscription?.consumer.closed || subscription?.track.closed;
      if (!over && !(error instanceof MediaError)) {
        this.#parts.settings.onError(error, 'subscriptions');
      }
    });
  }
}
