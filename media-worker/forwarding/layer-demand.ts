/** Nobody watches. */
const NOBODY = -1;

/** The waits before a publisher is told that less of its video is watched. */
export interface LayerDemandDelays {
  /** A smaller layer is enough. */
  lowerMs: number;
  /** Nobody watches at all: an encoder that stops costs the next viewer its restart. */
  stopMs: number;
}

/**
 * The largest spatial layer of one video that anybody watches. Its publisher hears of more at once and of less after a
 * while, so that paging through tiles does not restart encoders. It starts as wanted whole: the first viewer is near.
 */
export class LayerDemand {
  readonly #tell: (maxSpatialLayer: number) => void;
  readonly #delays: LayerDemandDelays;
  readonly #wanted = new Map<string, number>();
  #told: number;
  #lowerTimer?: NodeJS.Timeout;
  #stopTimer?: NodeJS.Timeout;

  constructor(topLayer: number, tell: (maxSpatialLayer: number) => void, delays: LayerDemandDelays) {
    this.#tell = tell;
    this.#delays = delays;
    this.#told = topLayer;
    this.#review();
  }

  /** The layer that the publisher was told last, or sends by itself. */
  get told(): number {
    return this.#told;
  }

  /** Says what one viewer wants; `undefined` when it watches no more. */
  set(viewer: string, spatialLayer: number | undefined): void {
    if (this.#wanted.get(viewer) === spatialLayer) {
      return;
    }
    if (spatialLayer === undefined) {
      this.#wanted.delete(viewer);
    } else {
      this.#wanted.set(viewer, spatialLayer);
    }
    this.#review();
  }

  /** Stops telling. */
  close(): void {
    this.#clearTimers();
    this.#wanted.clear();
  }

  #review(): void {
    const wanted = Math.max(NOBODY, ...this.#wanted.values());
    if (wanted >= this.#told) {
      this.#clearTimers();
      if (wanted > this.#told) {
        this.#say(wanted);
      }
      return;
    }
    if (wanted > NOBODY) {
      clearTimeout(this.#stopTimer);
      this.#stopTimer = undefined;
    } else {
      this.#stopTimer ??= setTimeout(() => {
        this.#stopTimer = undefined;
        this.#say(NOBODY);
      }, this.#delays.stopMs).unref();
    }
    this.#lowerTimer ??= setTimeout(() => {
      this.#lowerTimer = undefined;
      // The smallest layer goes on until the stop timer: a viewer who looks meanwhile has a picture at once.
      this.#say(Math.max(0, ...this.#wanted.values()));
    }, this.#delays.lowerMs).unref();
  }

  #say(layer: number): void {
    if (layer !== this.#told) {
      this.#told = layer;
      this.#tell(layer);
    }
  }

  #clearTimers(): void {
    clearTimeout(this.#lowerTimer);
    clearTimeout(this.#stopTimer);
    this.#lowerTimer = undefined;
    this.#stopTimer = undefined;
  }
}
