import type { PublishedTrack } from '../forwarding/published-track.js';

/** The layers of others' videos that one viewer counts on. */
export class Demands {
  readonly #viewer: string;
  #tracks = new Set<PublishedTrack>();

  /** @param viewer names this viewer to the tracks. */
  constructor(viewer: string) {
    this.#viewer = viewer;
  }

  /** Counts on these layers from now on, and on no others. */
  set(layers: ReadonlyMap<PublishedTrack, number>): void {
    const before = this.#tracks;
    this.#tracks = new Set(layers.keys());
    for (const [track, layer] of layers) {
      track.setDemand(this.#viewer, layer);
    }
    for (const track of before) {
      if (!layers.has(track)) {
        track.setDemand(this.#viewer, undefined);
      }
    }
  }
}
