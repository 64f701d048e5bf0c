import { randomInt } from 'node:crypto';
import type { VideoFile } from './ivf.js';
import type { RtpSender } from './rtp-sender.js';
import { isKeyFrame, packetizeVp8 } from './vp8.js';

/**
 * A request that comes sooner after a requested key frame, or after the stream's beginning, is answered by it, as in
 * Chrome. The film's own key frames do not count: an encoder makes none unasked.
 */
const KEY_FRAME_INTERVAL_MS = 300;
/** A longer stop of the clock is not made up for. */
const MAX_BACKLOG_MS = 200;

interface Layer {
  film: VideoFile;
  sender: RtpSender;
  /** It is sent, from its next key frame on. */
  wanted: boolean;
  needsKeyFrame: boolean;
  pictureId: number;
  temporalLayerZeroIndex: number;
  lastKeyFrameMs: number;
}

/** A camera or a screen: sends one VP8 film in a loop, in one size or several, as an encoder with simulcast does. */
export class SyntheticVideo {
  readonly #films: readonly VideoFile[];
  readonly #frameCount: number;
  readonly #frameMs: number;
  #layers: Layer[] = [];
  #frame = 0;
  #nextFrameMs = 0;
  #paused = false;
  /** Key frames that were sent because somebody asked. */
  keyFramesAsked = 0;

  /** @param films of the layers, smallest first, of one frame rate and length, with key frames at the same places. */
  constructor(films: readonly VideoFile[]) {
    this.#films = films;
    this.#frameCount = films[0]?.frames.length ?? 0;
    this.#frameMs = 1000 / (films[0]?.frameRate ?? 1);
  }

  /** @param senders one a layer. The next frame is a key frame. */
  attach(senders: readonly RtpSender[]): void {
    this.#layers = senders.flatMap((sender, i) => {
      const film = this.#films[i];
      if (!film) return [];
      return {
        film,
        sender,
        wanted: true,
        needsKeyFrame: true,
        pictureId: randomInt(2 ** 15),
        temporalLayerZeroIndex: randomInt(2 ** 8),
        lastKeyFrameMs: -Infinity,
      };
    });
    this.#skipToKeyFrame();
  }

  set paused(paused: boolean) {
    if (this.#paused && !paused) this.#needKeyFrames(this.#layers);
    this.#paused = paused;
  }

  /** Layers that are sent now. */
  get layersSent(): number {
    return this.#paused ? 0 : this.#layers.filter(({ wanted }) => wanted).length;
  }

  /** @param maxSpatialLayer larger layers are not sent; at -1 none is. A returning layer begins with a key frame. */
  limitLayers(maxSpatialLayer: number): void {
    const back = this.#layers.filter(({ wanted }, i) => !wanted && i <= maxSpatialLayer);
    this.#layers.forEach((layer, i) => (layer.wanted = i <= maxSpatialLayer));
    if (back.length > 0) this.#needKeyFrames(back);
  }

  tick(nowMs: number): void {
    if (this.#paused || nowMs < this.#nextFrameMs) return;
    this.#nextFrameMs = nowMs - this.#nextFrameMs > MAX_BACKLOG_MS ? nowMs : this.#nextFrameMs;
    this.#nextFrameMs += this.#frameMs;
    this.#sendFrame(nowMs);
  }

  /** Goes on to the film's next key frame, at once and in all layers, as Chrome answers a request for one of them. */
  keyFrame(ssrc: number, nowMs: number): void {
    const layer = this.#layers.find(({ sender }) => sender.ssrc === ssrc);
    if (!layer?.wanted || this.#paused || nowMs - layer.lastKeyFrameMs < KEY_FRAME_INTERVAL_MS) return;
    this.keyFramesAsked += 1;
    for (const each of this.#layers) each.lastKeyFrameMs = nowMs;
    this.#skipToKeyFrame();
    this.#sendFrame(nowMs);
    this.#nextFrameMs = nowMs + this.#frameMs;
  }

  resend(ssrc: number, sequenceNumber: number): void {
    this.#layers.find(({ sender }) => sender.ssrc === ssrc)?.sender.resend(sequenceNumber);
  }

  #needKeyFrames(layers: readonly Layer[]): void {
    for (const layer of layers) layer.needsKeyFrame = true;
    this.#skipToKeyFrame();
    // The next beat of the clock sends it.
    this.#nextFrameMs = 0;
  }

  #skipToKeyFrame(): void {
    const frames = this.#films[0]?.frames ?? [];
    const next = frames.findIndex((frame, i) => i >= this.#frame && isKeyFrame(frame));
    // After the last one the film begins again.
    this.#frame = Math.max(0, next);
  }

  #sendFrame(nowMs: number): void {
    for (const layer of this.#layers) {
      const frame = layer.film.frames[this.#frame];
      if (frame && layer.wanted) sendLayer(layer, frame, nowMs);
    }
    this.#frame = (this.#frame + 1) % this.#frameCount;
  }
}

/** Time stamps say when a frame was really sent: the tester's own delay is no jitter of the server. */
function sendLayer(layer: Layer, frame: Buffer, atMs: number): void {
  const isKey = isKeyFrame(frame);
  if (layer.needsKeyFrame && !isKey) return;
  if (isKey && layer.needsKeyFrame) {
    layer.needsKeyFrame = false;
    layer.lastKeyFrameMs = atMs;
  }
  const payloads = packetizeVp8(frame, layer.pictureId++, layer.temporalLayerZeroIndex++);
  const last = payloads.length - 1;
  payloads.forEach((payload, i) => {
    // One packet of a frame is enough to know its time; the last one is when it is complete.
    const captureTimeMs = i === 0 || i === last ? performance.now() : undefined;
    layer.sender.send(payload, { atMs, marker: i === last, captureTimeMs });
  });
}
