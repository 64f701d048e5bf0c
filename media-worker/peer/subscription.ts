import type { types } from 'mediasoup';
import type { ConsumerChange, ConsumerId, ConsumerOptions } from '@minimeet/protocol';
import type { PublishedTrack } from '../forwarding/published-track.js';
import { toWireRtpParameters } from '../wire.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import type { Held } from './view-plan.js';

/** One consumer of one participant, and whether it should flow. */
export class Subscription {
  readonly #requests: WorkerRequests;
  readonly id: ConsumerId;
  readonly openedAtMs = performance.now();
  /** Unwanted now, and kept for a quick return. */
  paused = false;
  /** See `Held`. */
  lastWanted: number;
  #told: ConsumerChange;
  /** A layer flowed and none does now: the network cannot carry even the smallest. */
  #starved = false;
  /** Kept back until the client says that it knows the consumer: a key frame that comes before is lost. */
  #awaited: boolean;
  #flowing: boolean;
  #layers?: types.ConsumerLayers;

  constructor(
    readonly track: PublishedTrack,
    readonly consumer: types.Consumer,
    requests: WorkerRequests,
    public spatialLayer: number | undefined,
    lastWanted: number,
  ) {
    this.#requests = requests;
    this.id = consumer.id;
    this.lastWanted = lastWanted;
    this.#awaited = consumer.paused;
    this.#flowing = !consumer.paused;
    this.#told = { id: this.id, paused: false };
  }

  get options(): ConsumerOptions {
    return {
      id: this.id,
      producerId: this.track.id,
      participantId: this.track.participantId,
      source: this.track.source,
      kind: this.track.kind,
      rtpParameters: toWireRtpParameters(this.consumer.rtpParameters),
    };
  }

  get held(): Held {
    return {
      consumerId: this.id,
      producerId: this.track.id,
      kind: this.track.kind,
      paused: this.paused,
      spatialLayer: this.spatialLayer,
      lastWanted: this.lastWanted,
    };
  }

  /** Whether the worker was asked last to forward; the channel to a worker keeps the order of requests. */
  get flowing(): boolean {
    return this.#flowing;
  }

  /** The client knows the consumer. */
  async confirm(): Promise<void> {
    this.#awaited = false;
    await this.apply();
  }

  /** Makes the worker forward, or not, as is wanted now. */
  async apply(): Promise<void> {
    const flow = !this.paused && !this.#awaited;
    if (flow === this.#flowing || this.consumer.closed) {
      return;
    }
    this.#flowing = flow;
    // A resumed consumer asks for a key frame by itself.
    await this.#requests.send(flow ? this.consumer.resume() : this.consumer.pause());
  }

  async setSpatialLayer(spatialLayer: number): Promise<void> {
    this.spatialLayer = spatialLayer;
    if (this.consumer.type !== 'simple' && !this.consumer.closed) {
      await this.#requests.send(this.consumer.setPreferredLayers({ spatialLayer }));
    }
  }

  /**
   * Looks at the layer that flows now.
   *
   * @returns how it compares with the one before: spatially, else temporally; `undefined` when it is the same, or when
   * before or now none flows.
   */
  takeLayerSwitch(): 'higher' | 'lower' | undefined {
    const before = this.#layers;
    const now = this.consumer.currentLayers;
    this.#layers = now;
    if (!before || !now) {
      return undefined;
    }
    const difference = now.spatialLayer - before.spatialLayer || (now.temporalLayer ?? 0) - (before.temporalLayer ?? 0);
    return difference === 0 ? undefined : difference > 0 ? 'higher' : 'lower';
  }

  /**
   * @returns the state that the client has not been told yet; `undefined` when it knows, as with all audio:
   * publications tell who is muted, and the loudest do not matter to it.
   */
  takeChange(): ConsumerChange | undefined {
    const before = this.#told;
    const state = this.takeState();
    return state?.paused === before.paused && state.spatialLayer === before.spatialLayer ? undefined : state;
  }

  /** @returns the state that the client should know, told before or not; `undefined` for audio. */
  takeState(): ConsumerChange | undefined {
    if (this.track.kind === 'audio') {
      return undefined;
    }
    const { currentLayers, producerPaused } = this.consumer;
    const layered = this.consumer.type !== 'simple';
    if (!layered || currentLayers || this.paused || producerPaused) {
      this.#starved = false;
    } else if (this.#told.spatialLayer !== undefined) {
      this.#starved = true;
    }
    const paused = this.paused || producerPaused || this.#starved;
    const state: ConsumerChange = { id: this.id, paused };
    if (!paused && layered && currentLayers) {
      state.spatialLayer = currentLayers.spatialLayer;
    }
    this.#told = state;
    return state;
  }
}
