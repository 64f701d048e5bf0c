/** Seconds from 1900 (NTP) to 1970 (Unix). */
const EPOCH_OFFSET_SECONDS = 2_208_988_800;
const FRACTIONS_PER_SECOND = 2 ** 32;
/** Reading it costs more than all else that is done with a packet. */
const { timeOrigin } = performance;

/** Writes a 64-bit NTP time stamp (RFC 5905, section 6). @param timeMs of `performance.now()`. */
export function writeNtp(bytes: Buffer, offset: number, timeMs: number): void {
  const unixMs = timeOrigin + timeMs;
  const seconds = Math.floor(unixMs / 1000);
  bytes.writeUInt32BE(seconds + EPOCH_OFFSET_SECONDS, offset);
  bytes.writeUInt32BE(Math.floor((unixMs / 1000 - seconds) * FRACTIONS_PER_SECOND), offset + 4);
}

/** @returns the time of `performance.now()`. */
export function readNtp(bytes: Buffer, offset: number): number {
  const seconds = bytes.readUInt32BE(offset) - EPOCH_OFFSET_SECONDS;
  return seconds * 1000 + (bytes.readUInt32BE(offset + 4) / FRACTIONS_PER_SECOND) * 1000 - timeOrigin;
}
