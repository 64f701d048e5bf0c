import type { MediaSource, ProducerId } from '@minimeet/protocol';
import type { Producer } from 'mediasoup-client/types';
import { Emitter } from './emitter.js';
import { MiniMeetError } from './errors.js';
import type { MediaSession } from './media-session.js';
import type { Requester } from './signalling.js';
import { randomUuid } from './uuid.js';

interface LocalPublicationEvents {
  /** By `close()`, or with its track: the device was unplugged, or sharing was stopped in the browser's own bar. */
  closed: [];
  /** It is published, but muted. */
  'unmute-refused': [MiniMeetError];
}

const ALL_LAYERS = Number.MAX_SAFE_INTEGER;

/** One of one's own tracks on its way to the others. It outlives the transports: after a loss it is published again. */
export class LocalPublication extends Emitter<LocalPublicationEvents> {
  readonly source: MediaSource;
  readonly #requester: Requester;
  #track: MediaStreamTrack;
  #producerId: ProducerId = randomUuid();
  #producer: Producer | null = null;
  #attachment: Promise<void> | null = null;
  #paused: boolean;
  #resuming = 0;
  #maxSpatialLayer = ALL_LAYERS;
  #applying: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(track: MediaStreamTrack, source: MediaSource, requester: Requester, paused: boolean) {
    super();
    this.source = source;
    this.#track = track;
    this.#requester = requester;
    this.#paused = paused;
    if (source === 'screen' && track.contentHint === '') track.contentHint = 'detail';
  }

  /** Changes when the media had to be rebuilt. */
  get producerId(): ProducerId {
    return this.#producerId;
  }

  get track(): MediaStreamTrack {
    return this.#track;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Nothing leaves this machine any more, at once. @throws MiniMeetError the others could not be told. */
  async pause(): Promise<void> {
    if (this.#closed || this.#paused) return;
    this.#pauseHere();
    if (this.#producer) await this.#tell('pause_producer');
  }

  /** @throws MiniMeetError the server did not agree; it stays paused then. */
  async resume(): Promise<void> {
    if (this.#closed || !this.#paused) return;
    this.#paused = false;
    this.#producer?.resume();
    this.#applyLayers();
    if (!this.#producer) return;
    this.#resuming += 1;
    try {
      await this.#tell('resume_producer');
    } catch (error) {
      this.#pauseHere();
      throw error;
    } finally {
      this.#resuming -= 1;
    }
    // Muted by somebody while the server was asked, which has resumed it after that: muted holds.
    if (this.#paused && !this.#closed) await this.#tell('pause_producer');
  }

  /** @internal The server has paused it for somebody else, and says so. */
  mutedByOther(): void {
    if (!this.#closed) this.#pauseHere();
  }

  /**
   * @internal Takes over the server's state after a resumed stay: the server may have paused it unheard. A resumption
   * that is under way counts as not paused. @returns whether it was paused here, too.
   */
  matchPaused(paused: boolean): boolean {
    if (!paused || this.#paused || this.#resuming > 0 || this.#closed) return false;
    this.#pauseHere();
    return true;
  }

  /** @internal The server has it. */
  get isProduced(): boolean {
    return this.#producer !== null;
  }

  /** Sends another camera or microphone, unnoticed by others. The track before is not stopped. @throws MiniMeetError */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    if (this.#closed) throw new MiniMeetError('WRONG_STATE', 'This publication is closed.');
    try {
      await this.#producer?.replaceTrack({ track });
      this.#track = track;
    } catch (error) {
      throw MiniMeetError.from(error);
    }
  }

  /** Stops sending. The track is the caller's and goes on. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const producer = this.#producer;
    this.end();
    if (!producer) return;
    await this.#requester.request('close_producer', { producerId: this.#producerId }).catch((error: unknown) => {
      // Closed there already, by a rebuild or the end of the room: that is what was wanted.
      if (!['NOT_FOUND', 'WRONG_STATE', 'DISCONNECTED'].includes(MiniMeetError.from(error).code)) throw error;
    });
  }

  /** @internal Closes it here, without telling the server. */
  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#producer?.close();
    this.#producer = null;
    this.emit('closed');
  }

  /** @internal Publishes the track through `media`, anew if it was published before. */
  attach(media: MediaSession): Promise<void> {
    this.#attachment = this.#attach(media);
    return this.#attachment;
  }

  /** @internal The newest `attach`. */
  get attached(): Promise<void> | null {
    return this.#attachment;
  }

  /** @internal `layers_wanted`: -1 is none. */
  limitLayers(maxSpatialLayer: number): void {
    this.#maxSpatialLayer = maxSpatialLayer;
    this.#applyLayers();
  }

  #pauseHere(): void {
    this.#paused = true;
    this.#producer?.pause();
    this.#applyLayers();
  }

  async #attach(media: MediaSession): Promise<void> {
    try {
      await this.#attachOnce(media);
    } catch (thrown) {
      const error = MiniMeetError.from(thrown);
      if (error.code !== 'UNMUTE_FORBIDDEN' || this.#closed || media.closed) throw error;
      // All that was asked for together is refused for the microphone in it: that one goes muted, the rest as it was.
      if (this.source === 'microphone') this.#pauseHere();
      await this.#attachOnce(media);
      if (this.source === 'microphone') this.emit('unmute-refused', error);
    }
  }

  async #attachOnce(media: MediaSession): Promise<void> {
    this.#producer = null;
    this.#maxSpatialLayer = ALL_LAYERS;
    const [requestId, paused, track] = [randomUuid(), this.#paused, this.#track];
    this.#producerId = requestId;
    const producer = await media.produce(track, { requestId, source: this.source, paused });
    if (this.#closed || this.#producerId !== requestId) {
      producer.close();
      if (this.#closed && !media.closed) await this.#requester.request('close_producer', { producerId: requestId });
      return;
    }
    this.#producer = producer;
    producer.on('trackended', () => void this.close().catch(() => undefined));
    await this.#catchUp(producer, { paused, track });
  }

  /** Makes up for changes made while the server was asked. */
  async #catchUp(producer: Producer, asked: { paused: boolean; track: MediaStreamTrack }): Promise<void> {
    if (this.#track !== asked.track) await producer.replaceTrack({ track: this.#track });
    if (this.#paused) producer.pause();
    this.#applyLayers();
    if (this.#paused === asked.paused) return;
    await this.#tell(this.#paused ? 'pause_producer' : 'resume_producer');
  }

  async #tell(name: 'pause_producer' | 'resume_producer'): Promise<void> {
    const producerId = this.#producerId;
    try {
      await this.#requester.request(name, { producerId });
    } catch (error) {
      // Published anew meanwhile, in the state that was asked for.
      if (this.#producerId === producerId && !this.#closed) throw error;
    }
  }

  /**
   * Switches encodings off and on at the sender, without an SDP exchange and without touching the track: a preview goes
   * on. Changes follow one another, because `setParameters` refuses outdated parameters (W3C WebRTC, 5.2).
   */
  #applyLayers(): void {
    this.#applying = this.#applying.then(async () => {
      const sender = this.#producer?.rtpSender;
      if (!sender) return;
      const parameters = sender.getParameters();
      const wanted = parameters.encodings.map((_encoding, layer) => !this.#paused && layer <= this.#maxSpatialLayer);
      if (parameters.encodings.every(({ active }, layer) => active === wanted[layer])) return;
      parameters.encodings.forEach((encoding, layer) => (encoding.active = wanted[layer] ?? true));
      // A sender that was stopped meanwhile has nothing to switch.
      await sender.setParameters(parameters).catch(() => undefined);
    });
  }
}
