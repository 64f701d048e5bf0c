import { writeNtp } from './ntp.js';

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const TRANSPORT_FEEDBACK = 205;
const PAYLOAD_FEEDBACK = 206;
const GENERIC_NACK = 1;
const PICTURE_LOSS = 1;
const FULL_INTRA_REQUEST = 4;
const CNAME = 1;
const REPORT_BLOCK_BYTES = 24;
/** The count of a receiver report has five bits. */
export const MAX_REPORT_BLOCKS = 31;

/** The requests and news of a compound packet. */
export interface RtcpListener {
  /** PLI (RFC 4585, 6.3.1) or FIR (RFC 5104, 4.3.1). */
  onKeyFrameRequest?: (ssrc: number) => void;
  /** Generic NACK (RFC 4585, 6.2.1). */
  onResendRequest?: (ssrc: number, sequenceNumber: number) => void;
  /** @param lastSenderReport the middle 32 bits of its NTP time stamp (RFC 3550, 6.4.1). */
  onSenderReport?: (ssrc: number, lastSenderReport: number) => void;
}

export function readRtcp(bytes: Buffer, listener: RtcpListener): void {
  for (let at = 0; at + 8 <= bytes.length;) {
    const format = bytes.readUInt8(at) & 0x1f;
    const type = bytes.readUInt8(at + 1);
    const end = Math.min(at + (bytes.readUInt16BE(at + 2) + 1) * 4, bytes.length);
    if (type === SENDER_REPORT && end >= at + 28) {
      listener.onSenderReport?.(bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 10));
    } else if (type === PAYLOAD_FEEDBACK && format === PICTURE_LOSS && end >= at + 12) {
      listener.onKeyFrameRequest?.(bytes.readUInt32BE(at + 8));
    } else if (type === PAYLOAD_FEEDBACK && format === FULL_INTRA_REQUEST) {
      for (let entry = at + 12; entry + 8 <= end; entry += 8) listener.onKeyFrameRequest?.(bytes.readUInt32BE(entry));
    } else if (type === TRANSPORT_FEEDBACK && format === GENERIC_NACK && listener.onResendRequest) {
      readNack(bytes, at, end, listener.onResendRequest);
    }
    at = end;
  }
}

/** Each entry names one packet, and which of the 16 after it are missing too. */
function readNack(bytes: Buffer, at: number, end: number, onResendRequest: (ssrc: number, n: number) => void): void {
  if (end < at + 12) return;
  const ssrc = bytes.readUInt32BE(at + 8);
  for (let entry = at + 12; entry + 4 <= end; entry += 4) {
    const first = bytes.readUInt16BE(entry);
    onResendRequest(ssrc, first);
    for (let mask = bytes.readUInt16BE(entry + 2), next = 1; mask; mask >>= 1, next++)
      if (mask & 1) onResendRequest(ssrc, (first + next) & 0xffff);
  }
}

export function writePictureLoss(senderSsrc: number, mediaSsrc: number): Buffer {
  return feedback(PAYLOAD_FEEDBACK, PICTURE_LOSS, senderSsrc, mediaSsrc, 0);
}

/** @param sequenceNumbers ascending, modulo 2^16. */
export function writeNack(senderSsrc: number, mediaSsrc: number, sequenceNumbers: readonly number[]): Buffer {
  const entries: [first: number, mask: number][] = [];
  for (const number of sequenceNumbers) {
    const last = entries.at(-1);
    const distance = last ? (number - last[0]) & 0xffff : Infinity;
    if (last && distance <= 16) last[1] |= 1 << (distance - 1);
    else entries.push([number, 0]);
  }
  const bytes = feedback(TRANSPORT_FEEDBACK, GENERIC_NACK, senderSsrc, mediaSsrc, entries.length);
  entries.forEach(([first, mask], index) => {
    bytes.writeUInt16BE(first, 12 + index * 4);
    bytes.writeUInt16BE(mask, 14 + index * 4);
  });
  return bytes;
}

function feedback(type: number, format: number, senderSsrc: number, mediaSsrc: number, words: number): Buffer {
  const bytes = Buffer.alloc(12 + words * 4);
  bytes[0] = 0x80 | format;
  bytes[1] = type;
  bytes.writeUInt16BE(2 + words, 2);
  bytes.writeUInt32BE(senderSsrc, 4);
  bytes.writeUInt32BE(mediaSsrc, 8);
  return bytes;
}

/** A receiver's report on one stream (RFC 3550, section 6.4.1). */
export interface ReportBlock {
  ssrc: number;
  /** Since the report before, 0..1. */
  lossRatio: number;
  totalLost: number;
  /** With its cycles. */
  highestSequenceNumber: number;
  /** In units of the RTP time stamp. */
  jitter: number;
  /** The middle 32 bits of the newest sender report's NTP time stamp and its age; 0 before there was one. */
  lastSenderReport: number;
  sinceLastSenderReportMs: number;
}

/** @param blocks at most `MAX_REPORT_BLOCKS`. */
export function writeReceiverReport(senderSsrc: number, blocks: readonly ReportBlock[]): Buffer {
  const bytes = Buffer.alloc(8 + blocks.length * REPORT_BLOCK_BYTES);
  bytes[0] = 0x80 | blocks.length;
  bytes[1] = RECEIVER_REPORT;
  bytes.writeUInt16BE(bytes.length / 4 - 1, 2);
  bytes.writeUInt32BE(senderSsrc, 4);
  blocks.forEach((block, index) => {
    const at = 8 + index * REPORT_BLOCK_BYTES;
    bytes.writeUInt32BE(block.ssrc, at);
    bytes.writeUInt8(Math.min(255, Math.max(0, Math.floor(block.lossRatio * 256))), at + 4);
    bytes.writeIntBE(Math.min(0x7fffff, Math.max(-0x800000, block.totalLost)), at + 5, 3);
    bytes.writeUInt32BE(block.highestSequenceNumber >>> 0, at + 8);
    bytes.writeUInt32BE(Math.round(block.jitter) >>> 0, at + 12);
    bytes.writeUInt32BE(block.lastSenderReport, at + 16);
    bytes.writeUInt32BE(Math.round(block.sinceLastSenderReportMs * 65.536) >>> 0, at + 20);
  });
  return bytes;
}

interface SenderReport {
  ssrc: number;
  cname: string;
  /** A moment of `performance.now()`, and its RTP time stamp. */
  nowMs: number;
  timestamp: number;
  packets: number;
  bytes: number;
}

/** A sender report with the source's name (RFC 3550, 6.4.1 and 6.5), by which receivers synchronize lips and words. */
export function writeSenderReport({ ssrc, cname, nowMs, timestamp, packets, bytes }: SenderReport): Buffer {
  const report = Buffer.alloc(28);
  report[0] = 0x80;
  report[1] = SENDER_REPORT;
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(ssrc, 4);
  writeNtp(report, 8, nowMs);
  report.writeUInt32BE(timestamp >>> 0, 16);
  report.writeUInt32BE(packets >>> 0, 20);
  report.writeUInt32BE(bytes >>> 0, 24);

  // One to four zero bytes end the items at a word's boundary.
  const words = Math.ceil((4 + 2 + cname.length + 1) / 4);
  const description = Buffer.alloc(4 + words * 4);
  description[0] = 0x81;
  description[1] = SOURCE_DESCRIPTION;
  description.writeUInt16BE(words, 2);
  description.writeUInt32BE(ssrc, 4);
  description[8] = CNAME;
  description[9] = cname.length;
  description.write(cname, 10, 'latin1');
  return Buffer.concat([report, description]);
}
