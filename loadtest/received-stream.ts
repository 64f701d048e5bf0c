import type { ConsumerChange, ConsumerOptions } from '@minimeet/protocol';
import { readRtp } from './rtp.js';
import { Vp8Depacketizer, type ReceivedFrame } from './vp8.js';

/** What arrived of one consumer. Times are of `performance.now()`, in milliseconds; `null` until then. */
export class ReceivedStream {
  readonly options: ConsumerOptions;
  readonly ssrc: number;
  readonly openedAtMs = performance.now();
  packets = 0;
  bytes = 0;
  /** Complete VP8 frames from the first key frame on. */
  frames = 0;
  keyFrames = 0;
  /** Packets that are missing in the sequence. */
  lost = 0;
  firstPacketAtMs: number | null = null;
  firstKeyFrameAtMs: number | null = null;
  lastPacketAtMs: number | null = null;
  /** What the server said last; `null` before it said anything. */
  state: ConsumerChange | null = null;
  /** Gets each complete VP8 frame. */
  onFrame: ((frame: ReceivedFrame) => void) | null = null;
  readonly #depacketizer: Vp8Depacketizer | null;
  #nextSequenceNumber: number | null = null;

  constructor(options: ConsumerOptions) {
    const ssrc = options.rtpParameters.encodings?.[0]?.ssrc;
    if (ssrc === undefined) throw new Error('The consumer has no SSRC.');
    this.options = options;
    this.ssrc = ssrc;
    this.#depacketizer = options.kind === 'video' ? new Vp8Depacketizer() : null;
  }

  receive(bytes: Buffer, nowMs: number): void {
    this.packets += 1;
    this.bytes += bytes.length;
    this.firstPacketAtMs ??= nowMs;
    this.lastPacketAtMs = nowMs;
    const packet = readRtp(bytes);
    if (!packet) return;
    this.#countLoss(packet.sequenceNumber);
    const frame = this.#depacketizer?.push(packet);
    if (!frame) return;
    this.frames += 1;
    if (frame.isKeyFrame) {
      this.keyFrames += 1;
      this.firstKeyFrameAtMs ??= nowMs;
    }
    this.onFrame?.(frame);
  }

  #countLoss(sequenceNumber: number): void {
    const missing = this.#nextSequenceNumber === null ? 0 : (sequenceNumber - this.#nextSequenceNumber) & 0xffff;
    // Half the number space and more is a packet that comes late, not a gap.
    if (missing >= 0x8000) return;
    this.lost += missing;
    this.#nextSequenceNumber = (sequenceNumber + 1) & 0xffff;
  }
}
