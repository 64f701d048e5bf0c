import type { DtlsParameters, PrepareMediaReply, TransportId } from '@minimeet/protocol';
import { PeerTransport } from './peer-transport.js';
import { repairPayloadTypeOf } from './rtp-parameters.js';
import type { SyntheticPeerOptions } from './synthetic-peer-options.js';

interface PeerTransportsCallbacks {
  /** Tells the server the fingerprint of a transport: `connect_transport`. */
  connect: (transportId: TransportId, dtlsParameters: DtlsParameters) => Promise<unknown>;
  /** Came back on what is sent. */
  feedback: (packet: Buffer) => void;
  received: (packet: Buffer) => void;
  /** One was connected and is not any more, for whatever reason but `close()`. */
  lost: () => void;
}

/** The pair of transports of a synthetic peer: each join without a resume makes a new one. */
export class PeerTransports {
  readonly #options: Pick<SyntheticPeerOptions, 'bindAddress' | 'impair'>;
  readonly #callbacks: PeerTransportsCallbacks;
  #send: PeerTransport | null = null;
  #recv: PeerTransport | null = null;
  #firstRecv: PeerTransport | null = null;

  constructor(options: Pick<SyntheticPeerOptions, 'bindAddress' | 'impair'>, callbacks: PeerTransportsCallbacks) {
    this.#options = options;
    this.#callbacks = callbacks;
  }

  /** `null` without media, and while it is lost. */
  get send(): PeerTransport | null {
    return this.#send;
  }

  get recv(): PeerTransport | null {
    return this.#recv;
  }

  /** The first one; a join's cost is measured with it. */
  get firstRecv(): PeerTransport | null {
    return this.#firstRecv;
  }

  /** Resolves when both are connected. */
  async opened(): Promise<void> {
    await Promise.all([this.#send?.opened(), this.#recv?.opened()]);
  }

  /** @param name of the peer, for logs. @returns when both are connected. */
  connect(media: PrepareMediaReply, name: string): Promise<void> {
    const { bindAddress = '127.0.0.1', impair } = this.#options;
    const { feedback, received, lost } = this.#callbacks;
    const repairPayloadType = repairPayloadTypeOf(media.routerRtpCapabilities);
    const common = { name, bindAddress, impair, repairPayloadType, onLost: lost };
    const { sendTransport, recvTransport } = media;
    this.#send = new PeerTransport({ ...common, direction: 'send', remote: sendTransport, onPacket: feedback });
    this.#recv = new PeerTransport({ ...common, direction: 'recv', remote: recvTransport, onPacket: received });
    this.#firstRecv ??= this.#recv;
    for (const transport of [this.#send, this.#recv]) {
      // Without the fingerprint the handshake fails, which `opened()` reports.
      this.#callbacks.connect(transport.id, transport.connect()).catch(() => transport.close());
    }
    return this.opened();
  }

  close(): void {
    this.#send?.close();
    this.#recv?.close();
    this.#send = this.#recv = null;
  }
}
