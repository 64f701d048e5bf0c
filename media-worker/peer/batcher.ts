import type {
  ConsumerChange,
  ConsumerId,
  ConsumerOptions,
  LayersWanted,
  ProducerId,
  Publication,
} from '@minimeet/protocol';
import type { Fact } from '../safe-emitter.js';

/** The events of one participant's media; each carries a batch. */
export interface BatchedEvents {
  'consumers-opened': [ConsumerOptions[]];
  'consumers-changed': [ConsumerChange[]];
  'consumers-closed': [ConsumerId[]];
  'layers-wanted': [LayersWanted[]];
  'publications-changed': [Publication[]];
}

/** Changes of layers come in flurries when the network changes; one message then says where they ended (ms). */
const CHANGES_MS = 100;

/** Collects what happens in one turn of the event loop and tells it in one event of each kind. */
export class Batcher {
  readonly #tell: (...batch: Fact<BatchedEvents>) => void;
  #opened: ConsumerOptions[] = [];
  #closed: ConsumerId[] = [];
  readonly #changed = new Map<ConsumerId, ConsumerChange>();
  readonly #layers = new Map<ProducerId, LayersWanted>();
  #publications?: () => Publication[];
  #immediate?: NodeJS.Immediate;
  #changesTimer?: NodeJS.Timeout;
  #stopped = false;

  constructor(tell: (...batch: Fact<BatchedEvents>) => void) {
    this.#tell = tell;
  }

  opened(consumers: readonly ConsumerOptions[]): void {
    this.#opened.push(...consumers);
    this.#schedule();
  }

  changed(change: ConsumerChange): void {
    this.#changed.set(change.id, change);
    if (!this.#stopped) {
      this.#changesTimer ??= setTimeout(() => {
        this.#changesTimer = undefined;
        const changes = [...this.#changed.values()];
        this.#changed.clear();
        if (changes.length > 0) {
          this.#tell('consumers-changed', changes);
        }
      }, CHANGES_MS).unref();
    }
  }

  closed(id: ConsumerId): void {
    this.#changed.delete(id);
    const waiting = this.#opened.findIndex((consumer) => consumer.id === id);
    if (waiting >= 0) {
      // It came and went before anybody was told.
      this.#opened.splice(waiting, 1);
      return;
    }
    this.#closed.push(id);
    this.#schedule();
  }

  layersWanted(wanted: LayersWanted): void {
    this.#layers.set(wanted.producerId, wanted);
    this.#schedule();
  }

  /** @param publications asked when it is told, so that it says what is then. */
  publicationsChanged(publications: () => Publication[]): void {
    this.#publications = publications;
    this.#schedule();
  }

  /** Forgets what was to be told of consumers: somebody is about to hear of all of them. */
  discardConsumers(): void {
    this.#opened = [];
    this.#closed = [];
    this.#changed.clear();
  }

  /** Tells nothing any more. */
  stop(): void {
    this.#stopped = true;
    clearImmediate(this.#immediate);
    clearTimeout(this.#changesTimer);
  }

  #schedule(): void {
    if (!this.#stopped) {
      this.#immediate ??= setImmediate(() => {
        this.#immediate = undefined;
        this.#flush();
      });
    }
  }

  #flush(): void {
    const closed = this.#closed;
    const opened = this.#opened;
    const layers = [...this.#layers.values()];
    const publications = this.#publications;
    this.#closed = [];
    this.#opened = [];
    this.#layers.clear();
    this.#publications = undefined;
    if (publications) {
      this.#tell('publications-changed', publications());
    }
    if (closed.length > 0) {
      this.#tell('consumers-closed', closed);
    }
    if (opened.length > 0) {
      this.#tell('consumers-opened', opened);
    }
    if (layers.length > 0) {
      this.#tell('layers-wanted', layers);
    }
  }
}
