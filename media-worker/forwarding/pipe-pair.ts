import type { types } from 'mediasoup';
import { MediaError } from '../errors.js';
import type { WorkerRequests } from '../workers/worker-requests.js';

/** Both workers run on this machine. */
const OPTIONS: types.PipeTransportOptions = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, enableSctp: false };

/** One of the two sides. */
interface Side {
  router: types.Router;
  requests: WorkerRequests;
}

interface End {
  transport: types.PipeTransport;
  requests: WorkerRequests;
}

/**
 * Two transports that are connected to each other and carry producers from one router to another.
 *
 * mediasoup's own `pipeToRouter` does the same, but remembers a failed pair for as long as both routers live: a worker
 * that once had no socket left would keep the two halves of a room apart for ever.
 */
export class PipePair {
  readonly #from: End;
  readonly #to: End;

  private constructor(from: End, to: End, onClosed: () => void) {
    this.#from = from;
    this.#to = to;
    from.transport.observer.once('close', () => {
      to.requests.close(to.transport);
      onClosed();
    });
    to.transport.observer.once('close', () => {
      from.requests.close(from.transport);
    });
  }

  /** @throws what a worker says; nothing is left behind then. */
  static async connect(source: Side, target: Side, onClosed: () => void): Promise<PipePair> {
    const made = await Promise.allSettled([openEnd(source), openEnd(target)]);
    const ends = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const [from, to] = ends;
    try {
      if (!from || !to) {
        throw made.find((result) => result.status === 'rejected')?.reason;
      }
      await Promise.all([
        from.requests.send(from.transport.connect(addressOf(to))),
        to.requests.send(to.transport.connect(addressOf(from))),
      ]);
      if (from.transport.closed || to.transport.closed) {
        throw new MediaError('MEDIA_UNAVAILABLE', 'A router closed while it was piped.');
      }
      return new PipePair(from, to, onClosed);
    } catch (error) {
      ends.forEach(({ transport, requests }) => {
        requests.close(transport);
      });
      throw error;
    }
  }

  /**
   * Makes a producer of the one router consumable on the other, under the same id, until either end closes.
   *
   * @throws MediaError `MEDIA_UNAVAILABLE` when it closed meanwhile, or what a worker says.
   */
  async carry(producerId: string, onError: (error: unknown) => void): Promise<types.Producer> {
    const from = this.#from;
    const to = this.#to;
    const consumer = await from.requests.make(from.transport.consume({ producerId }));
    let producer: types.Producer;
    try {
      producer = await to.requests.make(
        to.transport.produce({
          id: producerId,
          kind: consumer.kind,
          rtpParameters: consumer.rtpParameters,
          paused: consumer.producerPaused,
        }),
      );
    } catch (error) {
      from.requests.close(consumer);
      throw error;
    }
    if (consumer.closed || producer.closed) {
      from.requests.close(consumer);
      to.requests.close(producer);
      throw new MediaError('MEDIA_UNAVAILABLE', 'The producer closed while it was piped.');
    }
    const follow = (): void => {
      to.requests.send(consumer.producerPaused ? producer.pause() : producer.resume()).catch((error: unknown) => {
        if (!producer.closed) {
          onError(error);
        }
      });
    };
    consumer.on('producerpause', follow);
    consumer.on('producerresume', follow);
    consumer.observer.once('close', () => {
      to.requests.close(producer);
    });
    producer.observer.once('close', () => {
      from.requests.close(consumer);
    });
    // It may have been paused meanwhile; when not, nothing is asked of the worker.
    if (producer.paused !== consumer.producerPaused) {
      follow();
    }
    return producer;
  }
}

async function openEnd({ router, requests }: Side): Promise<End> {
  return { transport: await requests.make(router.createPipeTransport(OPTIONS)), requests };
}

function addressOf({ transport }: End): { ip: string; port: number } {
  return { ip: transport.tuple.localAddress, port: transport.tuple.localPort };
}
