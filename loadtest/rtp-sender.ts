import { randomInt } from 'node:crypto';
import { writeSenderReport } from './rtcp.js';
import { writeRtp, type AudioLevel } from './rtp.js';

/** Hands a packet to the transport. */
export type SendPacket = (packet: Buffer) => void;

interface StreamOptions {
  ssrc: number;
  payloadType: number;
  clockRate: number;
  cname: string;
}

const REPORT_INTERVAL_MS = 2_000;
/** Packets that can be sent again: several seconds of the largest layer. A power of two. */
const HISTORY = 512;

/** One RTP stream: counts its packets, reports on them and sends them again. Time stamps follow the wall clock. */
export class RtpSender {
  readonly ssrc: number;
  readonly #options: StreamOptions;
  readonly #send: SendPacket;
  readonly #history: Buffer[] = [];
  readonly #firstTimestamp = randomInt(2 ** 32);
  #sequenceNumber = randomInt(2 ** 15);
  #packets = 0;
  #bytes = 0;
  #payloadBytes = 0;
  #nextReportMs = 0;

  constructor(options: StreamOptions, send: SendPacket) {
    this.ssrc = options.ssrc;
    this.#options = options;
    this.#send = send;
  }

  /** Those sent again are not counted. */
  get packets(): number {
    return this.#packets;
  }

  /** With their RTP headers. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param atMs of `performance.now()`: when the payload was made. */
  send(
    payload: Buffer,
    options: { atMs: number; marker: boolean; captureTimeMs?: number; audioLevel?: AudioLevel },
  ): void {
    const { ssrc, payloadType } = this.#options;
    const { atMs, marker, captureTimeMs, audioLevel } = options;
    const sequenceNumber = this.#sequenceNumber++ & 0xffff;
    const timestamp = this.#timestamp(atMs);
    const packet = writeRtp({
      payloadType,
      marker,
      sequenceNumber,
      timestamp,
      ssrc,
      payload,
      captureTimeMs,
      audioLevel,
    });
    this.#history[sequenceNumber % HISTORY] = packet;
    this.#send(packet);
    this.#packets += 1;
    this.#bytes += packet.length;
    this.#payloadBytes += payload.length;
    this.#reportWhenDue(atMs);
  }

  /** Sends a packet again as it was, if it is not too long ago. */
  resend(sequenceNumber: number): void {
    const packet = this.#history[sequenceNumber % HISTORY];
    if (packet?.readUInt16BE(2) === sequenceNumber) this.#send(packet);
  }

  #reportWhenDue(nowMs: number): void {
    if (nowMs < this.#nextReportMs) return;
    this.#nextReportMs = nowMs + REPORT_INTERVAL_MS;
    const { ssrc, cname } = this.#options;
    const [timestamp, packets, bytes] = [this.#timestamp(nowMs), this.#packets, this.#payloadBytes];
    this.#send(writeSenderReport({ ssrc, cname, nowMs, timestamp, packets, bytes }));
  }

  #timestamp(atMs: number): number {
    return (this.#firstTimestamp + Math.round((atMs * this.#options.clockRate) / 1000)) % 2 ** 32;
  }
}
