import type { types } from 'mediasoup';
import { MediaError } from './errors.js';

/** Both workers run on this machine. */
const OPTIONS: types.PipeTransportOptions = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, enableSctp: false };

/**
 * Two transports that are connected to each other and carry producers from one router to another.
 *
 * mediasoup's own `pipeToRouter` does the same, but remembers a pair that could not be made for as long as both routers live:
 * a worker that once had no socket left would keep the two halves of a room apart for ever.
 */
export class PipePair {
  private constructor(
    private readonly from: types.PipeTransport,
    private readonly to: types.PipeTransport,
    onClosed: () => void,
  ) {
    from.observer.once('close', () => {
      to.close();
      onClosed();
    });
    to.observer.once('close', () => {
      from.close();
    });
  }

  /** @throws what a worker says; nothing is left behind then. */
  static async connect(source: types.Router, target: types.Router, onClosed: () => void): Promise<PipePair> {
    const made = await Promise.allSettled([source.createPipeTransport(OPTIONS), target.createPipeTransport(OPTIONS)]);
    const transports = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const [from, to] = transports;
    try {
      if (!from || !to) {
        throw made.find((result) => result.status === 'rejected')?.reason;
      }
      await Promise.all([from.connect(addressOf(to)), to.connect(addressOf(from))]);
      if (from.closed || to.closed) {
        throw new MediaError('MEDIA_UNAVAILABLE', 'A router closed while it was piped.');
      }
      return new PipePair(from, to, onClosed);
    } catch (error) {
      transports.forEach((transport) => {
        transport.close();
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
    const consumer = await this.from.consume({ producerId });
    let producer: types.Producer;
    try {
      producer = await this.to.produce({
        id: producerId,
        kind: consumer.kind,
        rtpParameters: consumer.rtpParameters,
        paused: consumer.producerPaused,
      });
    } catch (error) {
      consumer.close();
      throw error;
    }
    if (consumer.closed || producer.closed) {
      consumer.close();
      producer.close();
      throw new MediaError('MEDIA_UNAVAILABLE', 'The producer closed while it was piped.');
    }
    const follow = (): void => {
      (consumer.producerPaused ? producer.pause() : producer.resume()).catch((error: unknown) => {
        if (!producer.closed) {
          onError(error);
        }
      });
    };
    consumer.on('producerpause', follow);
    consumer.on('producerresume', follow);
    consumer.observer.once('close', () => {
      producer.close();
    });
    producer.observer.once('close', () => {
      consumer.close();
    });
    // It may have been paused meanwhile; when not, nothing is asked of the worker.
    if (producer.paused !== consumer.producerPaused) {
      follow();
    }
    return producer;
  }
}

function addressOf({ tuple }: types.PipeTransport): { ip: string; port: number } {
  return { ip: tuple.localAddress, port: tuple.localPort };
}
