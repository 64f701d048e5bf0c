/** An RTP packet (RFC 3550, section 5.1), as far as we make and read it. */
export interface RtpPacket {
  payloadType: number;
  marker: boolean;
  sequenceNumber: number;
  timestamp: number;
  ssrc: number;
  payload: Buffer;
}

interface AudioLevel {
  /** Of the header extension. */
  id: number;
  /** -dBov: 0 the loudest, 127 silence (RFC 6464). */
  level: number;
  voice: boolean;
}

const FIXED_HEADER_BYTES = 12;
/** Profile of one-byte header extensions (RFC 8285, section 4.2). */
const ONE_BYTE_EXTENSIONS = 0xbede;

export function writeRtp(packet: RtpPacket, audioLevel?: AudioLevel): Buffer {
  const { payloadType, marker, sequenceNumber, timestamp, ssrc, payload } = packet;
  const headerBytes = FIXED_HEADER_BYTES + (audioLevel ? 8 : 0);
  const bytes = Buffer.alloc(headerBytes + payload.length);
  bytes[0] = audioLevel ? 0x90 : 0x80;
  bytes[1] = (marker ? 0x80 : 0) | payloadType;
  bytes.writeUInt16BE(sequenceNumber & 0xffff, 2);
  bytes.writeUInt32BE(timestamp >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  if (audioLevel) {
    bytes.writeUInt16BE(ONE_BYTE_EXTENSIONS, 12);
    // In words of 32 bits: one byte of id and length, one of level, two of padding.
    bytes.writeUInt16BE(1, 14);
    bytes[16] = audioLevel.id << 4;
    bytes[17] = (audioLevel.voice ? 0x80 : 0) | audioLevel.level;
  }
  payload.copy(bytes, headerBytes);
  return bytes;
}

/** @returns `null` for what is no RTP packet. */
export function readRtp(bytes: Buffer): RtpPacket | null {
  if (bytes.length < FIXED_HEADER_BYTES || bytes.readUInt8(0) >> 6 !== 2) return null;
  const first = bytes.readUInt8(0);
  let start = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (bytes.length < start + 4) return null;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const end = first & 0x20 ? bytes.length - bytes.readUInt8(bytes.length - 1) : bytes.length;
  if (start > end) return null;
  return {
    payloadType: bytes.readUInt8(1) & 0x7f,
    marker: (bytes.readUInt8(1) & 0x80) !== 0,
    sequenceNumber: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}

/** RTP and RTCP share a transport; the second byte tells them apart (RFC 5761, section 4). */
export function isRtcp(bytes: Buffer): boolean {
  const type = bytes[1] ?? 0;
  return type >= 192 && type <= 223;
}
