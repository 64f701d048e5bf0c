import type { types } from 'mediasoup';
import type { ProducerId } from '@minimeet/protocol';
import { MediaError } from '../errors.js';
import type { MediaSettings } from '../options.js';
import { within } from '../workers/deadline.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import { PipePair } from './pipe-pair.js';
import type { PublishedTrack } from './published-track.js';
import { SingleFlight } from './single-flight.js';

interface Pipe {
  pipeProducer: types.Producer;
  /** Consumers that flow. */
  users: number;
  lingerTimer?: NodeJS.Timeout;
}

/** The producers of other slots that are piped into one router. A pipe without a receiver is closed after a while. */
export class Pipes {
  /** These ask the worker of that router. */
  readonly #requests: WorkerRequests;
  readonly #settings: MediaSettings;
  readonly #making = new SingleFlight<ProducerId, void>();
  readonly #pipes = new Map<ProducerId, Pipe>();
  /** By the router that they come from. */
  readonly #pairs = new SingleFlight<string, PipePair>();

  constructor(requests: WorkerRequests, settings: MediaSettings) {
    this.#requests = requests;
    this.#settings = settings;
  }

  has(track: PublishedTrack): boolean {
    return this.#pipes.has(track.id);
  }

  /**
   * Makes a producer of another router available on `router`, under the same id.
   *
   * @throws when it closed meanwhile, or a worker does not answer; the next call tries again.
   */
  bring(track: PublishedTrack, router: types.Router): Promise<void> {
    return this.#making.get(track.id, () => this.#make(track, router));
  }

  /** Counts a consumer that flows; each call needs one of `release`. */
  use(track: PublishedTrack): void {
    const pipe = this.#pipes.get(track.id);
    if (pipe) {
      pipe.users += 1;
      clearTimeout(pipe.lingerTimer);
    }
  }

  release(track: PublishedTrack): void {
    const pipe = this.#pipes.get(track.id);
    if (pipe) {
      pipe.users -= 1;
      this.#linger(pipe);
    }
  }

  async #make(track: PublishedTrack, router: types.Router): Promise<void> {
    const source = await track.home.ready();
    const pipeProducer = await within(this.#settings.requestTimeoutMs, this.#carry(track, source, router), (late) => {
      this.#requests.close(late);
    });
    if (pipeProducer.closed || track.closed) {
      this.#requests.close(pipeProducer);
      throw new MediaError('MEDIA_UNAVAILABLE', 'The producer closed while it was piped.');
    }
    const pipe: Pipe = { pipeProducer, users: 0 };
    this.#pipes.set(track.id, pipe);
    pipeProducer.observer.once('close', () => {
      clearTimeout(pipe.lingerTimer);
      this.#pipes.delete(track.id);
      this.#making.forget(track.id);
    });
    this.#linger(pipe);
  }

  async #carry(track: PublishedTrack, source: types.Router, router: types.Router): Promise<types.Producer> {
    const connect = (): Promise<PipePair> =>
      PipePair.connect(
        { router: source, requests: track.home.slot.requests },
        { router, requests: this.#requests },
        () => {
          this.#pairs.forget(source.id);
        },
      );
    const pair = await this.#pairs.get(source.id, connect);
    return pair.carry(track.producer.id, (error) => {
      this.#settings.onError(error, 'pipe');
    });
  }

  #linger(pipe: Pipe): void {
    if (pipe.users === 0 && !pipe.pipeProducer.closed) {
      clearTimeout(pipe.lingerTimer);
      // The other end closes with it.
      pipe.lingerTimer = setTimeout(() => {
        this.#requests.close(pipe.pipeProducer);
      }, this.#settings.pipeLingerMs).unref();
    }
  }
}
