import type { types } from 'mediasoup';
import type { DtlsParameters, IceParameters, MediaOwner, TransportId } from '@minimeet/protocol';
import { MediaError, refusal, unavailable } from '../errors.js';
import type { MediaSettings } from '../options.js';
import type { Tell } from '../telemetry/telemetry.js';
import { fromWireDtlsParameters } from '../wire.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import { guardDtlsParameters } from './rtp-guard.js';
import { TransportWatch } from './transport-watch.js';

/** A client that has not confirmed by this long after its transport connected has lost the message (ms). */
const CONFIRM_WAIT_MS = 1_500;

/** The transports of one participant, and how their worker is asked. */
export interface TransportsParts extends MediaOwner {
  send: types.WebRtcTransport;
  recv: types.WebRtcTransport;
  roomRouter: { readonly slot: { readonly requests: WorkerRequests } };
  settings: Pick<MediaSettings, 'transportConnectMs' | 'maxIncomingBitrateBps' | 'onError'>;
  tell: Tell;
}

interface TransportsListener {
  /** No media passes any more: DTLS failed, the client closed it, or neither transport connected in time. */
  failed(): void;
  /** The client must know its consumers by now. */
  settled(): void;
}

/** The two transports of one participant: connects them, watches them, and says when they cannot be used. */
export class Transports {
  readonly #parts: TransportsParts;
  readonly #requests: WorkerRequests;
  readonly #listener: TransportsListener;
  readonly #watches: ReadonlyMap<TransportId, TransportWatch>;
  readonly #connecting = new Set<TransportId>();
  readonly #timers: NodeJS.Timeout[] = [];
  #connected = false;
  #closed = false;

  constructor(parts: TransportsParts, listener: TransportsListener) {
    const { roomId, participantId, send, recv, settings, tell } = parts;
    this.#parts = parts;
    this.#requests = parts.roomRouter.slot.requests;
    this.#listener = listener;
    // Before this listens to the transports itself, so that it is told what ended the media before that ends.
    this.#watches = new Map([
      [send.id, new TransportWatch(send, { roomId, participantId, direction: 'up' }, settings, tell)],
      [recv.id, new TransportWatch(recv, { roomId, participantId, direction: 'down' }, settings, tell)],
    ]);
    for (const transport of [send, recv]) {
      transport.on('dtlsstatechange', (state) => {
        this.#dtlsChanged(transport, state);
      });
    }
    this.#requests.send(send.setMaxIncomingBitrate(settings.maxIncomingBitrateBps)).catch((error: unknown) => {
      if (!this.#closed) {
        settings.onError(error, 'max-incoming-bitrate');
      }
    });
    this.#after(settings.transportConnectMs, () => {
      this.#expire();
    });
  }

  /** See `MediaPeer.connectTransport`. */
  async connect(id: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    const transport = this.#required(id);
    guardDtlsParameters(dtlsParameters);
    if (this.#connecting.has(id)) {
      throw new MediaError('WRONG_STATE', 'The transport is connected, or connecting, already.');
    }
    this.#connecting.add(id);
    this.#watches.get(id)?.tried();
    try {
      await this.#requests.send(transport.connect({ dtlsParameters: fromWireDtlsParameters(dtlsParameters) }));
    } catch (error) {
      this.#connecting.delete(id);
      this.#watches.get(id)?.refused();
      throw this.#closed ? unavailable(error) : refusal(error, 'dtlsParameters');
    }
  }

  /** See `MediaPeer.restartIce`. */
  async restartIce(id: TransportId): Promise<IceParameters> {
    const transport = this.#required(id);
    try {
      const iceParameters = await this.#requests.send(transport.restartIce());
      this.#watches.get(id)?.restarted();
      return iceParameters;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Closes both, and so everything on them. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#requests.close(this.#parts.send);
    this.#requests.close(this.#parts.recv);
  }

  #dtlsChanged(transport: types.WebRtcTransport, state: types.DtlsState): void {
    if (state === 'failed' || state === 'closed') {
      this.#listener.failed();
    } else if (state === 'connected') {
      this.#connected = true;
      if (transport === this.#parts.recv) {
        this.#after(CONFIRM_WAIT_MS, () => {
          this.#listener.settled();
        });
      }
    }
  }

  /** One connected transport shows that the client is there; it may use the other one later: to publish, say. */
  #expire(): void {
    if (!this.#connected) {
      for (const watch of this.#watches.values()) {
        watch.expire();
      }
      this.#listener.failed();
    }
  }

  #after(delayMs: number, act: () => void): void {
    this.#timers.push(setTimeout(act, delayMs).unref());
  }

  #required(id: TransportId): types.WebRtcTransport {
    const { send, recv } = this.#parts;
    const transport = [send, recv].find((candidate) => candidate.id === id);
    if (!transport) {
      throw new MediaError('NOT_FOUND', 'No transport has this id.');
    }
    return transport;
  }
}
