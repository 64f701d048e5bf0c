import { within } from './deadline.js';

/** An object that mediasoup makes and closes. */
interface Closable {
  readonly closed: boolean;
  close(): void;
}

/**
 * Sends the requests to the workers of one slot: each is bounded in time here, and counted.
 *
 * mediasoup has no hook that counts its channel's messages. Each of its calls that reaches a worker sends one request,
 * so these calls are counted, and each `close` of an open object. An object that ends with its parent causes no
 * request, nor does the start of a worker or its end.
 */
export class WorkerRequests {
  readonly #timeoutMs: number;
  #sent = 0;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Requests so far, to all workers that the slot has had. */
  get sent(): number {
    return this.#sent;
  }

  /**
   * @param answer of one call of mediasoup that asks the worker.
   * @param discard gets what arrives after the deadline, since nobody else owns it then.
   * @throws MediaError `MEDIA_UNAVAILABLE` when the worker does not answer in time; else what it says.
   */
  send<Value>(answer: Promise<Value>, discard?: (late: Value) => void): Promise<Value> {
    this.#sent += 1;
    return within(this.#timeoutMs, answer, discard);
  }

  /** As `send`, without a deadline: for the watchdog, which has one of its own. */
  untilAnswered<Value>(answer: Promise<Value>): Promise<Value> {
    this.#sent += 1;
    return answer;
  }

  /** As `send`, for what is made: it is closed when it arrives too late. */
  make<Value extends Closable>(answer: Promise<Value>): Promise<Value> {
    return this.send(answer, (late) => {
      this.close(late);
    });
  }

  /** Closes what is open. mediasoup waits for no answer here, so neither does anybody else. */
  close(object: Closable): void {
    if (!object.closed) {
      this.#sent += 1;
      object.close();
    }
  }
}
