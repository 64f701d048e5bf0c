import { randomInt, randomUUID } from 'node:crypto';
import { kindOf, type LayersWanted, type MediaSource, type ProducerId, type ProducerOptions } from '@minimeet/protocol';
import type { RtpCapabilities } from '@minimeet/protocol';
import { mediaClock } from './media-clock.js';
import { CAMERA_LAYERS, cameraFilm, screenFilm, type CameraLayer } from './media-files.js';
import type { SentStats } from './peer-stats.js';
import type { PeerTransport } from './peer-transport.js';
import { readRtcp, type RtcpListener } from './rtcp.js';
import { isRtcp } from './rtp.js';
import { sendStream, type SendStream } from './rtp-parameters.js';
import { RtpSender } from './rtp-sender.js';
import { SyntheticMicrophone } from './synthetic-microphone.js';
import { SyntheticVideo } from './synthetic-video.js';

const MIN_SSRC = 2;
const MAX_SSRC = 2 ** 32;
/** Sound on a shared screen is always as loud as this (-dBov). */
const SCREEN_AUDIO_LEVEL = 25;

interface PublisherOptions {
  resolution: CameraLayer;
  simulcast: boolean;
}

interface Publication {
  source: MediaSource;
  device: SyntheticVideo | SyntheticMicrophone;
  producerId: ProducerId;
  senders: RtpSender[];
  stopClock: () => void;
  paused: boolean;
  /** Counts of senders before the media was built anew. */
  sentBefore: { packets: number; bytes: number };
  taken: { packets: number; bytes: number };
}

/** Everything that a peer sends, and how it answers to RTCP. */
export class PeerPublisher {
  readonly #options: PublisherOptions;
  readonly #publications = new Map<MediaSource, Publication>();
  /** Statistics of sources that were unpublished since the last `takeStats`. */
  #closed: SentStats[] = [];
  readonly #rtcp: RtcpListener = {
    onKeyFrameRequest: (ssrc) => {
      for (const video of this.#videos()) video.keyFrame(ssrc, performance.now());
    },
    onResendRequest: (ssrc, sequenceNumber) => {
      for (const video of this.#videos()) video.resend(ssrc, sequenceNumber);
    },
  };

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  get sources(): MediaSource[] {
    return [...this.#publications.keys()];
  }

  producerId(source: MediaSource): ProducerId | undefined {
    return this.#publications.get(source)?.producerId;
  }

  device(source: MediaSource): SyntheticVideo | SyntheticMicrophone | null {
    return this.#publications.get(source)?.device ?? null;
  }

  packetsSent(source: MediaSource): number {
    const publication = this.#publications.get(source);
    return publication ? sentOf(publication).packets : 0;
  }

  /** Prepares to send sources, also those sent through another transport before. @returns the requests to make. */
  prepare(
    sources: readonly MediaSource[],
    router: RtpCapabilities,
    cname: string,
  ): { producers: ProducerOptions[]; start: (transport: PeerTransport) => void } {
    const prepared = sources.map((source) => {
      const device = this.#publications.get(source)?.device ?? this.#makeDevice(source);
      const ssrcs = Array.from({ length: this.#layersOf(source).length }, () => randomInt(MIN_SSRC, MAX_SSRC));
      const stream = sendStream(router, kindOf(source), { ssrcs, cname });
      return { source, device, stream, requestId: randomUUID() };
    });
    return {
      producers: prepared.map(({ source, requestId, stream: { rtpParameters } }) => ({
        source,
        requestId,
        rtpParameters,
        paused: this.#publications.get(source)?.paused,
      })),
      start: (transport) => {
        for (const { source, device, requestId, stream } of prepared)
          this.#start(transport, source, device, requestId, stream);
      },
    };
  }

  setPaused(source: MediaSource, paused: boolean): void {
    const publication = this.#publications.get(source);
    if (!publication) return;
    publication.paused = paused;
    publication.device.paused = paused;
  }

  speak(level: number | null): void {
    const device = this.device('microphone');
    if (device instanceof SyntheticMicrophone) device.speak(level);
  }

  limitLayers(producers: readonly LayersWanted[]): void {
    for (const { producerId, maxSpatialLayer } of producers) {
      for (const publication of this.#publications.values()) {
        if (publication.producerId !== producerId || !(publication.device instanceof SyntheticVideo)) continue;
        // Without simulcast the one layer is wanted or not.
        publication.device.limitLayers(maxSpatialLayer);
      }
    }
  }

  /** @returns whose producer to close. */
  remove(source: MediaSource): ProducerId | undefined {
    const publication = this.#publications.get(source);
    if (!publication) return undefined;
    this.#publications.delete(source);
    publication.stopClock();
    this.#closed.push(takeSent(publication));
    return publication.producerId;
  }

  feedback(packet: Buffer): void {
    if (isRtcp(packet)) readRtcp(packet, this.#rtcp);
  }

  takeStats(): SentStats[] {
    const closed = this.#closed;
    this.#closed = [];
    return [...closed, ...[...this.#publications.values()].map(takeSent)];
  }

  /** Nothing is sent any more; `prepare` begins again. */
  stop(): void {
    for (const { stopClock } of this.#publications.values()) stopClock();
  }

  *#videos(): Iterable<SyntheticVideo> {
    for (const { device } of this.#publications.values()) if (device instanceof SyntheticVideo) yield device;
  }

  #layersOf(source: MediaSource): readonly CameraLayer[] {
    const { resolution, simulcast } = this.#options;
    return source === 'camera' && simulcast
      ? CAMERA_LAYERS.slice(0, CAMERA_LAYERS.indexOf(resolution) + 1)
      : [resolution];
  }

  #makeDevice(source: MediaSource): SyntheticVideo | SyntheticMicrophone {
    if (source === 'camera') return new SyntheticVideo(this.#layersOf(source).map(cameraFilm));
    if (source === 'screen') return new SyntheticVideo([screenFilm()]);
    const microphone = new SyntheticMicrophone();
    if (source === 'screen_audio') microphone.speak(SCREEN_AUDIO_LEVEL);
    return microphone;
  }

  #start(
    transport: PeerTransport,
    source: MediaSource,
    device: SyntheticVideo | SyntheticMicrophone,
    producerId: ProducerId,
    stream: SendStream,
  ): void {
    const before = this.#publications.get(source);
    before?.stopClock();
    const senders = stream.ssrcs.map((ssrc) => new RtpSender({ ...stream, ssrc }, (packet) => transport.send(packet)));
    const publication: Publication = {
      source,
      device,
      producerId,
      senders,
      stopClock: () => undefined,
      paused: before?.paused ?? false,
      sentBefore: before ? sentOf(before) : { packets: 0, bytes: 0 },
      taken: before?.taken ?? { packets: 0, bytes: 0 },
    };
    device.attach(senders);
    this.#publications.set(source, publication);
    // Packets sent before the transport is open would be lost, and with them the first key frame.
    transport.opened().then(
      () => {
        if (this.#publications.get(source) !== publication || transport.closed) return;
        const stop = mediaClock.add((nowMs) => device.tick(nowMs), device instanceof SyntheticVideo ? 5 : 20);
        publication.stopClock = stop;
      },
      () => undefined,
    );
  }
}

function sentOf({ senders, sentBefore }: Publication): { packets: number; bytes: number } {
  let { packets, bytes } = sentBefore;
  for (const sender of senders) {
    packets += sender.packets;
    bytes += sender.bytes;
  }
  return { packets, bytes };
}

function takeSent(publication: Publication): SentStats {
  const { source, taken } = publication;
  const now = sentOf(publication);
  publication.taken = now;
  return { source, packets: now.packets - taken.packets, bytes: now.bytes - taken.bytes };
}
