import type { ConsumerChange, ConsumerOptions } from '@minimeet/protocol';
import { ArrivalTimes } from './arrival-times.js';
import { assemble, FrameTracker, type ReceivedFrame, type ShownFrame, type VideoPacket } from './frame-tracker.js';
import { FreezeMeter } from './freeze-meter.js';
import { readNtp } from './ntp.js';
import type { StreamStats } from './peer-stats.js';
import type { ReportBlock } from './rtcp.js';
import { findExtension, payloadEnd, payloadStart } from './rtp.js';
import { CAPTURE_TIME_URI } from './rtp-parameters.js';
import { SequenceTracker } from './sequence-tracker.js';

/** Enough for ten seconds; more is not kept when nobody asks. */
const MAX_LATENCIES = 1_000;
const VIDEO_CLOCK_RATE = 90_000;

/** The media received by one consumer. Times are of `performance.now()`, in milliseconds; `null` until then. */
export class ReceivedStream {
  readonly options: ConsumerOptions;
  readonly ssrc: number;
  /** The SSRC of packets that are sent again (RFC 4588); `null` without. */
  readonly repairSsrc: number | null;
  readonly openedAtMs = performance.now();
  /** Each counted once. */
  packets = 0;
  bytes = 0;
  /** VP8 frames that could be shown, from the first key frame on. */
  frames = 0;
  keyFrames = 0;
  firstPacketAtMs: number | null = null;
  firstKeyFrameAtMs: number | null = null;
  lastPacketAtMs: number | null = null;
  /** The server's last word; `null` before it said anything. */
  #state: ConsumerChange | null = null;
  #onFrame: ((frame: ReceivedFrame) => void) | null = null;
  readonly #isVideo: boolean;
  readonly #clockRate: number;
  readonly #captureTimeId: number;
  readonly #sequence = new SequenceTracker();
  readonly #arrivals: ArrivalTimes;
  readonly #freezes: FreezeMeter;
  readonly #frameTracker = new FrameTracker((frame) => this.#show(frame));
  readonly #packet: VideoPacket;
  #latenciesMs: number[] = [];
  #taken = { packets: 0, lost: 0, bytes: 0, frames: 0, freezes: 0, frozenMs: 0, watchedMs: 0 };
  #lastSenderReport = 0;
  #lastSenderReportAtMs = 0;
  #nowMs = 0;

  /** @param interrupted showed this picture until the media was lost: it is frozen since. */
  constructor(options: ConsumerOptions, interrupted?: ReceivedStream) {
    const { codecs, encodings, headerExtensions } = options.rtpParameters;
    const ssrc = encodings?.[0]?.ssrc;
    if (ssrc === undefined) throw new Error('The consumer has no SSRC.');
    this.options = options;
    this.#freezes = interrupted?.freezes ?? new FreezeMeter();
    if (interrupted) {
      const { freezes, frozenMs, watchedMs } = interrupted.#taken;
      this.#taken = { ...this.#taken, freezes, frozenMs, watchedMs };
    }
    this.ssrc = ssrc;
    this.repairSsrc = encodings?.[0]?.rtx?.ssrc ?? null;
    this.#isVideo = options.kind === 'video';
    this.#clockRate = codecs[0]?.clockRate ?? VIDEO_CLOCK_RATE;
    this.#captureTimeId = headerExtensions?.find(({ uri }) => uri === CAPTURE_TIME_URI)?.id ?? 0;
    this.#arrivals = new ArrivalTimes(this.#clockRate, !this.#isVideo);
    this.#packet = {
      bytes: Buffer.alloc(0),
      sequenceNumber: 0,
      timestamp: 0,
      marker: false,
      payloadStart: 0,
      payloadEnd: 0,
      captureTimeMs: null,
    };
  }

  /** Packets that are lost for good: there was time to send them again. */
  get lost(): number {
    return this.#sequence.lost;
  }

  /** The size of the newest key frame; `null` before it. */
  get size(): { width: number; height: number } | null {
    return this.#frameTracker.size;
  }

  get freezes(): FreezeMeter {
    return this.#freezes;
  }

  get state(): ConsumerChange | null {
    return this.#state;
  }

  /** A stream that the server stops or lets flow again is not frozen, nor late. */
  set state(state: ConsumerChange | null) {
    if (state?.paused !== this.#state?.paused) {
      this.#freezes.pause(performance.now());
      this.#arrivals.restart();
    }
    this.#state = state;
  }

  /** Gets each complete VP8 frame. */
  set onFrame(onFrame: ((frame: ReceivedFrame) => void) | null) {
    this.#onFrame = onFrame;
    this.#frameTracker.keepsPayload = onFrame !== null;
  }

  /** Whether packets are missing that may be asked for. */
  get hasGaps(): boolean {
    return this.#sequence.hasGaps;
  }

  /** Gives up what is missing for too long. @returns the sequence numbers to ask for now. */
  reviewGaps(nowMs: number): number[] {
    const due = this.#sequence.review(nowMs);
    return this.#isVideo ? due : [];
  }

  /** Whether only a key frame helps. */
  get needsKeyFrame(): boolean {
    return this.#frameTracker.isStuck && !this.#sequence.hasGaps;
  }

  /** @param isRepair sent again: the original sequence number stands before the payload (RFC 4588, section 4). */
  receive(bytes: Buffer, nowMs: number, isRepair = false): void {
    const headerEnd = payloadStart(bytes);
    const end = headerEnd < 0 ? 0 : payloadEnd(bytes);
    const start = isRepair ? headerEnd + 2 : headerEnd;
    if (headerEnd < 0 || start > end) return;
    const highest = this.#sequence.highest;
    const sequenceNumber = this.#sequence.push(bytes.readUInt16BE(isRepair ? headerEnd : 2), nowMs);
    if (sequenceNumber < 0) return;
    this.packets += 1;
    this.bytes += bytes.length;
    this.firstPacketAtMs ??= nowMs;
    this.lastPacketAtMs = nowMs;
    const timestamp = bytes.readUInt32BE(4);
    if (sequenceNumber > highest) this.#arrivals.push(sequenceNumber, timestamp, nowMs);
    const captureTime = findExtension(bytes, this.#captureTimeId, headerEnd);
    const captureTimeMs = captureTime < 0 ? null : readNtp(bytes, captureTime);
    if (!this.#isVideo) {
      if (captureTimeMs !== null) this.#addLatency(nowMs - captureTimeMs);
      return;
    }
    const packet = this.#packet;
    packet.bytes = bytes;
    packet.sequenceNumber = sequenceNumber;
    packet.timestamp = timestamp;
    packet.marker = bytes.readUInt8(1) >= 0x80;
    packet.payloadStart = start;
    packet.payloadEnd = end;
    packet.captureTimeMs = captureTimeMs;
    this.#nowMs = nowMs;
    this.#frameTracker.push(packet);
  }

  senderReport(lastSenderReport: number, nowMs: number): void {
    this.#lastSenderReport = lastSenderReport;
    this.#lastSenderReportAtMs = nowMs;
  }

  /** @returns `null` before the first packet. */
  reportBlock(nowMs: number): ReportBlock | null {
    if (this.#sequence.highest < 0) return null;
    return {
      ssrc: this.ssrc,
      ...this.#sequence.report(),
      jitter: ((this.#arrivals.jitterMs ?? 0) * this.#clockRate) / 1000,
      lastSenderReport: this.#lastSenderReport,
      sinceLastSenderReportMs: this.#lastSenderReport === 0 ? 0 : nowMs - this.#lastSenderReportAtMs,
    };
  }

  /** @returns what came since the last call. */
  takeStats(nowMs: number): StreamStats {
    const freezes = this.reviewFreezes(nowMs);
    const { lost } = this.#sequence;
    const now = {
      packets: this.packets,
      lost,
      bytes: this.bytes,
      frames: this.frames,
      freezes: freezes.count,
      frozenMs: freezes.totalMs,
      watchedMs: freezes.watchedMs,
    };
    const before = this.#taken;
    this.#taken = now;
    const { id, participantId, source, kind } = this.options;
    const stats: StreamStats = {
      consumerId: id,
      participantId,
      source,
      kind,
      paused: this.#state?.paused ?? false,
      packets: now.packets - before.packets,
      expected: now.packets - before.packets + now.lost - before.lost,
      lost: now.lost - before.lost,
      bytes: now.bytes - before.bytes,
      jitterMs: this.#arrivals.jitterMs,
      maxGapMs: this.#arrivals.maxGapMs,
      frames: now.frames - before.frames,
      freezes: {
        count: now.freezes - before.freezes,
        totalMs: now.frozenMs - before.frozenMs,
        durationsMs: freezes.durationsMs,
      },
      watchedMs: now.watchedMs - before.watchedMs,
      latenciesMs: this.#latenciesMs,
    };
    this.#arrivals.maxGapMs = 0;
    freezes.durationsMs = [];
    this.#latenciesMs = [];
    return stats;
  }

  /** @returns with what there is of a freeze that goes on. */
  reviewFreezes(nowMs: number): FreezeMeter {
    this.#freezes.review(nowMs);
    return this.#freezes;
  }

  /** The consumer is gone: its video need not move any more. */
  close(nowMs: number): void {
    this.#freezes.pause(nowMs);
  }

  #show(frame: ShownFrame): void {
    this.frames += 1;
    this.#freezes.frame(this.#nowMs);
    if (frame.captureTimeMs !== null) this.#addLatency(this.#nowMs - frame.captureTimeMs);
    if (frame.isKeyFrame) {
      this.keyFrames += 1;
      this.firstKeyFrameAtMs ??= this.#nowMs;
    }
    const assembled = this.#onFrame && assemble(frame);
    if (assembled) this.#onFrame?.(assembled);
  }

  #addLatency(latencyMs: number): void {
    if (this.#latenciesMs.length < MAX_LATENCIES) this.#latenciesMs.push(latencyMs);
  }
}
