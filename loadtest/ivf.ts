/** A file of VP8 frames (IVF, as libvpx's `ivfdec.c` reads it): 32 bytes of header, then 12 bytes and data a frame. */
export interface VideoFile {
  width: number;
  height: number;
  /** Frames a second. */
  frameRate: number;
  frames: Buffer[];
}

const FILE_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 12;

export function readIvf(file: Buffer): VideoFile {
  if (file.toString('latin1', 0, 4) !== 'DKIF' || file.toString('latin1', 8, 12) !== 'VP80') {
    throw new TypeError('This is not an IVF file of VP8 frames.');
  }
  const frames: Buffer[] = [];
  for (let at = file.readUInt16LE(6); at + FRAME_HEADER_BYTES <= file.length;) {
    const start = at + FRAME_HEADER_BYTES;
    at = start + file.readUInt32LE(at);
    frames.push(file.subarray(start, at));
  }
  const frameRate = file.readUInt32LE(16) / file.readUInt32LE(20);
  return { width: file.readUInt16LE(12), height: file.readUInt16LE(14), frameRate, frames };
}

/** @param timestampMs of each frame. @returns the file. */
export function writeIvf(
  frames: readonly { data: Buffer; timestampMs: number }[],
  size: { width: number; height: number },
): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  header.write('DKIF', 0, 'latin1');
  header.writeUInt16LE(FILE_HEADER_BYTES, 6);
  header.write('VP80', 8, 'latin1');
  header.writeUInt16LE(size.width, 12);
  header.writeUInt16LE(size.height, 14);
  // The time base: milliseconds.
  header.writeUInt32LE(1000, 16);
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(frames.length, 24);
  const parts = frames.flatMap(({ data, timestampMs }) => {
    const frameHeader = Buffer.alloc(FRAME_HEADER_BYTES);
    frameHeader.writeUInt32LE(data.length, 0);
    frameHeader.writeBigUInt64LE(BigInt(Math.round(timestampMs)), 4);
    return [frameHeader, data];
  });
  return Buffer.concat([header, ...parts]);
}
