import type { types } from 'mediasoup';
import {
  kindOf,
  LIMITS,
  type MediaSource,
  type ParticipantId,
  type ProducerId,
  type ProducerOptions,
  type Publication,
} from '@minimeet/protocol';
import { MediaError, refusal, unavailable } from '../errors.js';
import { PublishedTrack } from '../forwarding/published-track.js';
import type { RoomRouter } from '../forwarding/room-router.js';
import type { RoomTracks } from '../forwarding/room-tracks.js';
import type { MediaSettings } from '../options.js';
import { fromWireRtpParameters } from '../wire.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import type { Batcher } from './batcher.js';
import { guardProducerOptions } from './rtp-guard.js';

/**
 * Chrome ignores a second key-frame request within 300 ms of a key frame, and mediasoup would repeat a lost one only
 * after a second: it waits this long instead (ms).
 */
const KEY_FRAME_REQUEST_DELAY_MS = 310;

/** The participant who publishes, and where their tracks go. */
export interface PublicationsParts {
  participantId: ParticipantId;
  /** Counts up with every peer of the room. */
  joinOrder: number;
  send: types.WebRtcTransport;
  roomRouter: RoomRouter;
  roomTracks: RoomTracks;
  settings: MediaSettings;
}

/** The published tracks of one participant: each source at most once. */
export class Publications {
  readonly #parts: PublicationsParts;
  readonly #batcher: Batcher;
  readonly #tracks = new Map<ProducerId, PublishedTrack>();
  /** Requests in flight, by the id asked for. */
  readonly #making = new Map<ProducerId, { source: MediaSource; done: Promise<void> }>();

  constructor(parts: PublicationsParts, batcher: Batcher) {
    this.#parts = parts;
    this.#batcher = batcher;
  }

  producers(): types.Producer[] {
    return [...this.#tracks.values()].map(({ producer }) => producer);
  }

  list(): Publication[] {
    return [...this.#tracks.values()].map(({ publication }) => publication);
  }

  /** See `MediaPeer.produce`. */
  async produce(options: readonly ProducerOptions[]): Promise<ProducerId[]> {
    if (options.length > LIMITS.producersPerParticipant) {
      throw new MediaError('LIMIT_EXCEEDED', `One publishes at most ${LIMITS.producersPerParticipant} tracks.`);
    }
    options.forEach(guardProducerOptions);
    const fresh = options.filter(({ requestId }) => !this.#tracks.has(requestId) && !this.#making.has(requestId));
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
    const track = this.#required(id);
    const { producer } = track;
    track.wantsPaused = paused;
    try {
      await this.#requests.send(paused ? producer.pause() : producer.resume());
    } catch (error) {
      throw unavailable(error);
    }
    if (!producer.closed) {
      this.#parts.roomTracks.pausedChanged(track);
      this.#tell();
    }
  }

  /** See `MediaPeer.mute`. */
  async mute(source: MediaSource): Promise<MediaSource[]> {
    const tracks = [...this.#tracks.values()];
    if (source === 'screen' || source === 'screen_audio') {
      const ended = tracks.filter((p) => p.source === source || (source === 'screen' && p.source === 'screen_audio'));
      ended.forEach(({ id }) => {
        this.close(id);
      });
      return ended.map((track) => track.source);
    }
    // A track that its owner is about to pause is left alone; one that they are about to resume is not.
    const live = tracks.filter((track) => track.source === source && !track.wantsPaused);
    await Promise.all(live.map(({ id }) => this.setPaused(id, true)));
    return live.map((track) => track.source);
  }

  close(id: ProducerId): void {
    this.#requests.close(this.#required(id).producer);
  }

  /** Tells of every video how much of it is watched now. */
  announceState(): void {
    for (const { id, maxSpatialLayer } of this.#tracks.values()) {
      if (maxSpatialLayer !== undefined) {
        this.#batcher.layersWanted({ producerId: id, maxSpatialLayer });
      }
    }
  }

  get #requests(): WorkerRequests {
    return this.#parts.roomRouter.slot.requests;
  }

  #required(id: ProducerId): PublishedTrack {
    const track = this.#tracks.get(id);
    if (!track) {
      throw new MediaError('NOT_FOUND', 'One publishes nothing with this id.');
    }
    return track;
  }

  #claim(fresh: readonly ProducerOptions[]): void {
    const { roomTracks, participantId } = this.#parts;
    const sources = new Set<MediaSource>([...this.#tracks.values(), ...this.#making.values()].map((p) => p.source));
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
      if (!roomTracks.claim(requestId, participantId)) {
        claimed.forEach((id) => {
          roomTracks.unclaim(id);
        });
        throw new MediaError('CONFLICT', 'The requestId is in use for something else.');
      }
      claimed.push(requestId);
    }
  }

  async #make(fresh: readonly ProducerOptions[]): Promise<void> {
    const { send, roomTracks } = this.#parts;
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
        roomTracks.unclaim(requestId);
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
      this.#parts.send.produce({
        kind,
        rtpParameters: fromWireRtpParameters(rtpParameters),
        paused: paused ?? false,
        ...(kind === 'video' ? { keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS } : {}),
      }),
    );
  }

  #publish({ requestId, source }: ProducerOptions, producer: types.Producer): void {
    const { participantId, roomRouter, joinOrder, settings, roomTracks } = this.#parts;
    const tellLayers = (maxSpatialLayer: number): void => {
      this.#batcher.layersWanted({ producerId: requestId, maxSpatialLayer });
    };
    const track = new PublishedTrack(
      requestId,
      participantId,
      source,
      producer,
      roomRouter,
      joinOrder,
      settings,
      tellLayers,
    );
    this.#tracks.set(requestId, track);
    roomRouter.slot.counts.addProducer(producer);
    producer.observer.once('close', () => {
      this.#tracks.delete(requestId);
      this.#tell();
    });
    if (source === 'microphone') {
      roomRouter.measure(track).catch((error: unknown) => {
        if (!producer.closed) {
          settings.onError(error, 'audio-level');
        }
      });
    }
    roomTracks.add(track);
    this.#tell();
  }

  #tell(): void {
    this.#batcher.publicationsChanged(() => this.list());
  }
}
