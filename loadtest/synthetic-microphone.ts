import { microphonePackets } from './media-files.js';
import type { RtpSender } from './rtp-sender.js';

/** A 20 ms frame of silence by Opus encoders, which discontinuous transmission sends now and then (RFC 6716, 2.1.9). */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const SILENCE_INTERVAL_MS = 400;
const FRAME_MS = 20;
const SILENCE_LEVEL = 127;
/** A longer stop of the clock is not made up for. */
const MAX_BACKLOG_MS = 200;
/** A packet that is due in less than this is sent: timers are that exact. */
const EARLY_MS = 5;

/** Sends Opus: a voice while speaking, silence with discontinuous transmission otherwise. */
export class SyntheticMicrophone {
  readonly #packets = microphonePackets();
  #sender: RtpSender | null = null;
  #packet = 0;
  #nextMs = 0;
  #begins = false;
  /** -dBov while speaking: 0 the loudest (RFC 6464); `null` while silent. */
  #level: number | null = null;
  paused = false;

  attach([sender]: readonly RtpSender[]): void {
    this.#sender = sender ?? null;
  }

  /** @param level in -dBov while speaking; `null`: silent. */
  speak(level: number | null): void {
    if (this.#level === null && level !== null) this.#begins = true;
    this.#level = level;
  }

  tick(nowMs: number): void {
    if (this.paused) return;
    if (this.#begins || nowMs - this.#nextMs > MAX_BACKLOG_MS) this.#nextMs = nowMs;
    for (; this.#nextMs <= nowMs + EARLY_MS; this.#nextMs += this.#level === null ? SILENCE_INTERVAL_MS : FRAME_MS)
      this.#sendFrame();
  }

  #sendFrame(): void {
    const speaking = this.#level !== null;
    const payload = speaking ? this.#packets[this.#packet++ % this.#packets.length] : SILENCE;
    const audioLevel = { level: this.#level ?? SILENCE_LEVEL, voice: speaking };
    const [atMs, captureTimeMs] = [this.#nextMs, performance.now()];
    // The first packet of a burst of talk carries the marker (RFC 7587, section 4.1).
    if (payload) this.#sender?.send(payload, { atMs, captureTimeMs, marker: this.#begins, audioLevel });
    this.#begins = false;
  }
}
