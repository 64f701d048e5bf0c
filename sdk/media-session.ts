import {
  kindOf,
  type ConsumerOptions,
  type MediaSource,
  type PrepareMediaReply,
  type ProducerId,
  type RtpCapabilities,
} from '@minimeet/protocol';
import { detectDevice, Device } from 'mediasoup-client';
import type { Consumer, DtlsParameters, Producer, Transport } from 'mediasoup-client/types';
import { Emitter } from './emitter.js';
import { sendSettings } from './encodings.js';
import { MiniMeetError } from './errors.js';
import { ProduceBatch } from './produce-batch.js';
import type { Requester } from './signalling.js';

export type MediaState = 'connecting' | 'connected' | 'failed';

interface MediaSessionEvents {
  'state-changed': [MediaState];
  /** The way in is open: the receive transport has connected for the first time. */
  receiving: [];
  /** A transport could not be brought back by an ICE restart: only a new session helps. */
  lost: [];
  error: [MiniMeetError];
}

/** A track between `produce()` and the server's answer. */
interface Publishing {
  source: MediaSource;
  paused: boolean;
  /** The server's answer, once it has been asked. */
  accepted?: Promise<void>;
}

/** A path that is lost for this long gets new ICE credentials. */
const DISCONNECTED_MS = 2_000;
/** From an ICE restart to giving up on the transport. */
const RESTART_MS = 6_000;
const WARM_UP_ID = 'warm-up';

/** @returns a loaded device; `null` without WebRTC (Node, an old browser), where one can join without media. */
export async function loadDevice(routerRtpCapabilities: RtpCapabilities): Promise<Device | null> {
  const name = typeof RTCPeerConnection === 'undefined' ? undefined : detectDevice();
  if (!name) return null;
  const device = new Device({ handlerName: name });
  await device.load({ routerRtpCapabilities });
  return device;
}

/** Both transports of one stay: they are made, connected, repaired and closed here. */
export class MediaSession extends Emitter<MediaSessionEvents> {
  readonly #device: Device;
  readonly #sendTransport: Transport;
  readonly #recvTransport: Transport;
  readonly #batch: ProduceBatch;
  readonly #publishing = new Map<ProducerId, Publishing>();
  readonly #repairs = new Map<Transport, ReturnType<typeof setTimeout>>();
  #requester: Requester;
  #state: MediaState = 'connecting';
  #receiving = false;
  #closed = false;

  constructor(device: Device, media: PrepareMediaReply, requester: Requester) {
    super();
    this.#device = device;
    this.#requester = requester;
    this.#batch = new ProduceBatch(() => this.#requester);
    const { iceServers } = media;
    this.#sendTransport = this.#watch(device.createSendTransport({ ...media.sendTransport, iceServers }));
    this.#recvTransport = this.#watch(device.createRecvTransport({ ...media.recvTransport, iceServers }));
    this.#sendTransport.on('produce', ({ rtpParameters, appData }, callback) => {
      const requestId = String(appData.requestId);
      const publishing = this.#publishing.get(requestId);
      if (!publishing) return;
      // The id is ours to choose, so the next track need not wait for the server.
      callback({ id: requestId });
      publishing.accepted = this.#batch.add({
        requestId,
        rtpParameters,
        source: publishing.source,
        paused: publishing.paused,
      });
    });
    this.#sendTransport.on('producedata', (_data, callback) => callback({ id: WARM_UP_ID }));
  }

  get state(): MediaState {
    return this.#state;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether the receive transport has been connected. */
  get receiving(): boolean {
    return this.#receiving;
  }

  /** The browser's statistics of everything received (W3C webrtc-stats). */
  receivedStats(): Promise<RTCStatsReport> {
    return this.#recvTransport.getStats();
  }

  /** The same of all that is sent. */
  sentStats(): Promise<RTCStatsReport> {
    return this.#sendTransport.getStats();
  }

  /** Whether these are the transports that the server speaks of. */
  matches(media: PrepareMediaReply): boolean {
    return this.#sendTransport.id === media.sendTransport.id && this.#recvTransport.id === media.recvTransport.id;
  }

  /** From now on requests go through a room, which repeats them over lost connections. */
  useRequester(requester: Requester): void {
    this.#requester = requester;
  }

  /**
   * Connects both transports (ICE and DTLS) before there is any media, by a data channel that the server does not know.
   * The server closes an unconnected transport after `TIMES.transportConnectMs`.
   */
  async warmUp(): Promise<void> {
    const sctpStreamParameters = { streamId: 0, ordered: true };
    await Promise.all([
      this.#recvTransport.consumeData({ id: WARM_UP_ID, dataProducerId: WARM_UP_ID, sctpStreamParameters }),
      // A publication connects the transport by itself.
      this.#publishing.size > 0 ? undefined : this.#sendTransport.produceData({ label: WARM_UP_ID }),
    ]);
  }

  /**
   * Receives a video that nobody sends, once the transport is made: a browser's first one costs it a decoder and a
   * second SDP exchange (mediasoup-client's probation stream), better before the click than after it.
   * @throws MiniMeetError
   */
  async rehearse(): Promise<void> {
    const { codecs = [], headerExtensions = [] } = this.#device.recvRtpCapabilities;
    const codec = codecs.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
    if (codec?.preferredPayloadType === undefined) return;
    const { mimeType, clockRate, parameters, rtcpFeedback, preferredPayloadType: payloadType } = codec;
    const consumer = await this.consume({
      id: WARM_UP_ID,
      producerId: WARM_UP_ID,
      participantId: WARM_UP_ID,
      source: 'camera',
      kind: 'video',
      rtpParameters: {
        mid: WARM_UP_ID,
        codecs: [{ mimeType, clockRate, parameters, rtcpFeedback, payloadType }],
        headerExtensions: headerExtensions
          .filter(({ kind }) => kind === 'video')
          .map(({ uri, preferredId: id }) => ({ uri, id })),
        encodings: [{ ssrc: 1 }],
        rtcp: { cname: WARM_UP_ID },
      },
    });
    consumer.close();
  }

  /** Resolves when both transports are connected. @throws MiniMeetError MEDIA_UNAVAILABLE: they failed or closed. */
  connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (state: MediaState): void => {
        if (state === 'connecting') return;
        off();
        if (state === 'connected') resolve();
        else reject(new MiniMeetError('MEDIA_UNAVAILABLE', 'The media path to the server could not be opened.'));
      };
      const off = this.on('state-changed', settle);
      settle(this.#state);
    });
  }

  /**
   * Sends a track. All calls of one tick are one `produce` request.
   * @throws MiniMeetError what the server said, or UNSUPPORTED_MEDIA.
   */
  async produce(
    track: MediaStreamTrack,
    options: { requestId: ProducerId; source: MediaSource; paused: boolean },
  ): Promise<Producer> {
    const { requestId, source, paused } = options;
    const publishing: Publishing = { source, paused };
    this.#publishing.set(requestId, publishing);
    this.#batch.expect(requestId);
    try {
      const producer = await this.#sendTransport.produce({
        track,
        ...sendSettings(source, track.getSettings()),
        codec: this.#codec(source),
        // The track is the caller's: it may be shown in a preview, and published again.
        stopTracks: false,
        appData: { requestId },
      });
      await publishing.accepted?.catch((error: unknown) => {
        producer.close();
        throw error;
      });
      return producer;
    } catch (error) {
      throw MiniMeetError.from(error);
    } finally {
      this.#publishing.delete(requestId);
      this.#batch.drop(requestId);
      // When the negotiation failed after the request was made, nobody waits for its answer.
      publishing.accepted?.catch(() => undefined);
    }
  }

  /** Receives a track. All calls of one tick are one SDP exchange. @throws MiniMeetError */
  async consume({ id, producerId, kind, rtpParameters, participantId, source }: ConsumerOptions): Promise<Consumer> {
    try {
      // A stream for one person's camera and microphone: the browser keeps lips and words together.
      const streamId = `${participantId}:${source === 'camera' || source === 'microphone' ? 'person' : 'screen'}`;
      return await this.#recvTransport.consume({ id, producerId, kind, rtpParameters, streamId });
    } catch (error) {
      throw MiniMeetError.from(error);
    }
  }

  /** After a lost connection: repairs what did not survive it. */
  repair(): void {
    for (const transport of [this.#sendTransport, this.#recvTransport]) {
      if (transport.connectionState === 'disconnected' || transport.connectionState === 'failed')
        this.#restartIce(transport);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#repairs.values()) clearTimeout(timer);
    this.#repairs.clear();
    this.#sendTransport.close();
    this.#recvTransport.close();
    // A caller that waits for it to connect must not wait for ever.
    this.#changeState('failed');
  }

  #codec(source: MediaSource) {
    if (kindOf(source) === 'audio') return undefined;
    return this.#device.sendRtpCapabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
  }

  #watch(transport: Transport): Transport {
    transport.on('connect', ({ dtlsParameters }, callback) => {
      // The server takes the fingerprint late: the handshake begins beside the request, not after it.
      callback();
      void this.#connect(transport, dtlsParameters);
    });
    transport.on('connectionstatechange', () => this.#onTransportState(transport));
    return transport;
  }

  async #connect(transport: Transport, dtlsParameters: DtlsParameters): Promise<void> {
    try {
      await this.#requester.request('connect_transport', { transportId: transport.id, dtlsParameters });
    } catch (error) {
      if (this.#closed) return;
      this.emit('error', MiniMeetError.from(error));
      this.#giveUp();
    }
  }

  #onTransportState(transport: Transport): void {
    const state = transport.connectionState;
    if (state === 'connected') this.#forgetRepair(transport);
    if (state === 'connected' && transport === this.#recvTransport && !this.#receiving) {
      this.#receiving = true;
      this.emit('receiving');
    }
    if (state === 'failed') this.#restartIce(transport);
    if (state === 'disconnected' && !this.#repairs.has(transport)) {
      this.#repairs.set(
        transport,
        setTimeout(() => this.#restartIce(transport), DISCONNECTED_MS),
      );
    }
    this.#changeState(this.#overallState());
  }

  #overallState(): MediaState {
    const states = [this.#sendTransport.connectionState, this.#recvTransport.connectionState];
    return states.every((state) => state === 'connected') ? 'connected' : 'connecting';
  }

  #restartIce(transport: Transport): void {
    this.#forgetRepair(transport);
    this.#repairs.set(
      transport,
      setTimeout(() => this.#giveUp(), RESTART_MS),
    );
    this.#requester
      .request('restart_ice', { transportId: transport.id })
      .then(({ iceParameters }) => transport.restartIce({ iceParameters }))
      .catch((error: unknown) => {
        if (this.#closed) return;
        this.emit('error', MiniMeetError.from(error));
        this.#giveUp();
      });
  }

  #forgetRepair(transport: Transport): void {
    clearTimeout(this.#repairs.get(transport));
    this.#repairs.delete(transport);
  }

  #giveUp(): void {
    if (this.#closed || this.#state === 'failed') return;
    this.#changeState('failed');
    this.emit('lost');
  }

  #changeState(state: MediaState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.emit('state-changed', state);
  }
}
