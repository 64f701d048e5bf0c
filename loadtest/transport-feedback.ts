/**
 * Transport-wide feedback, section 3.1 of draft-holmer-rmcat-transport-wide-cc-extensions-01: the packets of a
 * transport that came, and their times in ticks of 250 µs.
 */
const TRANSPORT_FEEDBACK = 205;
const TRANSPORT_WIDE = 15;
const HEADER_BYTES = 20;
/** Ticks of 250 µs in a millisecond, and in the 64 ms that the reference time counts. */
export const TICKS_PER_MS = 4;
const TICKS_PER_REFERENCE = 64 * TICKS_PER_MS;
const MAX_SMALL_DELTA = 255;
/** The largest delta, which has 16 bits and a sign. */
export const MAX_DELTA_TICKS = 0x7fff;
/** With two bytes for each and a chunk for every seven, a packet stays below 1,200 bytes. */
export const MAX_STATUSES = 512;

/** Section 3.1.1. */
const NOT_RECEIVED = 0;
const SMALL_DELTA = 1;
const LARGE_DELTA = 2;
/** Statuses that a vector chunk holds, by the bits that each takes (3.1.4). */
const ONE_BIT_STATUSES = 14;
const TWO_BIT_STATUSES = 7;

/** Says that a packet did not come. */
export const NEVER = -1;

interface TransportFeedback {
  senderSsrc: number;
  mediaSsrc: number;
  /** The transport-wide number of the first one in `arrivals`. */
  baseSequenceNumber: number;
  /** How many feedback packets there were before, modulo 256. */
  feedbackCount: number;
  /** Ticks by sequence number, or `NEVER`. At most `MAX_STATUSES`, one came, neighbours within `MAX_DELTA_TICKS`. */
  arrivals: Float64Array;
}

/** Used again and again. */
const statuses = new Uint8Array(MAX_STATUSES);
const scratch = Buffer.alloc(HEADER_BYTES + MAX_STATUSES * 3);

export function writeTransportFeedback({
  senderSsrc,
  mediaSsrc,
  baseSequenceNumber,
  feedbackCount,
  arrivals,
}: TransportFeedback): Buffer {
  const reference = Math.floor((arrivals.find((ticks) => ticks !== NEVER) ?? 0) / TICKS_PER_REFERENCE);
  writeStatuses(arrivals, reference * TICKS_PER_REFERENCE);
  let end = writeChunks(arrivals.length);
  end = writeDeltas(arrivals, reference * TICKS_PER_REFERENCE, end);
  // Zeros up to the end of a word.
  while (end % 4 !== 0) scratch[end++] = 0;
  scratch[0] = 0x80 | TRANSPORT_WIDE;
  scratch[1] = TRANSPORT_FEEDBACK;
  scratch.writeUInt16BE(end / 4 - 1, 2);
  scratch.writeUInt32BE(senderSsrc, 4);
  scratch.writeUInt32BE(mediaSsrc, 8);
  scratch.writeUInt16BE(baseSequenceNumber & 0xffff, 12);
  scratch.writeUInt16BE(arrivals.length, 14);
  scratch.writeUIntBE(reference % 0x1000000, 16, 3);
  scratch[19] = feedbackCount & 0xff;
  return Buffer.from(scratch.subarray(0, end));
}

function writeStatuses(arrivals: Float64Array, referenceTicks: number): void {
  let beforeTicks = referenceTicks;
  for (let i = 0; i < arrivals.length; i++) {
    const ticks = arrivals[i] ?? NEVER;
    if (ticks === NEVER) {
      statuses[i] = NOT_RECEIVED;
      continue;
    }
    statuses[i] = isSmall(ticks - beforeTicks) ? SMALL_DELTA : LARGE_DELTA;
    beforeTicks = ticks;
  }
}

/** @returns where they end. */
function writeChunks(count: number): number {
  let end = HEADER_BYTES;
  for (let at = 0; at < count; end += 2) {
    const sameUntil = endOfRun(at, count);
    const vector = vectorFits(at, count) ? ONE_BIT_STATUSES : TWO_BIT_STATUSES;
    if (sameUntil === count || sameUntil - at >= vector) {
      scratch.writeUInt16BE(((statuses[at] ?? NOT_RECEIVED) << 13) | (sameUntil - at), end);
      at = sameUntil;
      continue;
    }
    const bits = ONE_BIT_STATUSES / vector;
    let chunk = bits === 1 ? 0b10 : 0b11;
    // Symbols beyond the last one are zero.
    for (let i = at; i < at + vector; i++) chunk = (chunk << bits) | (i < count ? (statuses[i] ?? 0) : 0);
    scratch.writeUInt16BE(chunk, end);
    at += vector;
  }
  return end;
}

/** @returns where another status follows. A run's length has 13 bits, which `MAX_STATUSES` cannot exceed. */
function endOfRun(at: number, count: number): number {
  let end = at + 1;
  while (end < count && statuses[end] === statuses[at]) end++;
  return end;
}

/** Whether one bit says enough of the next 14. */
function vectorFits(at: number, count: number): boolean {
  for (let i = at; i < Math.min(at + ONE_BIT_STATUSES, count); i++) if (statuses[i] === LARGE_DELTA) return false;
  return true;
}

/** @returns where they end. */
function writeDeltas(arrivals: Float64Array, referenceTicks: number, start: number): number {
  let [beforeTicks, end] = [referenceTicks, start];
  for (const ticks of arrivals) {
    if (ticks === NEVER) continue;
    const delta = ticks - beforeTicks;
    end = isSmall(delta) ? scratch.writeUInt8(delta, end) : scratch.writeInt16BE(delta, end);
    beforeTicks = ticks;
  }
  return end;
}

function isSmall(delta: number): boolean {
  return delta >= 0 && delta <= MAX_SMALL_DELTA;
}
