import type { DtlsParameters, IceCandidate, TransportOptions } from '@minimeet/protocol';
import { PeerConnection, Video, type Track } from 'node-datachannel';
import { parse, write, type SessionDescription } from 'sdp-transform';
import { Impairment, type ImpairmentOptions } from './impairment.js';
import { isRtcp, stampTransportSequence } from './rtp.js';

/** All streams of a transport share this one media line; see `PeerTransport`. */
const MID = '0';
const PAYLOAD_TYPE = 96;

interface PeerTransportOptions {
  name: string;
  direction: 'send' | 'recv';
  remote: TransportOptions;
  /** Every address but this one is left alone. */
  bindAddress: string;
  impair?: ImpairmentOptions;
  /** The payload type of VP8 packets that are sent again (RFC 4588); -1 without. */
  repairPayloadType: number;
  onPacket: (packet: Buffer) => void;
  /** It was connected and is not any more, for whatever reason but `close()`. */
  onLost: () => void;
}

/**
 * A real ICE, DTLS and SRTP transport to the SFU. Its SDP has one media line: libdatachannel then hands over every
 * packet of the transport, whatever its SSRC, and sends all that it is given. So streams come and go without
 * negotiation.
 */
export class PeerTransport {
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #opened: Promise<void>;
  readonly #remote: TransportOptions;
  readonly #impairment: Impairment | null;
  #sequenceNumber = 0;
  #isOpen = false;
  #closed = false;
  /** `performance.now()`; `null` until then. */
  iceConnectedAtMs: number | null = null;
  dtlsConnectedAtMs: number | null = null;

  constructor({
    name,
    direction,
    remote,
    bindAddress,
    impair,
    repairPayloadType,
    onPacket,
    onLost,
  }: PeerTransportOptions) {
    this.#remote = remote;
    this.#impairment = impair ? new Impairment(impair, repairPayloadType) : null;
    this.#connection = new PeerConnection(name, {
      iceServers: [],
      bindAddress,
      disableAutoNegotiation: true,
      forceMediaTransport: true,
    });
    const media = new Video(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly');
    media.addVP8Codec(PAYLOAD_TYPE);
    this.#track = this.#connection.addTrack(media);
    const impairment = this.#impairment;
    this.#track.onMessage(impairment ? (packet: Buffer) => impairment.pass(packet, onPacket) : onPacket);
    this.#connection.onIceStateChange((state) => {
      if (state === 'connected' || state === 'completed') this.iceConnectedAtMs ??= performance.now();
    });
    this.#opened = new Promise((resolve, reject) => {
      this.#track.onOpen(() => {
        this.#isOpen = true;
        this.dtlsConnectedAtMs ??= performance.now();
        resolve();
      });
      this.#track.onClosed(() => {
        reject(new Error(`The ${direction} transport was closed.`));
        this.#lose(onLost);
      });
      this.#connection.onStateChange((state) => {
        if (state === 'failed') reject(new Error(`The ${direction} transport could not connect.`));
        if (state === 'failed' || state === 'disconnected') this.#lose(onLost);
      });
    });
    // It may fail without anybody waiting for it.
    this.#opened.catch(() => undefined);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get id(): string {
    return this.#remote.id;
  }

  /** Begins to connect. @returns what the server must be told; it need not be waited for. */
  connect(): DtlsParameters {
    this.#connection.setLocalDescription('offer');
    const local = this.#connection.localDescription();
    if (!local) throw new Error('There is no local description.');
    const offer = parse(local.sdp);
    const fingerprint = offer.fingerprint ?? offer.media[0]?.fingerprint;
    if (!fingerprint) throw new Error('The local description has no DTLS fingerprint.');
    this.#connection.setRemoteDescription(answerTo(offer, this.#remote), 'answer');
    for (const candidate of this.#remote.iceCandidates) {
      if (candidate.protocol === 'udp') this.#connection.addRemoteCandidate(candidateLine(candidate), MID);
    }
    return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint.hash }] };
  }

  /** Resolves when packets can be sent and received. */
  opened(): Promise<void> {
    return this.#opened;
  }

  /** An RTP or RTCP packet. It is dropped while the transport is not open. */
  send(packet: Buffer): void {
    if (!this.#isOpen) return;
    if (!isRtcp(packet)) stampTransportSequence(packet, this.#sequenceNumber++);
    if (this.#impairment) this.#impairment.pass(packet, (bytes) => this.#sendNow(bytes));
    else this.#sendNow(packet);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#isOpen = false;
    this.#impairment?.close();
    this.#track.close();
    this.#connection.close();
  }

  #sendNow(packet: Buffer): void {
    if (!this.#isOpen) return;
    try {
      this.#track.sendMessageBinary(packet);
    } catch {
      // Its threads know that the server has closed it before we do.
      this.#isOpen = false;
    }
  }

  #lose(onLost: () => void): void {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    if (wasOpen && !this.#closed) onLost();
  }
}

/** @returns the SFU's side of SDP: it is ICE lite and waits for our DTLS ClientHello (RFC 8842, setup:passive). */
function answerTo(offer: SessionDescription, { iceParameters, dtlsParameters }: TransportOptions): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const line = offer.media[0];
  if (!fingerprint || !line) throw new Error('The transport has no SHA-256 fingerprint.');
  return write({
    version: 0,
    origin: { username: 'minimeet', sessionId: 1, sessionVersion: 1, netType: 'IN', ipVer: 4, address: '0.0.0.0' },
    name: '-',
    timing: { start: 0, stop: 0 },
    icelite: 'ice-lite',
    groups: [{ type: 'BUNDLE', mids: MID }],
    media: [
      {
        ...line,
        port: 9,
        direction: line.direction === 'sendonly' ? 'recvonly' : 'sendonly',
        connection: { version: 4, ip: '0.0.0.0' },
        iceUfrag: iceParameters.usernameFragment,
        icePwd: iceParameters.password,
        iceOptions: undefined,
        candidates: [],
        ssrcs: [],
        setup: 'passive',
        fingerprint: { type: 'sha-256', hash: fingerprint.value },
      },
    ],
  });
}

function candidateLine({ foundation, protocol, priority, address, port, type }: IceCandidate): string {
  return `candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}`;
}
