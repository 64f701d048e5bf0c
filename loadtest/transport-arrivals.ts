import { MAX_DELTA_TICKS, MAX_STATUSES, NEVER, TICKS_PER_MS, writeTransportFeedback } from './transport-feedback.js';

const FEEDBACK_INTERVAL_MS = 100;
/** A power of two. */
const REMEMBERED = 2048;
/** A larger hole is an outage, and packets later than that are not reported: so each report has a packet that came. */
const MAX_DISTANCE = MAX_STATUSES;
/** Reported at once, however little time has gone by: a process that was busy may get a second's packets in one go. */
const MAX_WAITING = REMEMBERED / 2;

/**
 * The arrivals of one transport's packets, and the feedback about them, as Chrome's RemoteEstimatorProxy. Each report
 * goes on where the one before ended, and a late packet is reported with all that came after it.
 */
export class TransportArrivals {
  readonly #senderSsrc: number;
  readonly #send: (packet: Buffer) => void;
  /** In ticks, at the sequence number's place modulo its length. */
  readonly #ticks = new Float64Array(REMEMBERED).fill(NEVER);
  readonly #reported = new Float64Array(MAX_STATUSES);
  /** Counted on over 2^16; -1 before the first packet. */
  #highest = -1;
  /** The first one of the next report. */
  #next = 0;
  #mediaSsrc = 0;
  #feedbackCount = 0;
  #dueMs = 0;

  constructor(senderSsrc: number, send: (packet: Buffer) => void) {
    this.#senderSsrc = senderSsrc;
    this.#send = send;
  }

  /** @param transportSequenceNumber modulo 2^16. @param nowMs of `performance.now()`. */
  push(transportSequenceNumber: number, ssrc: number, nowMs: number): void {
    const number = this.#unwrap(transportSequenceNumber);
    const ahead = number - this.#highest;
    if (this.#highest < 0 || ahead >= MAX_DISTANCE) this.#startAt(number);
    else if (ahead <= -MAX_DISTANCE) return;
    else this.#forget(this.#highest + 1, number);
    // A packet is reported as it came first.
    const place = number % REMEMBERED;
    if (this.#ticks[place] !== NEVER) return;
    this.#ticks[place] = Math.floor(nowMs * TICKS_PER_MS);
    this.#mediaSsrc = ssrc;
    this.#highest = Math.max(this.#highest, number);
    this.#next = Math.min(this.#next, number);
    if (this.#highest - this.#next >= MAX_WAITING) this.#report();
  }

  /** Reports when it is time. */
  tick(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    this.#dueMs = nowMs + FEEDBACK_INTERVAL_MS;
    this.#report();
  }

  /** The first one counts from 2^16, so that those that were sent before it are not negative. */
  #unwrap(number: number): number {
    if (this.#highest < 0) return 0x10000 + number;
    return this.#highest + (((number - this.#highest) << 16) >> 16);
  }

  /** Starts at the first packet, or the first one after an outage: no missing packet before it is reported. */
  #startAt(number: number): void {
    if (this.#highest >= 0) this.#report();
    this.#ticks.fill(NEVER);
    this.#highest = this.#next = number;
  }

  #forget(first: number, last: number): void {
    for (let number = first; number <= last; number++) this.#ticks[number % REMEMBERED] = NEVER;
  }

  #report(): void {
    while (this.#next <= this.#highest && this.#highest >= 0) {
      const count = this.#collect();
      this.#send(
        writeTransportFeedback({
          senderSsrc: this.#senderSsrc,
          mediaSsrc: this.#mediaSsrc,
          baseSequenceNumber: this.#next,
          feedbackCount: this.#feedbackCount++,
          arrivals: this.#reported.subarray(0, count),
        }),
      );
      this.#next += count;
    }
  }

  /** Copies what one packet can say. @returns how many there are, one that came among them. */
  #collect(): number {
    let before = NEVER;
    let count = 0;
    for (let number = this.#next; number <= this.#highest && count < MAX_STATUSES; number++) {
      const ticks = this.#ticks[number % REMEMBERED] ?? NEVER;
      if (ticks !== NEVER) {
        if (before !== NEVER && Math.abs(ticks - before) > MAX_DELTA_TICKS) break;
        before = ticks;
      }
      this.#reported[count++] = ticks;
    }
    return count;
  }
}
