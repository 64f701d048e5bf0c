import { randomInt } from 'node:crypto';
import { cameraFile } from './media-files.js';
import type { RtpSender } from './rtp-sender.js';
import { isKeyFrame, packetizeVp8 } from './vp8.js';

/** Requests that come sooner after a key frame are answered by it, as Chrome does. */
const KEY_FRAME_INTERVAL_MS = 300;
/** A longer stop of the clock is not made up for. */
const MAX_BACKLOG_MS = 200;

/** Sends a VP8 film in a loop. */
export class SyntheticCamera {
  readonly #sender: RtpSender;
  readonly #file = cameraFile();
  #frame = 0;
  #pictureId = randomInt(2 ** 15);
  #nextFrameMs = 0;
  #lastKeyFrameMs = -Infinity;
  paused = false;
  /** Key frames that were sent because somebody asked. */
  keyFramesAsked = 0;

  constructor(sender: RtpSender) {
    this.#sender = sender;
  }

  tick(nowMs: number): void {
    if (this.paused) return;
    if (nowMs - this.#nextFrameMs > MAX_BACKLOG_MS) this.#nextFrameMs = nowMs;
    for (; this.#nextFrameMs <= nowMs; this.#nextFrameMs += 1000 / this.#file.frameRate)
      this.#sendFrame(this.#nextFrameMs);
  }

  /** Starts the film again, at once: it begins with a key frame. */
  keyFrame(nowMs: number): void {
    if (this.paused || nowMs - this.#lastKeyFrameMs < KEY_FRAME_INTERVAL_MS) return;
    this.#frame = 0;
    this.keyFramesAsked += 1;
    this.#sendFrame(nowMs);
    this.#nextFrameMs = nowMs + 1000 / this.#file.frameRate;
  }

  #sendFrame(nowMs: number): void {
    const frame = this.#file.frames[this.#frame];
    this.#frame = (this.#frame + 1) % this.#file.frames.length;
    if (!frame) return;
    if (isKeyFrame(frame)) this.#lastKeyFrameMs = nowMs;
    const payloads = packetizeVp8(frame, this.#pictureId++);
    payloads.forEach((payload, index) =>
      this.#sender.send(payload, { atMs: nowMs, marker: index === payloads.length - 1 }),
    );
  }
}
