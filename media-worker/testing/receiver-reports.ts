import { isRtp, ssrcOf } from './rtp.js';

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const REPORTER_SSRC = 7;

interface Reception {
  first: number;
  highest: number;
  received: number;
  /** Expected and received at the report before. */
  before: { expected: number; received: number };
  senderReport?: { compactNtp: number; atMs: number };
}

/** The receiver's side of RTCP (RFC 3550, 6.4), for streams of fewer than 2^16 packets. Its jitter is always 0. */
export class ReceiverReports {
  readonly #streams = new Map<number, Reception>();

  /** @param keep whether it arrives; else it counts as lost on the way. */
  take(packet: Buffer, keep: boolean): void {
    if (!isRtp(packet)) {
      this.#takeSenderReport(packet);
      return;
    }
    const sequenceNumber = packet.readUInt16BE(2);
    const stream = this.#streams.get(ssrcOf(packet)) ?? {
      first: sequenceNumber,
      highest: sequenceNumber,
      received: 0,
      before: { expected: 0, received: 0 },
    };
    this.#streams.set(ssrcOf(packet), stream);
    // A dropped packet is missing only when another comes after it.
    if (keep) {
      stream.highest = Math.max(stream.highest, sequenceNumber);
      stream.received += 1;
    }
  }

  /** One packet for each stream. */
  write(): Buffer[] {
    return [...this.#streams].map(([ssrc, stream]) => {
      const expected = stream.highest - stream.first + 1;
      const lost = expected - stream.received;
      const expectedNow = expected - stream.before.expected;
      const lostNow = expectedNow - (stream.received - stream.before.received);
      stream.before = { expected, received: stream.received };
      const packet = Buffer.alloc(32);
      packet[0] = 0x81;
      packet[1] = RECEIVER_REPORT;
      packet.writeUInt16BE(packet.length / 4 - 1, 2);
      packet.writeUInt32BE(REPORTER_SSRC, 4);
      packet.writeUInt32BE(ssrc, 8);
      packet[12] = expectedNow > 0 ? Math.max(0, Math.floor((lostNow * 256) / expectedNow)) : 0;
      packet.writeIntBE(lost, 13, 3);
      packet.writeUInt32BE(stream.highest, 16);
      if (stream.senderReport) {
        const { compactNtp, atMs } = stream.senderReport;
        packet.writeUInt32BE(compactNtp, 24);
        packet.writeUInt32BE(Math.round(((performance.now() - atMs) * 65_536) / 1_000), 28);
      }
      return packet;
    });
  }

  #takeSenderReport(packet: Buffer): void {
    for (let at = 0; at + 8 <= packet.length; at += (packet.readUInt16BE(at + 2) + 1) * 4) {
      if (packet[at + 1] === SENDER_REPORT) {
        const stream = this.#streams.get(packet.readUInt32BE(at + 4));
        if (stream) {
          stream.senderReport = { compactNtp: packet.readUInt32BE(at + 10), atMs: performance.now() };
        }
      }
    }
  }
}
