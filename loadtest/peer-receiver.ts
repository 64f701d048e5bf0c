import type { ConsumerChange, ConsumerId, ConsumerOptions } from '@minimeet/protocol';
import type { StreamStats } from './peer-stats.js';
import { ReceivedStream } from './received-stream.js';
import {
  MAX_REPORT_BLOCKS,
  readRtcp,
  writeNack,
  writePictureLoss,
  writeReceiverReport,
  type ReportBlock,
  type RtcpListener,
} from './rtcp.js';
import { findExtension, isRtcp, payloadStart } from './rtp.js';
import { TransportArrivals } from './transport-arrivals.js';

const REPORT_INTERVAL_MS = 1_000;
const KEY_FRAME_REQUEST_INTERVAL_MS = 1_000;
/** A picture that is not back by then was switched off, or its sender has left. */
const INTERRUPTION_MS = 15_000;
/** The sender of its feedback; it never sends media with it. */
const FEEDBACK_SSRC = 1;

/** Everything that a peer receives, and its answers by RTCP, as a browser gives them. */
export class PeerReceiver {
  readonly #streams = new Map<ConsumerId, ReceivedStream>();
  readonly #bySsrc = new Map<number, ReceivedStream>();
  readonly #send: (packet: Buffer) => void;
  readonly #keyFrameAskedAtMs = new WeakMap<ReceivedStream, number>();
  readonly #rtcp: RtcpListener = {
    onSenderReport: (ssrc, lastSenderReport) =>
      this.#bySsrc.get(ssrc)?.senderReport(lastSenderReport, performance.now()),
  };
  /** Statistics of streams that were closed since the last `takeStats`. */
  #closed: StreamStats[] = [];
  #closedFreezes = { count: 0, totalMs: 0 };
  /** Videos without media, by picture: they stand still until a new stream shows them, or nobody waits for them. */
  readonly #interrupted = new Map<string, ReceivedStream>();
  #interruptedAtMs = 0;
  #transportSequenceId = 0;
  #arrivals: TransportArrivals | null = null;
  #nextReportMs = performance.now() + Math.random() * REPORT_INTERVAL_MS;
  firstPacketAt: number | null = null;
  firstKeyFrameAt: number | null = null;

  constructor(send: (packet: Buffer) => void) {
    this.#send = send;
  }

  get streams(): ReadonlyMap<ConsumerId, ReceivedStream> {
    return this.#streams;
  }

  /**
   * A new transport, whose packets are numbered anew.
   *
   * @param transportSequenceId of the header extension with these numbers; 0 without.
   */
  begin(transportSequenceId: number): void {
    this.#transportSequenceId = transportSequenceId;
    this.#arrivals = new TransportArrivals(FEEDBACK_SSRC, this.#send);
  }

  /** Freezes of all videos so far, closed ones too; `videos` are those that should move now. */
  freezes(nowMs: number): { count: number; totalMs: number; videos: number } {
    let { count, totalMs } = this.#closedFreezes;
    let videos = 0;
    for (const stream of this.#streams.values()) {
      const freezes = stream.reviewFreezes(nowMs);
      count += freezes.count;
      totalMs += freezes.totalMs;
      if (stream.options.kind === 'video' && stream.state?.paused !== true) videos += 1;
    }
    for (const stream of this.#interrupted.values()) {
      const freezes = stream.reviewFreezes(nowMs);
      count += freezes.count;
      totalMs += freezes.totalMs;
      videos += 1;
    }
    return { count, totalMs, videos };
  }

  open(consumers: readonly ConsumerOptions[]): void {
    for (const options of consumers) {
      if (this.#streams.has(options.id)) continue;
      const picture = pictureOf(options);
      const stream = new ReceivedStream(options, this.#interrupted.get(picture));
      this.#interrupted.delete(picture);
      this.#streams.set(options.id, stream);
      this.#bySsrc.set(stream.ssrc, stream);
      if (stream.repairSsrc !== null) this.#bySsrc.set(stream.repairSsrc, stream);
    }
  }

  change(changes: readonly ConsumerChange[]): void {
    for (const change of changes) {
      const stream = this.#streams.get(change.id);
      if (stream) stream.state = change;
    }
  }

  close(ids: Iterable<ConsumerId>): void {
    const nowMs = performance.now();
    for (const id of ids) {
      const stream = this.#remove(id);
      if (stream) this.#end(stream, nowMs);
    }
  }

  /** The media is lost: a viewer sees the last frames until new streams come. */
  interrupt(): void {
    const nowMs = performance.now();
    this.#giveUpInterrupted(nowMs);
    this.#interruptedAtMs = nowMs;
    for (const id of [...this.#streams.keys()]) {
      const stream = this.#remove(id);
      if (!stream?.freezes.isMoving) {
        if (stream) this.#end(stream, nowMs);
        continue;
      }
      this.#closed.push(stream.takeStats(nowMs));
      this.#interrupted.set(pictureOf(stream.options), stream);
    }
  }

  /** Closes all others. */
  retain(ids: ReadonlySet<ConsumerId>): void {
    this.close([...this.#streams.keys()].filter((id) => !ids.has(id)));
  }

  receive(packet: Buffer): void {
    if (packet.length < 12) return;
    if (isRtcp(packet)) return readRtcp(packet, this.#rtcp);
    const nowMs = performance.now();
    const ssrc = packet.readUInt32BE(8);
    // The server's probes too, which belong to no stream.
    const headerEnd = payloadStart(packet);
    if (headerEnd < 0) return;
    const at = findExtension(packet, this.#transportSequenceId, headerEnd);
    if (at >= 0) this.#arrivals?.push(packet.readUInt16BE(at), ssrc, nowMs);
    const stream = this.#bySsrc.get(ssrc);
    if (!stream) return;
    this.firstPacketAt ??= nowMs;
    stream.receive(packet, nowMs, ssrc === stream.repairSsrc);
    this.firstKeyFrameAt ??= stream.firstKeyFrameAtMs;
  }

  requestKeyFrame(id: ConsumerId): void {
    const stream = this.#streams.get(id);
    if (stream) this.#send(writePictureLoss(FEEDBACK_SSRC, stream.ssrc));
  }

  /** Asks for what is missing, and reports when it is time. */
  tick(nowMs: number): void {
    for (const stream of this.#streams.values()) {
      if (stream.hasGaps) {
        const due = stream.reviewGaps(nowMs);
        if (due.length > 0) this.#send(writeNack(FEEDBACK_SSRC, stream.ssrc, due));
      } else if (stream.needsKeyFrame) this.#askForKeyFrame(stream, nowMs);
    }
    this.#arrivals?.tick(nowMs);
    if (this.#interrupted.size > 0 && nowMs - this.#interruptedAtMs > INTERRUPTION_MS) this.#giveUpInterrupted(nowMs);
    if (nowMs < this.#nextReportMs) return;
    this.#nextReportMs = nowMs + REPORT_INTERVAL_MS;
    this.#report(nowMs);
  }

  takeStats(nowMs: number): StreamStats[] {
    const closed = this.#closed;
    this.#closed = [];
    return [...closed, ...[...this.#streams.values()].map((stream) => stream.takeStats(nowMs))];
  }

  #remove(id: ConsumerId): ReceivedStream | undefined {
    const stream = this.#streams.get(id);
    if (!stream) return undefined;
    this.#streams.delete(id);
    this.#bySsrc.delete(stream.ssrc);
    if (stream.repairSsrc !== null) this.#bySsrc.delete(stream.repairSsrc);
    return stream;
  }

  #end(stream: ReceivedStream, nowMs: number): void {
    stream.close(nowMs);
    this.#closedFreezes.count += stream.freezes.count;
    this.#closedFreezes.totalMs += stream.freezes.totalMs;
    this.#closed.push(stream.takeStats(nowMs));
  }

  #giveUpInterrupted(nowMs: number): void {
    for (const stream of this.#interrupted.values()) this.#end(stream, nowMs);
    this.#interrupted.clear();
  }

  #askForKeyFrame(stream: ReceivedStream, nowMs: number): void {
    if (nowMs - (this.#keyFrameAskedAtMs.get(stream) ?? -Infinity) < KEY_FRAME_REQUEST_INTERVAL_MS) return;
    this.#keyFrameAskedAtMs.set(stream, nowMs);
    this.#send(writePictureLoss(FEEDBACK_SSRC, stream.ssrc));
  }

  #report(nowMs: number): void {
    const blocks: ReportBlock[] = [];
    for (const stream of this.#streams.values()) {
      const block = stream.reportBlock(nowMs);
      if (block) blocks.push(block);
    }
    for (let at = 0; at < blocks.length; at += MAX_REPORT_BLOCKS)
      this.#send(writeReceiverReport(FEEDBACK_SSRC, blocks.slice(at, at + MAX_REPORT_BLOCKS)));
  }
}

function pictureOf({ participantId, source }: ConsumerOptions): string {
  return `${participantId} ${source}`;
}
