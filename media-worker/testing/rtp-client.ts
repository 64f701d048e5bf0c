import type { DtlsParameters, TransportOptions } from '@minimeet/protocol';
import { PeerConnection, Video, type Track } from 'node-datachannel';
import { ReceiverReports } from './receiver-reports.js';
import { isRtp, ssrcOf } from './rtp.js';

/** libdatachannel hands over every packet of a transport with one media line, whatever its SSRC. */
const MID = '0';

/** A real ICE, DTLS and SRTP transport that sends any packet and counts what it gets. */
export class RtpClient {
  /** Packets by SSRC. */
  readonly received = new Map<number, number>();
  #onPacket?: (packet: Buffer) => void;
  #reporter?: NodeJS.Timeout;
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #remote: TransportOptions;
  readonly #opened: Promise<void>;

  constructor(remote: TransportOptions, direction: 'send' | 'recv') {
    this.#remote = remote;
    this.#connection = new PeerConnection(direction, {
      iceServers: [],
      bindAddress: '127.0.0.1',
      disableAutoNegotiation: true,
      forceMediaTransport: true,
    });
    const media = new Video(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly');
    media.addVP8Codec(96);
    this.#track = this.#connection.addTrack(media);
    this.#track.onMessage((packet) => {
      this.#onPacket?.(packet);
      if (isRtp(packet)) {
        this.received.set(ssrcOf(packet), (this.received.get(ssrcOf(packet)) ?? 0) + 1);
      }
    });
    this.#opened = new Promise((resolve) => {
      this.#track.onOpen(resolve);
    });
    // Without somebody who hears of the end, node-datachannel keeps its callbacks, and they the process, for ever.
    this.#track.onClosed(() => undefined);
    this.#connection.onStateChange(() => undefined);
  }

  /** Begins to connect. @returns what the server must be told. */
  connect(): DtlsParameters {
    this.#connection.setLocalDescription('offer');
    const offer = this.#connection.localDescription()?.sdp ?? '';
    this.#connection.setRemoteDescription(this.#answer(offer), 'answer');
    for (const { foundation, protocol, priority, address, port, type } of this.#remote.iceCandidates) {
      if (protocol === 'udp') {
        this.#connection.addRemoteCandidate(
          `candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}`,
          MID,
        );
      }
    }
    const value = /a=fingerprint:sha-256 (\S+)/i.exec(offer)?.[1] ?? '';
    return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
  }

  opened(): Promise<void> {
    return this.#opened;
  }

  /** From now on reports to the sender. @param loses which packets are lost on the way. */
  report(intervalMs: number, loses: () => boolean = () => false): void {
    const reports = new ReceiverReports();
    this.#onPacket = (packet) => {
      reports.take(packet, !isRtp(packet) || !loses());
    };
    this.#reporter = setInterval(() => {
      reports.write().forEach((packet) => {
        this.send(packet);
      });
    }, intervalMs);
  }

  send(packet: Buffer): void {
    this.#track.sendMessageBinary(packet);
  }

  close(): void {
    clearInterval(this.#reporter);
    this.#track.close();
    this.#connection.close();
  }

  /** The SFU's side: ICE lite, waiting for our DTLS ClientHello. */
  #answer(offer: string): string {
    const { iceParameters, dtlsParameters } = this.#remote;
    const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')?.value;
    const replaced =
      /^a=(ice-ufrag|ice-pwd|ice-options|fingerprint|setup|candidate|end-of-candidates|sendonly|recvonly)/;
    const kept = offer.split('\r\n').filter((line) => line !== '' && !replaced.test(line));
    return [
      ...kept,
      offer.includes('a=sendonly') ? 'a=recvonly' : 'a=sendonly',
      `a=ice-ufrag:${iceParameters.usernameFragment}`,
      `a=ice-pwd:${iceParameters.password}`,
      `a=fingerprint:sha-256 ${fingerprint}`,
      'a=setup:passive',
      '',
    ].join('\r\n');
  }
}
