import { startsVp8Frame, vp8Start } from './vp8.js';

export interface ReceivedFrame {
  data: Buffer;
  /** RTP time stamp, 90 kHz. */
  timestamp: number;
  isKeyFrame: boolean;
}

/** A frame that could be shown: complete, and everything that it builds on was. */
export interface ShownFrame {
  timestamp: number;
  isKeyFrame: boolean;
  /** When it was sent (`performance.now()`); `null` when the packets do not say. */
  captureTimeMs: number | null;
  /** The payloads, when they are kept. */
  parts: Map<number, Buffer> | null;
}

/** One packet of a frame; reused for all, so that none is made for each. */
export interface VideoPacket {
  bytes: Buffer;
  /** With its cycles. */
  sequenceNumber: number;
  timestamp: number;
  marker: boolean;
  payloadStart: number;
  payloadEnd: number;
  captureTimeMs: number | null;
}

interface Frame extends ShownFrame {
  first: number;
  last: number;
  newest: number;
  packets: number;
}

/** Older frames than this will never be shown. */
const MAX_PENDING = 60;

/**
 * Finds the VP8 frames of one temporal layer that a browser could show, without decoding: a key frame, or one that
 * follows the last shown one without a gap. A frame that waits for a packet sent again is shown when that comes.
 */
export class FrameTracker {
  /** Whether frames are put together, for somebody who wants their bytes. */
  keepsPayload = false;
  /** The size of the newest key frame. */
  size: { width: number; height: number } | null = null;
  readonly #onFrame: (frame: ShownFrame) => void;
  #pending: Frame[] = [];
  #shownUntil = -1;

  constructor(onFrame: (frame: ShownFrame) => void) {
    this.#onFrame = onFrame;
  }

  /** Whether frames come that cannot be shown before the next key frame. */
  get isStuck(): boolean {
    return this.#pending.length > 2;
  }

  push(packet: VideoPacket): void {
    const { bytes, sequenceNumber, payloadStart, payloadEnd } = packet;
    const start = vp8Start(bytes, payloadStart);
    if (start >= payloadEnd || sequenceNumber <= this.#shownUntil) return;
    const frame = this.#frameOf(packet.timestamp);
    frame.packets += 1;
    if (sequenceNumber > frame.newest) frame.newest = sequenceNumber;
    if (packet.captureTimeMs !== null) frame.captureTimeMs = packet.captureTimeMs;
    if (packet.marker) frame.last = sequenceNumber;
    if (startsVp8Frame(bytes, payloadStart)) {
      frame.first = sequenceNumber;
      frame.isKeyFrame = (bytes.readUInt8(start) & 1) === 0;
      if (frame.isKeyFrame && start + 10 <= payloadEnd) this.#readSize(bytes, start);
    }
    if (this.keepsPayload) (frame.parts ??= new Map()).set(sequenceNumber, bytes.subarray(start, payloadEnd));
    if (isComplete(frame)) this.#show();
  }

  #frameOf(timestamp: number): Frame {
    for (let i = this.#pending.length - 1; i >= 0; i--) {
      const frame = this.#pending[i];
      if (frame?.timestamp === timestamp) return frame;
    }
    const frame: Frame = {
      timestamp,
      isKeyFrame: false,
      captureTimeMs: null,
      parts: null,
      first: -1,
      last: -1,
      newest: -1,
      packets: 0,
    };
    if (this.#pending.push(frame) > MAX_PENDING) this.#pending.shift();
    return frame;
  }

  #show(): void {
    for (;;) {
      const next =
        this.#pending.find(
          (frame) => frame.first === this.#shownUntil + 1 && isComplete(frame) && this.#shownUntil >= 0,
        ) ?? this.#pending.find((frame) => frame.isKeyFrame && isComplete(frame));
      if (!next) return;
      this.#shownUntil = next.last;
      if (this.#pending.length === 1) this.#pending.length = 0;
      else this.#pending = this.#pending.filter(({ newest }) => newest > next.last);
      this.#onFrame(next);
    }
  }

  #readSize(bytes: Buffer, start: number): void {
    const width = bytes.readUInt16LE(start + 6) & 0x3fff;
    const height = bytes.readUInt16LE(start + 8) & 0x3fff;
    if (this.size?.width !== width || this.size.height !== height) this.size = { width, height };
  }
}

function isComplete({ first, last, packets }: Frame): boolean {
  return first >= 0 && last >= first && packets === last - first + 1;
}

/** @returns the bytes of a frame whose payloads were kept. */
export function assemble({ timestamp, isKeyFrame, parts }: ShownFrame): ReceivedFrame | null {
  if (!parts) return null;
  const ordered = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  return { data: Buffer.concat(ordered), timestamp, isKeyFrame };
}
