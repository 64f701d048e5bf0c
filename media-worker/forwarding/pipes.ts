import type { types } from 'mediasoup';
import type { ProducerId } from '@minimeet/protocol';
import { MediaError } from '../errors.js';
import type { MediaSettings } from '../options.js';
import { within } from '../workers/deadline.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import { PipePair } from './pipe-pair.js';
import type { Publisher } from './publisher.js';
import { SingleFlight } from './single-flight.js';

interface Pipe {
  pipeProducer: types.Producer;
  /** Consumers that flow. */
  users: number;
  lingerTimer?: NodeJS.Timeout;
}

/** The producers of other slots that are piped into one router. One that nobody receives is closed after a while. */
export class Pipes {
  readonly #making = new SingleFlight<ProducerId, void>();
  readonly #pipes = new Map<ProducerId, Pipe>();
  /** By the router that they come from. */
  readonly #pairs = new SingleFlight<string, PipePair>();

  constructor(
    /** To the worker of that router. */
    private readonly requests: WorkerRequests,
    private readonly settings: MediaSettings,
  ) {}

  has(publisher: Publisher): boolean {
    return this.#pipes.has(publisher.id);
  }

  /**
   * Makes a producer of another router available on `router`, under the same id.
   *
   * @throws when it closed meanwhile, or a worker does not answer; the next call tries again.
   */
  bring(publisher: Publisher, router: types.Router): Promise<void> {
    return this.#making.get(publisher.id, () => this.#make(publisher, router));
  }

  /** Counts a consumer that flows; each call needs one of `release`. */
  use(publisher: Publisher): void {
    const pipe = this.#pipes.get(publisher.id);
    if (pipe) {
      pipe.users += 1;
      clearTimeout(pipe.lingerTimer);
    }
  }

  release(publisher: Publisher): void {
    const pipe = this.#pipes.get(publisher.id);
    if (pipe) {
      pipe.users -= 1;
      this.#linger(pipe);
    }
  }

  async #make(publisher: Publisher, router: types.Router): Promise<void> {
    const source = await publisher.home.ready();
    const pipeProducer = await within(
      this.settings.requestTimeoutMs,
      this.#carry(publisher, source, router),
      (late) => {
        this.requests.close(late);
      },
    );
    if (pipeProducer.closed || publisher.closed) {
      this.requests.close(pipeProducer);
      throw new MediaError('MEDIA_UNAVAILABLE', 'The producer closed while it was piped.');
    }
    const pipe: Pipe = { pipeProducer, users: 0 };
    this.#pipes.set(publisher.id, pipe);
    pipeProducer.observer.once('close', () => {
      clearTimeout(pipe.lingerTimer);
      this.#pipes.delete(publisher.id);
      this.#making.forget(publisher.id);
    });
    this.#linger(pipe);
  }

  async #carry(publisher: Publisher, source: types.Router, router: types.Router): Promise<types.Producer> {
    const connect = (): Promise<PipePair> =>
      PipePair.connect(
        { router: source, requests: publisher.home.slot.requests },
        { router, requests: this.requests },
        () => {
          this.#pairs.forget(source.id);
        },
      );
    const pair = await this.#pairs.get(source.id, connect);
    return pair.carry(publisher.producer.id, (error) => {
      this.settings.onError(error, 'pipe');
    });
  }

  #linger(pipe: Pipe): void {
    if (pipe.users === 0 && !pipe.pipeProducer.closed) {
      clearTimeout(pipe.lingerTimer);
      // The other end closes with it.
      pipe.lingerTimer = setTimeout(() => {
        this.requests.close(pipe.pipeProducer);
      }, this.settings.pipeLingerMs).unref();
    }
  }
}
