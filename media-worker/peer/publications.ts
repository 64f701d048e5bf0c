import type { types } from 'mediasoup';
import {
  kindOf,
  LIMITS,
  type MediaSource,
  type ProducerId,
  type ProducerOptions,
  type Publication,
} from '@minimeet/protocol';
import { MediaError, refusal, unavailable } from '../errors.js';
import { Publisher } from '../forwarding/publisher.js';
import { fromWireRtpParameters } from '../wire.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import type { MediaPeerParts } from './media-peer.js';
import type { Outbox } from './outbox.js';
import { guardProducerOptions } from './rtp-guard.js';

/**
 * Chrome ignores a second key-frame request within 300 ms of a key frame, and mediasoup would repeat a lost one only after
 * a second: it waits this long instead (ms).
 */
const KEY_FRAME_REQUEST_DELAY_MS = 310;

/** What one participant publishes: each source at most once. */
export class Publications {
  readonly #publishers = new Map<ProducerId, Publisher>();
  /** Requests in flight, by the id asked for. */
  readonly #making = new Map<ProducerId, { source: MediaSource; done: Promise<void> }>();

  constructor(
    private readonly parts: MediaPeerParts,
    private readonly outbox: Outbox,
  ) {}

  producers(): types.Producer[] {
    return [...this.#publishers.values()].map(({ producer }) => producer);
  }

  list(): Publication[] {
    return [...this.#publishers.values()].map(({ publication }) => publication);
  }

  /** See `MediaPeer.produce`. */
  async produce(options: readonly ProducerOptions[]): Promise<ProducerId[]> {
    if (options.length > LIMITS.producersPerParticipant) {
      throw new MediaError('LIMIT_EXCEEDED', `One publishes at most ${LIMITS.producersPerParticipant} tracks.`);
    }
    options.forEach(guardProducerOptions);
    const fresh = options.filter(({ requestId }) => !this.#publishers.has(requestId) && !this.#making.has(requestId));
    if (fresh.length > 0) {
      this.#claim(fresh);
      const done = this.#make(fresh);
      for (const { requestId, source } of fresh) {
        this.#making.set(requestId, { source, done });
      }
    }
    await Promise.all(options.flatMap(({ requestId }) => this.#making.get(requestId)?.done ?? []));
    return options.map(({ requestId }) => requestId);
  }

  async setPaused(id: ProducerId, paused: boolean): Promise<void> {
    const publisher = this.#required(id);
    const { producer } = publisher;
    publisher.wantsPaused = paused;
    try {
      await this.#requests.send(paused ? producer.pause() : producer.resume());
    } catch (error) {
      throw unavailable(error);
    }
    if (!producer.closed) {
      this.parts.media.pausedChanged(publisher);
      this.#tell();
    }
  }

  /** See `MediaPeer.mute`. */
  async mute(source: MediaSource): Promise<MediaSource[]> {
    const publishers = [...this.#publishers.values()];
    if (source === 'screen' || source === 'screen_audio') {
      const ended = publishers.filter(
        (p) => p.source === source || (source === 'screen' && p.source === 'screen_audio'),
      );
      ended.forEach(({ id }) => {
        this.close(id);
      });
      return ended.map((publisher) => publisher.source);
    }
    // One that is about to be paused by its owner is left alone; one that is about to be resumed is not.
    const live = publishers.filter((publisher) => publisher.source === source && !publisher.wantsPaused);
    await Promise.all(live.map(({ id }) => this.setPaused(id, true)));
    return live.map((publisher) => publisher.source);
  }

  close(id: ProducerId): void {
    this.#requests.close(this.#required(id).producer);
  }

  /** Tells of every video how much of it is watched now. */
  announceState(): void {
    for (const { id, maxSpatialLayer } of this.#publishers.values()) {
      if (maxSpatialLayer !== undefined) {
        this.outbox.layersWanted({ producerId: id, maxSpatialLayer });
      }
    }
  }

  get #requests(): WorkerRequests {
    return this.parts.roomRouter.slot.requests;
  }

  #required(id: ProducerId): Publisher {
    const publisher = this.#publishers.get(id);
    if (!publisher) {
      throw new MediaError('NOT_FOUND', 'One publishes nothing with this id.');
    }
    return publisher;
  }

  #claim(fresh: readonly ProducerOptions[]): void {
    const { media, id: participantId } = this.parts;
    const sources = new Set<MediaSource>([...this.#publishers.values(), ...this.#making.values()].map((p) => p.source));
    for (const { source } of fresh) {
      if (sources.has(source)) {
        throw new MediaError('LIMIT_EXCEEDED', `One publishes only one ${source} at a time.`);
      }
      sources.add(source);
    }
    if (new Set(fresh.map(({ requestId }) => requestId)).size < fresh.length) {
      throw new MediaError('CONFLICT', 'Two tracks have the same requestId.');
    }
    const claimed: ProducerId[] = [];
    for (const { requestId } of fresh) {
      if (!media.claim(requestId, participantId)) {
        claimed.forEach((id) => {
          media.unclaim(id);
        });
        throw new MediaError('CONFLICT', 'The requestId is in use for something else.');
      }
      claimed.push(requestId);
    }
  }

  async #make(fresh: readonly ProducerOptions[]): Promise<void> {
    const { send, media } = this.parts;
    const results = await Promise.allSettled(
      // Through an async function, so that what mediasoup throws at once is a rejection too.
      fresh.map(async (options) => this.#produce(options)),
    );
    for (const { requestId } of fresh) {
      this.#making.delete(requestId);
    }
    const failed = results.find((result) => result.status === 'rejected');
    if (failed || send.closed) {
      results.forEach((result) => {
        if (result.status === 'fulfilled') {
          this.#requests.close(result.value);
        }
      });
      fresh.forEach(({ requestId }) => {
        media.unclaim(requestId);
      });
      throw send.closed ? unavailable(failed?.reason) : refusal(failed?.reason, 'rtpParameters');
    }
    results.forEach((result, index) => {
      const options = fresh[index];
      if (options && result.status === 'fulfilled') {
        this.#publish(options, result.value);
      }
    });
  }

  #produce({ source, rtpParameters, paused }: ProducerOptions): Promise<types.Producer> {
    const kind = kindOf(source);
    return this.#requests.make(
      this.parts.send.produce({
        kind,
        rtpParameters: fromWireRtpParameters(rtpParameters),
        paused: paused ?? false,
        ...(kind === 'video' ? { keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS } : {}),
      }),
    );
  }

  #publish({ requestId, source }: ProducerOptions, producer: types.Producer): void {
    const { id, roomRouter, joinOrder, settings, media } = this.parts;
    const publisher = new Publisher(requestId, id, source, producer, roomRouter, joinOrder, settings, (layer) => {
      this.outbox.layersWanted({ producerId: requestId, maxSpatialLayer: layer });
    });
    this.#publishers.set(requestId, publisher);
    roomRouter.slot.counts.addProducer(producer);
    producer.observer.once('close', () => {
      this.#publishers.delete(requestId);
      this.#tell();
    });
    if (source === 'microphone') {
      roomRouter.measure(publisher).catch((error: unknown) => {
        if (!producer.closed) {
          settings.onError(error, 'audio-level');
        }
      });
    }
    media.add(publisher);
    this.#tell();
  }

  #tell(): void {
    this.outbox.publicationsChanged(() => this.list());
  }
}
