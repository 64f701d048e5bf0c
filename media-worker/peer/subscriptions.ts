import type { types } from 'mediasoup';
import { LIMITS, type ConsumerId, type ConsumerOptions, type ProducerId } from '@minimeet/protocol';
import { MediaError, refusal } from '../errors.js';
import type { Publisher } from '../forwarding/publisher.js';
import { fromWireCapabilities } from '../wire.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import type { MediaPeerParts } from './media-peer.js';
import type { Outbox } from './outbox.js';
import { Subscription } from './subscription.js';
import { planView, type Wanted } from './view-plan.js';

/** After a passing failure, such as a worker that dies, what is wanted is looked at again (ms). */
const RETRY_MS = 1_000;

/** What one participant receives: makes the consumers follow what is wanted. */
export class Subscriptions {
  readonly #held = new Map<ConsumerId, Subscription>();
  readonly #opening = new Set<ProducerId>();
  /** What this device cannot decode, or mediasoup refused: not tried again. */
  readonly #refused = new Set<ProducerId>();
  /** Videos whose publishers count on this participant. */
  readonly #demanded = new Set<Publisher>();
  #lastWanted = 0;
  #retryTimer?: NodeJS.Timeout;
  #closed = false;

  readonly #rtpCapabilities: types.RtpCapabilities;
  readonly #requests: WorkerRequests;

  constructor(
    private readonly parts: MediaPeerParts,
    private readonly outbox: Outbox,
  ) {
    this.#rtpCapabilities = fromWireCapabilities(parts.rtpCapabilities);
    this.#requests = parts.roomRouter.slot.requests;
  }

  get count(): number {
    return this.#held.size;
  }

  /** Those through which something flows, as far as is known here. */
  flowing(): Subscription[] {
    return [...this.#held.values()].filter(({ flowing, consumer }) => flowing && !consumer.producerPaused);
  }

  options(): ConsumerOptions[] {
    return [...this.#held.values()].map((subscription) => subscription.options);
  }

  /** Makes what flows equal to what is wanted. What takes a worker's answer goes on in the background. */
  reconcile(wanted: readonly Wanted[]): void {
    if (this.#closed) {
      return;
    }
    this.#updateDemand(wanted);
    const wantedIds = new Set(wanted.map(({ producerId }) => producerId));
    this.#lastWanted += 1;
    for (const subscription of this.#held.values()) {
      if (wantedIds.has(subscription.publisher.id)) {
        subscription.lastWanted = this.#lastWanted;
      }
    }
    const plan = planView(
      wanted.filter(({ producerId }) => !this.#refused.has(producerId)),
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
        this.outbox.changed(state);
      }
    }
  }

  /** Wants nothing any more. The consumers close with their transport. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    this.#updateDemand([]);
  }

  #updateDemand(wanted: readonly Wanted[]): void {
    const before = new Set(this.#demanded);
    this.#demanded.clear();
    for (const { producerId, spatialLayer } of wanted) {
      const publisher = this.parts.media.get(producerId);
      if (publisher && spatialLayer !== undefined) {
        publisher.setDemand(this.parts.id, spatialLayer);
        this.#demanded.add(publisher);
        before.delete(publisher);
      }
    }
    for (const publisher of before) {
      publisher.setDemand(this.parts.id, undefined);
    }
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
    if (!subscription || subscription.publisher.closed) {
      return;
    }
    subscription.paused = paused;
    if (paused) {
      this.parts.roomRouter.release(subscription.publisher);
    } else {
      this.parts.roomRouter.use(subscription.publisher);
    }
    this.#background(subscription.apply(), subscription);
    this.#tellChange(subscription);
  }

  /** One batch for what is here and one for what must be piped first, so that no pipe holds up the rest. */
  #open(wanted: readonly Wanted[]): void {
    const here: [Publisher, Wanted][] = [];
    const elsewhere: [Publisher, Wanted][] = [];
    for (const want of wanted) {
      const publisher = this.parts.media.get(want.producerId);
      if (!publisher || publisher.closed) {
        continue;
      }
      if (!this.parts.media.canConsume(publisher, this.#rtpCapabilities)) {
        this.#refused.add(publisher.id);
        continue;
      }
      this.#opening.add(publisher.id);
      (this.parts.roomRouter.has(publisher) ? here : elsewhere).push([publisher, want]);
    }
    for (const batch of [here, elsewhere]) {
      if (batch.length > 0) {
        this.#background(this.#openBatch(batch));
      }
    }
  }

  async #openBatch(batch: readonly [Publisher, Wanted][]): Promise<void> {
    const made = await Promise.all(batch.map(([publisher, want]) => this.#openOne(publisher, want)));
    if (this.#closed) {
      return;
    }
    const open = made.filter((subscription) => subscription && !subscription.consumer.closed);
    this.outbox.opened(open.flatMap((subscription) => subscription?.options ?? []));
    for (const subscription of open) {
      this.#tellChange(subscription);
    }
    // What was wanted may have changed while the worker answered.
    this.parts.media.changed();
  }

  /** @returns `undefined` when it failed; it is tried again later unless it never can work. */
  async #openOne(publisher: Publisher, want: Wanted): Promise<Subscription | undefined> {
    try {
      await this.parts.roomRouter.bring(publisher);
      const consumer = await this.#requests.make(this.#consume(publisher, want));
      if (this.#closed || publisher.closed) {
        this.#requests.close(consumer);
        return undefined;
      }
      return this.#hold(new Subscription(publisher, consumer, this.#requests, want.spatialLayer, this.#lastWanted));
    } catch (error) {
      this.#failed(publisher, error);
      return undefined;
    } finally {
      this.#opening.delete(publisher.id);
    }
  }

  #consume(publisher: Publisher, want: Wanted): Promise<types.Consumer> {
    const layered = want.spatialLayer !== undefined && publisher.spatialLayers > 1;
    return this.parts.recv.consume({
      producerId: publisher.producer.id,
      rtpCapabilities: this.#rtpCapabilities,
      // A key frame that reaches a browser before its SDP exchange is done is lost, and the publisher gives no other for
      // 300 ms: so video waits for the client's confirmation. Audio needs no key frame.
      paused: publisher.kind === 'video',
      ...(layered ? { preferredLayers: { spatialLayer: want.spatialLayer ?? 0 } } : {}),
    });
  }

  #hold(subscription: Subscription): Subscription {
    const { consumer, publisher, id } = subscription;
    this.#held.set(id, subscription);
    this.parts.roomRouter.addConsumer(consumer);
    this.parts.roomRouter.use(publisher);
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
        this.parts.roomRouter.release(publisher);
      }
      this.outbox.closed(id);
    });
    return subscription;
  }

  #tellChange(subscription: Subscription | undefined): void {
    const change = subscription?.takeChange();
    if (change) {
      this.outbox.changed(change);
    }
  }

  #tellLayerSwitch(subscription: Subscription): void {
    const to = subscription.takeLayerSwitch();
    if (to) {
      const { roomId, id: peerId, tell } = this.parts;
      tell('layer-switched', { roomId, peerId, to });
    }
  }

  #failed(publisher: Publisher, error: unknown): void {
    if (this.#closed || publisher.closed) {
      return;
    }
    const { code } = refusal(error, 'consumer');
    if (code === 'UNSUPPORTED_MEDIA') {
      this.#refused.add(publisher.id);
    } else {
      this.#retryTimer ??= setTimeout(() => {
        this.#retryTimer = undefined;
        this.parts.media.changed();
      }, RETRY_MS).unref();
    }
    this.parts.settings.onError(error, 'consume');
  }

  /** @param subscription that the work is done for, if it is for one. */
  #background(work: Promise<void> | undefined, subscription?: Subscription): void {
    work?.catch((error: unknown) => {
      // A request that the end of its worker, transport or consumer has overtaken concerns nobody.
      const over = this.#closed || subscription?.consumer.closed || subscription?.publisher.closed;
      if (!over && !(error instanceof MediaError)) {
        this.parts.settings.onError(error, 'subscriptions');
      }
    });
  }
}
