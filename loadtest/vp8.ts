import type { RtpPacket } from './rtp.js';

/** Fits an Ethernet frame with SRTP, UDP and IP around it. */
const MAX_PAYLOAD_BYTES = 1150;
const DESCRIPTOR_BYTES = 4;

/** Whether a frame can be decoded without others (RFC 6386, section 9.1: the lowest bit says that it cannot). */
export function isKeyFrame(frame: Buffer): boolean {
  return ((frame[0] ?? 1) & 1) === 0;
}

/** @returns the pixel size that a key frame carries (RFC 6386, section 9.1). */
export function sizeOfKeyFrame(frame: Buffer): { width: number; height: number } {
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff };
}

/** @returns the payloads of one frame, each with the descriptor of RFC 7741, section 4.2, with a picture id of 15 bits. */
export function packetizeVp8(frame: Buffer, pictureId: number): Buffer[] {
  const room = MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES;
  const payloads: Buffer[] = [];
  for (let at = 0; at < frame.length; at += room) {
    const part = frame.subarray(at, at + room);
    const payload = Buffer.alloc(DESCRIPTOR_BYTES + part.length);
    // X: an extension follows; S: a partition starts here.
    payload[0] = 0x80 | (at === 0 ? 0x10 : 0);
    // I: a picture id follows.
    payload[1] = 0x80;
    payload.writeUInt16BE(0x8000 | (pictureId & 0x7fff), 2);
    part.copy(payload, DESCRIPTOR_BYTES);
    payloads.push(payload);
  }
  return payloads;
}

export interface ReceivedFrame {
  data: Buffer;
  /** RTP time stamp, 90 kHz. */
  timestamp: number;
  isKeyFrame: boolean;
}

/** Puts frames together again from packets in order. One with a gap is dropped, and all after it up to the next key frame. */
export class Vp8Depacketizer {
  #parts: Buffer[] = [];
  #expected: number | null = null;
  #needsKeyFrame = true;

  /** @returns the frame that this packet completes. */
  push({ sequenceNumber, timestamp, marker, payload }: RtpPacket): ReceivedFrame | null {
    const gap = this.#expected !== null && sequenceNumber !== this.#expected;
    this.#expected = (sequenceNumber + 1) & 0xffff;
    if (gap) {
      this.#parts = [];
      this.#needsKeyFrame = true;
    }
    const start = descriptorLength(payload);
    if (start >= payload.length) return null;
    const startsFrame = (payload.readUInt8(0) & 0x1f) === 0x10;
    if (startsFrame) this.#parts = [];
    else if (this.#parts.length === 0) return null;
    this.#parts.push(payload.subarray(start));
    if (!marker) return null;

    const data = Buffer.concat(this.#parts);
    this.#parts = [];
    const key = isKeyFrame(data);
    if (key) this.#needsKeyFrame = false;
    return this.#needsKeyFrame ? null : { data, timestamp, isKeyFrame: key };
  }
}

function descriptorLength(payload: Buffer): number {
  const first = payload[0] ?? 0;
  if (!(first & 0x80)) return 1;
  const extensions = payload[1] ?? 0;
  let length = 2;
  if (extensions & 0x80) length += (payload[2] ?? 0) & 0x80 ? 2 : 1;
  if (extensions & 0x40) length += 1;
  if (extensions & 0x30) length += 1;
  return length;
}
