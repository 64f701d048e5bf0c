import type { types } from 'mediasoup';
import type { Direction, KindSample, MediaKind, MediaOwner } from '@minimeet/protocol';
import { refusal } from '../errors.js';
import type { RoomRouter } from '../forwarding/room-router.js';
import type { MediaSettings } from '../options.js';
import type { Sampled } from '../telemetry/sample-schedule.js';
import { combine, DownStream, UpStream, type StreamSample, type StreamTotals } from '../telemetry/stream-samples.js';
import type { Tell } from '../telemetry/telemetry.js';
import type { Subscription } from './subscription.js';

const KINDS = ['audio', 'video'] as const satisfies readonly MediaKind[];
/** A stream that was asked this much later than the direction as a whole has had its turn seldom. */
const RECENT_FACTOR = 1.5;

/** The participant whose media is sampled, and how the worker is asked. */
export interface SamplerParts extends MediaOwner {
  send: types.WebRtcTransport;
  recv: types.WebRtcTransport;
  roomRouter: RoomRouter;
  settings: Pick<MediaSettings, 'onError'>;
  tell: Tell;
}

/** The tracks that a peer sends and receives now. */
interface Flows {
  producers(): readonly types.Producer[];
  /** The subscriptions that flow. */
  subscriptions(): readonly Subscription[];
}

/** The time of a direction's sample, and its bytes then. */
interface Mark {
  atMs: number;
  bytes: number;
}

interface KindStream {
  kind: MediaKind;
  sample: StreamSample;
}

/**
 * Samples what passes between one person and the server: in a round one request a direction, one for each of the few
 * producers, and one for each of at most two consumers, an audio and a video one, in rotation.
 */
export class PeerSampler implements Sampled {
  readonly #parts: SamplerParts;
  readonly #flows: Flows;
  readonly #upStreams = new WeakMap<types.Producer, Map<number, UpStream>>();
  readonly #downStreams = new WeakMap<types.Consumer, DownStream>();
  /** The time of each consumer's turn (ms). */
  readonly #turns = new WeakMap<types.Consumer, number>();
  readonly #marks: Record<Direction, Mark>;
  #busy = false;

  constructor(parts: SamplerParts, flows: Flows) {
    this.#parts = parts;
    this.#flows = flows;
    const atMs = performance.now();
    this.#marks = { up: { atMs, bytes: 0 }, down: { atMs, bytes: 0 } };
  }

  sample(): number {
    if (this.#busy) {
      return 0;
    }
    const { requests } = this.#parts.roomRouter.slot;
    const sentBefore = requests.sent;
    this.#busy = true;
    Promise.all([this.#sampleUp(), this.#sampleDown()])
      .catch((error: unknown) => {
        this.#parts.settings.onError(error, 'sample');
      })
      .finally(() => {
        this.#busy = false;
      });
    // All requests of a round are sent at once.
    return requests.sent - sentBefore;
  }

  async #sampleUp(): Promise<void> {
    const { send } = this.#parts;
    if (!this.#begins(send, 'up')) {
      return;
    }
    const atMs = performance.now();
    const producers = this.#flows.producers();
    const [transport, ...answers] = await Promise.all([
      this.#ask(send),
      ...producers.map((producer) => this.#ask(producer)),
    ]);
    const streams = producers.flatMap((producer, index) =>
      (answers[index] ?? []).map((totals) => ({ kind: producer.kind, sample: this.#takeUp(producer, totals) })),
    );
    this.#tell('up', atMs, transport?.[0], streams);
  }

  async #sampleDown(): Promise<void> {
    const { recv } = this.#parts;
    if (!this.#begins(recv, 'down')) {
      return;
    }
    const atMs = performance.now();
    const intervalMs = atMs - this.#marks.down.atMs;
    const inTurn = this.#inTurn();
    const [transport, ...answers] = await Promise.all([
      this.#ask(recv),
      ...inTurn.map(({ consumer }) => this.#ask(consumer)),
    ]);
    const streams = inTurn.flatMap(({ consumer, openedAtMs }, index) => {
      const [totals, source] = answers[index] ?? [];
      const sinceMs = atMs - (this.#turns.get(consumer) ?? openedAtMs);
      this.#turns.set(consumer, atMs);
      const recent = sinceMs < intervalMs * RECENT_FACTOR;
      return totals ? [{ kind: consumer.kind, sample: this.#takeDown(consumer, totals, source, recent) }] : [];
    });
    this.#tell('down', atMs, transport?.[0], streams);
  }

  /** A direction in which nothing is connected is not sampled. */
  #begins(transport: types.WebRtcTransport, direction: Direction): boolean {
    if (transport.dtlsState !== 'connected') {
      this.#marks[direction].atMs = performance.now();
      return false;
    }
    return true;
  }

  /** @returns the subscription of each kind that has waited longest for its turn. */
  #inTurn(): Subscription[] {
    const waiting = [...this.#flows.subscriptions()].sort((a, b) => this.#turnOf(a) - this.#turnOf(b));
    return KINDS.flatMap((kind) => waiting.find(({ consumer }) => consumer.kind === kind) ?? []);
  }

  #turnOf({ consumer }: Subscription): number {
    return this.#turns.get(consumer) ?? 0;
  }

  #takeUp(producer: types.Producer, totals: StreamTotals): StreamSample {
    const streams = this.#upStreams.get(producer) ?? new Map<number, UpStream>();
    this.#upStreams.set(producer, streams);
    const stream = streams.get(totals.ssrc) ?? new UpStream();
    streams.set(totals.ssrc, stream);
    return stream.take(totals, clockRateOf(producer));
  }

  #takeDown(
    consumer: types.Consumer,
    totals: StreamTotals,
    source: StreamTotals | undefined,
    recent: boolean,
  ): StreamSample {
    const stream = this.#downStreams.get(consumer) ?? new DownStream();
    this.#downStreams.set(consumer, stream);
    return stream.take(totals, source, clockRateOf(consumer), recent);
  }

  /** @returns `undefined` when there is no answer: the object or its worker has ended, or the worker hangs. */
  async #ask<Stat>(source: { closed: boolean; getStats(): Promise<Stat[]> }): Promise<Stat[] | undefined> {
    try {
      return await this.#parts.roomRouter.slot.requests.send(source.getStats());
    } catch (error) {
      if (source.closed || refusal(error, 'statistics').code === 'MEDIA_UNAVAILABLE') {
        return undefined;
      }
      throw error;
    }
  }

  #tell(
    direction: Direction,
    atMs: number,
    transport: types.WebRtcTransportStat | undefined,
    streams: readonly KindStream[],
  ): void {
    // The peer may have left meanwhile; and without the transport's own answer the next sample speaks of this time too.
    if (!transport || (direction === 'up' ? this.#parts.send : this.#parts.recv).closed) {
      return;
    }
    const before = this.#marks[direction];
    const bytes =
      direction === 'up'
        ? transport.rtpBytesReceived + transport.rtxBytesReceived
        : transport.rtpBytesSent + transport.rtxBytesSent;
    this.#marks[direction] = { atMs, bytes };
    const kinds: Partial<Record<MediaKind, KindSample>> = {};
    for (const kind of KINDS) {
      const sample = combine(streams.filter((stream) => stream.kind === kind).map((stream) => stream.sample));
      if (sample) {
        kinds[kind] = sample;
      }
    }
    const { roomId, participantId, tell } = this.#parts;
    tell('media-sampled', {
      roomId,
      participantId,
      direction,
      intervalMs: atMs - before.atMs,
      bytes: bytes - before.bytes,
      kinds,
    });
  }
}

/** @returns the clock rate of the media, which retransmissions share (Hz). */
function clockRateOf({ rtpParameters }: types.Producer | types.Consumer): number {
  return rtpParameters.codecs[0]?.clockRate ?? 1;
}
