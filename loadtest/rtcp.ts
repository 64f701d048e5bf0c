const SENDER_REPORT = 200;
const SOURCE_DESCRIPTION = 202;
const PAYLOAD_FEEDBACK = 206;
const PICTURE_LOSS = 1;
const FULL_INTRA_REQUEST = 4;
const CNAME = 1;
/** Seconds from 1900 (NTP) to 1970 (Unix). */
const NTP_EPOCH_OFFSET = 2_208_988_800;

/** @returns the SSRCs that are asked for a key frame in a compound packet: by PLI (RFC 4585, 6.3.1) or FIR (RFC 5104, 4.3.1). */
export function keyFrameRequests(bytes: Buffer): number[] {
  const ssrcs: number[] = [];
  for (let at = 0; at + 12 <= bytes.length;) {
    const format = bytes.readUInt8(at) & 0x1f;
    const end = at + (bytes.readUInt16BE(at + 2) + 1) * 4;
    if (bytes.readUInt8(at + 1) === PAYLOAD_FEEDBACK) {
      if (format === PICTURE_LOSS) ssrcs.push(bytes.readUInt32BE(at + 8));
      if (format === FULL_INTRA_REQUEST) {
        for (let entry = at + 12; entry + 8 <= Math.min(end, bytes.length); entry += 8)
          ssrcs.push(bytes.readUInt32BE(entry));
      }
    }
    at = end;
  }
  return ssrcs;
}

export function writePictureLoss(senderSsrc: number, mediaSsrc: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes[0] = 0x80 | PICTURE_LOSS;
  bytes[1] = PAYLOAD_FEEDBACK;
  bytes.writeUInt16BE(2, 2);
  bytes.writeUInt32BE(senderSsrc, 4);
  bytes.writeUInt32BE(mediaSsrc, 8);
  return bytes;
}

interface SenderReport {
  ssrc: number;
  cname: string;
  /** Milliseconds since 1970, and the RTP time stamp of the same moment. */
  nowMs: number;
  timestamp: number;
  packets: number;
  bytes: number;
}

/** A sender report with the source's name (RFC 3550, sections 6.4.1 and 6.5): what receivers need to keep lips and words together. */
export function writeSenderReport({ ssrc, cname, nowMs, timestamp, packets, bytes }: SenderReport): Buffer {
  const report = Buffer.alloc(28);
  report[0] = 0x80;
  report[1] = SENDER_REPORT;
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE(Math.floor(nowMs / 1000) + NTP_EPOCH_OFFSET, 8);
  report.writeUInt32BE(Math.floor(((nowMs % 1000) / 1000) * 2 ** 32), 12);
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
