/** A larger step is a new start, not jitter (ms); libwebrtc ignores it too. */
const MAX_STEP_MS = 5_000;

/** How evenly the packets of a stream arrive. */
export class ArrivalTimes {
  /** Interarrival jitter (RFC 3550, 6.4.1), ms; `null` before the second time stamp. */
  jitterMs: number | null = null;
  /** The longest silence beyond what the time stamps say, since it was last set to 0 (ms). */
  maxGapMs = 0;
  readonly #ticksPerMs: number;
  readonly #isAudio: boolean;
  #timestamp = -1;
  #sequenceNumber = 0;
  #beganMs = 0;
  #lastMs = 0;

  constructor(clockRate: number, isAudio: boolean) {
    this.#ticksPerMs = clockRate / 1000;
    this.#isAudio = isAudio;
  }

  /** Only packets that are ahead of all before. */
  push(sequenceNumber: number, timestamp: number, nowMs: number): void {
    if (timestamp !== this.#timestamp) {
      if (this.#timestamp >= 0)
        this.#step(sequenceNumber, ((timestamp - this.#timestamp) | 0) / this.#ticksPerMs, nowMs);
      this.#timestamp = timestamp;
      this.#beganMs = nowMs;
    }
    this.#sequenceNumber = sequenceNumber;
    this.#lastMs = nowMs;
  }

  /** The stream stopped on purpose: later packets are measured anew. */
  restart(): void {
    this.#timestamp = -1;
  }

  #step(sequenceNumber: number, sentMs: number, nowMs: number): void {
    const difference = Math.abs(nowMs - this.#beganMs - sentMs);
    if (difference > MAX_STEP_MS) return;
    this.jitterMs = this.jitterMs === null ? difference / 16 : this.jitterMs + (difference - this.jitterMs) / 16;
    // Lost packets of sound leave a hole; a lost frame is seen in the freezes.
    const intervalMs = this.#isAudio ? sentMs / (sequenceNumber - this.#sequenceNumber) : sentMs;
    this.maxGapMs = Math.max(this.maxGapMs, nowMs - this.#lastMs - intervalMs);
  }
}
