import type { types } from 'mediasoup';
import type { Direction, MediaOwner } from '@minimeet/protocol';
import type { MediaSettings } from '../options.js';
import type { Tell } from '../telemetry/telemetry.js';

/**
 * Tells of one transport that it connected, and that it failed: each at most once.
 *
 * ICE has failed when nothing came within `transportConnectMs` of the client's `connectTransport`, or a connection was
 * lost for that long; DTLS when it says so or does not end in that time. A transport that was never tried, or whose
 * media closes before, has not failed.
 */
export class TransportWatch {
  readonly #transport: types.WebRtcTransport;
  readonly #whose: MediaOwner & { direction: Direction };
  readonly #settings: Pick<MediaSettings, 'transportConnectMs'>;
  readonly #tell: Tell;
  #triedAtMs?: number;
  #iceAtMs?: number;
  #connected = false;
  #failed = false;
  #timer?: NodeJS.Timeout;

  constructor(
    transport: types.WebRtcTransport,
    whose: MediaOwner & { direction: Direction },
    settings: Pick<MediaSettings, 'transportConnectMs'>,
    tell: Tell,
  ) {
    this.#transport = transport;
    this.#whose = whose;
    this.#settings = settings;
    this.#tell = tell;
    transport.on('icestatechange', (state) => {
      this.#iceChanged(state);
    });
    transport.on('dtlsstatechange', (state) => {
      if (state === 'connected') {
        this.#dtlsConnected();
      } else if (state === 'failed') {
        this.#fail('dtls');
      }
    });
    transport.observer.once('close', () => {
      clearTimeout(this.#timer);
    });
  }

  /** The client connects. */
  tried(): void {
    this.#triedAtMs = performance.now();
    this.#expect();
  }

  /** The client's try was refused; it may try again. */
  refused(): void {
    this.#triedAtMs = undefined;
    clearTimeout(this.#timer);
  }

  /** There is no more time to connect. */
  expire(): void {
    if (this.#triedAtMs !== undefined && !this.#connected) {
      this.#fail(this.#iceAtMs === undefined ? 'ice' : 'dtls');
    }
  }

  restarted(): void {
    this.#tell('ice-restarted', this.#whose);
  }

  #iceChanged(state: types.IceState): void {
    if (state === 'connected' || state === 'completed') {
      this.#iceAtMs ??= performance.now();
      if (this.#connected) {
        clearTimeout(this.#timer);
      }
    } else if (state === 'disconnected' && this.#connected) {
      this.#expect();
    }
  }

  #dtlsConnected(): void {
    clearTimeout(this.#timer);
    const protocol = this.#transport.iceSelectedTuple?.protocol;
    if (this.#connected || this.#triedAtMs === undefined || this.#iceAtMs === undefined || !protocol) {
      return;
    }
    this.#connected = true;
    this.#tell('transport-connected', {
      ...this.#whose,
      protocol,
      // ICE does not wait for `connectTransport`, so it may have been there before.
      iceMs: Math.max(0, this.#iceAtMs - this.#triedAtMs),
      dtlsMs: performance.now() - this.#triedAtMs,
    });
  }

  #expect(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#connected) {
        this.#fail('ice');
      } else {
        this.expire();
      }
    }, this.#settings.transportConnectMs).unref();
  }

  #fail(stage: 'ice' | 'dtls'): void {
    clearTimeout(this.#timer);
    if (!this.#failed) {
      this.#failed = true;
      this.#tell('transport-failed', { ...this.#whose, stage });
    }
  }
}
