import { writeNtp } from './ntp.js';

/** A packet to send (RFC 3550, section 5.1). */
export interface OutgoingPacket {
  payloadType: number;
  marker: boolean;
  sequenceNumber: number;
  timestamp: number;
  ssrc: number;
  payload: Buffer;
  /** A moment of `performance.now()`, sent as abs-capture-time. */
  captureTimeMs?: number;
  audioLevel?: AudioLevel;
}

export interface AudioLevel {
  /** -dBov: 0 the loudest, 127 silence (RFC 6464). */
  level: number;
  voice: boolean;
}

/** Ids of the header extensions in the packets that we send. */
export const EXTENSION_IDS = { audioLevel: 1, captureTime: 2, transportSequence: 3 } as const;

const FIXED_HEADER_BYTES = 12;
/** Profiles of one-byte and of two-byte header extensions (RFC 8285, sections 4.2 and 4.3). */
const ONE_BYTE_EXTENSIONS = 0xbede;
const TWO_BYTE_EXTENSIONS = 0x1000;
const TRANSPORT_SEQUENCE_AT = FIXED_HEADER_BYTES + 4;

/** Every packet has room for the transport's sequence number, which `stampTransportSequence` fills in. */
export function writeRtp(packet: OutgoingPacket): Buffer {
  const { payloadType, marker, sequenceNumber, timestamp, ssrc, payload, captureTimeMs, audioLevel } = packet;
  const extensionBytes = 3 + (captureTimeMs === undefined ? 0 : 9) + (audioLevel ? 2 : 0);
  const extensionWords = (extensionBytes + 3) >> 2;
  const headerBytes = FIXED_HEADER_BYTES + 4 + extensionWords * 4;
  const bytes = Buffer.alloc(headerBytes + payload.length);
  bytes[0] = 0x90;
  bytes[1] = (marker ? 0x80 : 0) | payloadType;
  bytes.writeUInt16BE(sequenceNumber & 0xffff, 2);
  bytes.writeUInt32BE(timestamp >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  bytes.writeUInt16BE(ONE_BYTE_EXTENSIONS, 12);
  bytes.writeUInt16BE(extensionWords, 14);
  // The lower half of an element's first byte is its length less one.
  bytes[TRANSPORT_SEQUENCE_AT] = (EXTENSION_IDS.transportSequence << 4) | 1;
  let at = TRANSPORT_SEQUENCE_AT + 3;
  if (captureTimeMs !== undefined) {
    bytes[at] = (EXTENSION_IDS.captureTime << 4) | 7;
    writeNtp(bytes, at + 1, captureTimeMs);
    at += 9;
  }
  if (audioLevel) {
    bytes[at] = EXTENSION_IDS.audioLevel << 4;
    bytes[at + 1] = (audioLevel.voice ? 0x80 : 0) | audioLevel.level;
  }
  payload.copy(bytes, headerBytes);
  return bytes;
}

/** Numbers a packet of `writeRtp` in the order of its transport (draft-holmer-rmcat-transport-wide-cc-extensions). */
export function stampTransportSequence(bytes: Buffer, sequenceNumber: number): void {
  bytes.writeUInt16BE(sequenceNumber & 0xffff, TRANSPORT_SEQUENCE_AT + 1);
}

/** @returns where the payload begins; -1 for what is no RTP packet. */
export function payloadStart(bytes: Buffer): number {
  if (bytes.length < FIXED_HEADER_BYTES) return -1;
  const first = bytes.readUInt8(0);
  if (first >> 6 !== 2) return -1;
  let start = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (bytes.length < start + 4) return -1;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  return start <= payloadEnd(bytes) ? start : -1;
}

/** @returns where the payload ends, and padding may follow. */
export function payloadEnd(bytes: Buffer): number {
  return bytes.readUInt8(0) & 0x20 ? bytes.length - bytes.readUInt8(bytes.length - 1) : bytes.length;
}

/** @param end of the header: `payloadStart`. @returns the beginning of a header extension's value; -1 without it. */
export function findExtension(bytes: Buffer, id: number, end: number): number {
  const first = bytes.readUInt8(0);
  if (!(first & 0x10) || id === 0) return -1;
  let at = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  const profile = bytes.readUInt16BE(at);
  at += 4;
  if (profile === ONE_BYTE_EXTENSIONS) {
    while (at < end) {
      const element = bytes.readUInt8(at);
      if (element >> 4 === id) return at + 1;
      // A zero byte is padding.
      at += element === 0 ? 1 : 2 + (element & 0x0f);
    }
  } else if ((profile & 0xfff0) === TWO_BYTE_EXTENSIONS) {
    while (at + 1 < end) {
      const element = bytes.readUInt8(at);
      if (element === id) return at + 2;
      at += element === 0 ? 1 : 2 + bytes.readUInt8(at + 1);
    }
  }
  return -1;
}

/** RTP and RTCP share a transport; the second byte tells them apart (RFC 5761, section 4). */
export function isRtcp(bytes: Buffer): boolean {
  const type = bytes[1] ?? 0;
  return type >= 192 && type <= 223;
}
