import { parseScalabilityMode } from 'mediasoup';
import type { types } from 'mediasoup';
import {
  kindOf,
  type MediaKind,
  type MediaSource,
  type ParticipantId,
  type ProducerId,
  type Publication,
} from '@minimeet/protocol';
import type { MediaSettings } from '../options.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import { LayerDemand } from './layer-demand.js';

/** A room's part on the slot where a track arrives. */
export interface Home {
  readonly slot: { readonly index: number; readonly requests: WorkerRequests };
  /** @throws MediaError `MEDIA_UNAVAILABLE`. */
  ready(): Promise<types.Router>;
}

/** One published track: the mediasoup producer, where it lives and how much of it is watched. */
export class PublishedTrack {
  readonly kind: MediaKind;
  /** Simulcast encodings, or the spatial layers of an SVC one; 1 for audio. */
  readonly spatialLayers: number;
  /** The owner's latest wish; `producer.paused` follows when the worker has answered. */
  wantsPaused: boolean;
  readonly #demand: LayerDemand | undefined;

  constructor(
    /** The client's own id; mediasoup's is `producer.id`, so that nobody can collide with another's in a worker. */
    readonly id: ProducerId,
    readonly participantId: ParticipantId,
    readonly source: MediaSource,
    readonly producer: types.Producer,
    readonly home: Home,
    /** Counts up with every join to the room. */
    readonly joinOrder: number,
    settings: Pick<MediaSettings, 'lowerLayersMs' | 'stopLayersMs'>,
    onLayersWanted: (maxSpatialLayer: number) => void,
  ) {
    this.kind = kindOf(source);
    this.wantsPaused = producer.paused;
    this.spatialLayers = spatialLayersOf(producer);
    if (this.kind === 'video') {
      this.#demand = new LayerDemand(this.spatialLayers - 1, onLayersWanted, {
        lowerMs: settings.lowerLayersMs,
        stopMs: settings.stopLayersMs,
      });
      producer.observer.once('close', () => {
        this.#demand?.close();
      });
    }
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  get publication(): Publication {
    return { producerId: this.id, source: this.source, kind: this.kind, paused: this.producer.paused };
  }

  /** The largest layer that its client was told to send, -1 for none; `undefined` for audio. */
  get maxSpatialLayer(): number | undefined {
    return this.#demand?.told;
  }

  /** Says up to which spatial layer a participant watches; `undefined` when not at all. */
  setDemand(viewer: string, spatialLayer: number | undefined): void {
    if (!this.closed) {
      this.#demand?.set(viewer, spatialLayer);
    }
  }
}

function spatialLayersOf({ rtpParameters }: types.Producer): number {
  const encodings = rtpParameters.encodings ?? [];
  return encodings.length > 1 ? encodings.length : parseScalabilityMode(encodings[0]?.scalabilityMode).spatialLayers;
}
