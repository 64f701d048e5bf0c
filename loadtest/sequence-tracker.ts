/** A gap older than this is asked for again; before, the packets may only have changed places (ms). */
const REORDER_MS = 10;
const NACK_INTERVAL_MS = 60;
/** A packet that is missing for longer is lost: a browser shows what comes after it (ms). */
const GIVE_UP_MS = 500;
/** More missing at once is not a gap to be mended but an outage. */
const MAX_GAP = 1_000;
const CYCLE = 0x10000;

interface Missing {
  sinceMs: number;
  askedAtMs: number;
}

/** Which packets of a stream came, are still awaited and are lost. */
export class SequenceTracker {
  /** Packets that came, each counted once. */
  received = 0;
  /** Packets that did not come although there was time to send them again. */
  lost = 0;
  #first = -1;
  #highest = -1;
  readonly #missing = new Map<number, Missing>();
  #reportedExpected = 0;
  #reportedReceived = 0;

  get hasGaps(): boolean {
    return this.#missing.size > 0;
  }

  /** With its cycles, which count from one; -1 before the first packet. */
  get highest(): number {
    return this.#highest;
  }

  /** @returns the number with its cycles; -1 for a packet that came before or too late. */
  push(sequenceNumber: number, nowMs: number): number {
    if (this.#highest < 0) {
      this.#first = this.#highest = CYCLE + sequenceNumber;
      this.received = 1;
      return this.#highest;
    }
    const ahead = (sequenceNumber - this.#highest) & 0xffff;
    if (ahead === 0) return -1;
    if (ahead >= CYCLE / 2) return this.#late(this.#highest + ahead - CYCLE);
    if (ahead > 1) this.#gap(this.#highest + 1, ahead - 1, nowMs);
    this.#highest += ahead;
    this.received += 1;
    return this.#highest;
  }

  /** Gives up what is missing for too long. @returns what is to be asked for now, modulo 2^16, ascending. */
  review(nowMs: number): number[] {
    const due: number[] = [];
    for (const [number, missing] of this.#missing) {
      const ageMs = nowMs - missing.sinceMs;
      if (ageMs > GIVE_UP_MS) {
        this.#missing.delete(number);
        this.lost += 1;
      } else if (ageMs >= REORDER_MS && nowMs - missing.askedAtMs >= NACK_INTERVAL_MS) {
        missing.askedAtMs = nowMs;
        due.push(number & 0xffff);
      }
    }
    return due;
  }

  /** For a receiver report: missing packets count as lost, as in RFC 3550 (A.3). */
  report(): { lossRatio: number; totalLost: number; highestSequenceNumber: number } {
    const expected = this.#highest - this.#first + 1;
    const [newExpected, newReceived] = [expected - this.#reportedExpected, this.received - this.#reportedReceived];
    this.#reportedExpected = expected;
    this.#reportedReceived = this.received;
    return {
      lossRatio: newExpected > 0 ? Math.max(0, (newExpected - newReceived) / newExpected) : 0,
      totalLost: expected - this.received,
      highestSequenceNumber: this.#highest - CYCLE,
    };
  }

  #late(number: number): number {
    if (!this.#missing.delete(number)) return -1;
    this.received += 1;
    return number;
  }

  #gap(first: number, length: number, nowMs: number): void {
    if (length > MAX_GAP) {
      this.lost += length;
      return;
    }
    for (let i = 0; i < length; i++) this.#missing.set(first + i, { sinceMs: nowMs, askedAtMs: -Infinity });
  }
}
