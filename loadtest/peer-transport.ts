import type { DtlsParameters, IceCandidate, TransportOptions } from '@minimeet/protocol';
import { PeerConnection, Video, type Track } from 'node-datachannel';
import { parse, write, type SessionDescription } from 'sdp-transform';

/** All streams of a transport share this one media line; see `PeerTransport`. */
const MID = '0';
const PAYLOAD_TYPE = 96;

interface PeerTransportOptions {
  name: string;
  direction: 'send' | 'recv';
  remote: TransportOptions;
  /** Every address but this one is left alone. */
  bindAddress: string;
}

/**
 * A real ICE, DTLS and SRTP transport to the SFU. Its SDP has one media line: libdatachannel then hands over every packet of the
 * transport, whatever its SSRC, and sends what it is given. So streams come and go without any negotiation.
 */
export class PeerTransport {
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #opened: Promise<void>;
  readonly #remote: TransportOptions;
  #closed = false;

  constructor({ name, direction, remote, bindAddress }: PeerTransportOptions, onPacket: (packet: Buffer) => void) {
    this.#remote = remote;
    this.#connection = new PeerConnection(name, {
      iceServers: [],
      bindAddress,
      disableAutoNegotiation: true,
      forceMediaTransport: true,
    });
    const media = new Video(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly');
    media.addVP8Codec(PAYLOAD_TYPE);
    this.#track = this.#connection.addTrack(media);
    this.#track.onMessage(onPacket);
    this.#opened = new Promise((resolve, reject) => {
      this.#track.onOpen(() => resolve());
      this.#track.onClosed(() => reject(new Error(`The ${direction} transport was closed.`)));
      this.#connection.onStateChange((state) => {
        if (state === 'failed') reject(new Error(`The ${direction} transport could not connect.`));
      });
    });
    // It may fail without anybody waiting for it.
    this.#opened.catch(() => undefined);
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
    if (!this.#closed && this.#track.isOpen()) this.#track.sendMessageBinary(packet);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#track.close();
    this.#connection.close();
  }
}

/** @returns the SFU's side, as it would answer: it is ICE lite and waits for our DTLS ClientHello (RFC 8842, setup:passive). */
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
