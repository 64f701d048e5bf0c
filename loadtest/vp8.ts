/** Fits an Ethernet frame with SRTP, UDP and IP around it. */
const MAX_PAYLOAD_BYTES = 1150;
const DESCRIPTOR_BYTES = 6;

/** Whether a frame can be decoded without others (RFC 6386, section 9.1: the lowest bit says that it cannot). */
export function isKeyFrame(frame: Buffer): boolean {
  return ((frame[0] ?? 1) & 1) === 0;
}

/** @returns the pixel size that a key frame carries (RFC 6386, section 9.1). */
export function sizeOfKeyFrame(frame: Buffer): { width: number; height: number } {
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff };
}

/**
 * @returns the payloads of one frame, each with the descriptor of RFC 7741, section 4.2: a picture id of 15 bits, and
 * the one temporal layer's own count.
 */
export function packetizeVp8(frame: Buffer, pictureId: number, temporalLayerZeroIndex: number): Buffer[] {
  const room = MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES;
  const payloads: Buffer[] = [];
  for (let at = 0; at < frame.length; at += room) {
    const part = frame.subarray(at, at + room);
    const payload = Buffer.alloc(DESCRIPTOR_BYTES + part.length);
    // X: an extension follows; S: a partition starts here.
    payload[0] = 0x80 | (at === 0 ? 0x10 : 0);
    // I, L, T: a picture id, TL0PICIDX and TID follow.
    payload[1] = 0xe0;
    payload.writeUInt16BE(0x8000 | (pictureId & 0x7fff), 2);
    payload[4] = temporalLayerZeroIndex & 0xff;
    part.copy(payload, DESCRIPTOR_BYTES);
    payloads.push(payload);
  }
  return payloads;
}

/** @param start of the payload. @returns where the part of the frame begins. */
export function vp8Start(bytes: Buffer, start: number): number {
  const first = bytes[start] ?? 0;
  if (!(first & 0x80)) return start + 1;
  const extensions = bytes[start + 1] ?? 0;
  let at = start + 2;
  if (extensions & 0x80) at += (bytes[at] ?? 0) & 0x80 ? 2 : 1;
  if (extensions & 0x40) at += 1;
  if (extensions & 0x30) at += 1;
  return at;
}

/** @param start of the payload. @returns whether a frame begins with it: S is set and the partition is the first. */
export function startsVp8Frame(bytes: Buffer, start: number): boolean {
  return ((bytes[start] ?? 0) & 0x1f) === 0x10;
}
