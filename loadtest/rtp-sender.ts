import { randomInt } from 'node:crypto';
import { writeSenderReport } from './rtcp.js';
import { writeRtp } from './rtp.js';

/** Hands a packet to the transport. */
export type SendPacket = (packet: Buffer) => void;

interface StreamOptions {
  ssrc: number;
  payloadType: number;
  clockRate: number;
  cname: string;
}

const REPORT_INTERVAL_MS = 2_000;

/** One RTP stream: counts its packets and reports on them. Time stamps follow the clock on the wall. */
export class RtpSender {
  readonly #options: StreamOptions;
  readonly #send: SendPacket;
  readonly #firstTimestamp = randomInt(2 ** 32);
  #sequenceNumber = randomInt(2 ** 15);
  #packets = 0;
  #bytes = 0;
  #nextReportMs = 0;

  constructor(options: StreamOptions, send: SendPacket) {
    this.#options = options;
    this.#send = send;
  }

  get packets(): number {
    return this.#packets;
  }

  /** @param atMs of `performance.now()`: when the payload was made. */
  send(
    payload: Buffer,
    options: { atMs: number; marker: boolean; audioLevel?: { id: number; level: number; voice: boolean } },
  ): void {
    const { ssrc, payloadType } = this.#options;
    const { atMs, marker, audioLevel } = options;
    const sequenceNumber = this.#sequenceNumber++;
    this.#send(
      writeRtp({ payloadType, marker, sequenceNumber, timestamp: this.#timestamp(atMs), ssrc, payload }, audioLevel),
    );
    this.#packets += 1;
    this.#bytes += payload.length;
    this.#reportWhenDue(atMs);
  }

  #reportWhenDue(atMs: number): void {
    if (atMs < this.#nextReportMs) return;
    this.#nextReportMs = atMs + REPORT_INTERVAL_MS;
    const { ssrc, cname } = this.#options;
    const nowMs = performance.timeOrigin + atMs;
    const [timestamp, packets, bytes] = [this.#timestamp(atMs), this.#packets, this.#bytes];
    this.#send(writeSenderReport({ ssrc, cname, nowMs, timestamp, packets, bytes }));
  }

  #timestamp(atMs: number): number {
    return (this.#firstTimestamp + Math.round((atMs * this.#options.clockRate) / 1000)) % 2 ** 32;
  }
}
