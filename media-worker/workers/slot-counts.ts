import type { types } from 'mediasoup';
import type { Direction, MediaKind } from '@minimeet/protocol';

/** An object of whose end mediasoup tells. */
interface Counted {
  readonly closed: boolean;
  readonly observer: { once(event: 'close', listener: () => void): unknown };
}

/** Counts participants' objects on one slot; pipes between slots are excluded. */
export class SlotCounts {
  readonly transports: Record<Direction, number> = { up: 0, down: 0 };
  readonly producers: Record<MediaKind, number> = { audio: 0, video: 0 };
  readonly consumers: Record<MediaKind, number> = { audio: 0, video: 0 };

  addTransport(transport: types.WebRtcTransport, direction: Direction): void {
    countUntilClosed(this.transports, direction, transport);
  }

  addProducer(producer: types.Producer): void {
    countUntilClosed(this.producers, producer.kind, producer);
  }

  addConsumer(consumer: types.Consumer): void {
    countUntilClosed(this.consumers, consumer.kind, consumer);
  }
}

function countUntilClosed<Key extends string>(counts: Record<Key, number>, key: Key, object: Counted): void {
  if (object.closed) {
    return;
  }
  counts[key] += 1;
  object.observer.once('close', () => {
    counts[key] -= 1;
  });
}
