import { randomInt, randomUUID } from 'node:crypto';
import type {
  ConsumerId,
  ConsumerOptions,
  InitialView,
  JoinRoomReply,
  NotificationName,
  PrepareMediaReply,
  ProducerId,
  RoomSlug,
  Tile,
} from '@minimeet/protocol';
import { Signalling } from '@minimeet/sdk';
import { mediaClock } from './media-clock.js';
import { PeerTransport } from './peer-transport.js';
import { ReceivedStream } from './received-stream.js';
import { keyFrameRequests, writePictureLoss } from './rtcp.js';
import { isRtcp } from './rtp.js';
import { AUDIO_LEVEL_ID, receiveCapabilities, sendStream, type SendStream } from './rtp-parameters.js';
import { RtpSender } from './rtp-sender.js';
import { SyntheticCamera } from './synthetic-camera.js';
import { SyntheticMicrophone } from './synthetic-microphone.js';

type SyntheticSource = 'camera' | 'microphone';

export interface SyntheticPeerOptions {
  /** The server's origin. */
  url: string;
  accessToken: string | (() => string | Promise<string>);
  room: RoomSlug;
  /** Published with the join. Default: nothing. */
  publish?: SyntheticSource[];
  /** What to receive before the first `setView`. */
  view?: InitialView;
  /** `false`: joins without media. */
  media?: boolean;
  /** `false`: never acks `consumers_opened`, as a client that hangs. */
  confirmConsumers?: boolean;
  /** The local address of its media. Default: 127.0.0.1. */
  bindAddress?: string;
}

/** How loud it speaks by default: -dBov, as in RFC 6464. */
const SPEAKING_LEVEL = 20;
/** What it says it is when it asks for a key frame; it never sends with it. */
const FEEDBACK_SSRC = 1;

interface Published {
  producerId: ProducerId;
  stream: SendStream;
  sender: RtpSender;
  stopClock: () => void;
}

/**
 * A participant without a browser: real signalling, ICE, DTLS and SRTP; it sends a recorded picture and tone and counts what it
 * receives. It decodes nothing. Call `shutDownPeers()` when the last one of a process is closed.
 */
export class SyntheticPeer {
  readonly #options: SyntheticPeerOptions;
  readonly #signalling: Signalling;
  readonly #consumers = new Map<ConsumerId, ReceivedStream>();
  readonly #bySsrc = new Map<number, ReceivedStream>();
  readonly #published = new Map<SyntheticSource, Published>();
  readonly #counts = new Map<NotificationName, number>();
  #send: PeerTransport | null = null;
  #recv: PeerTransport | null = null;
  #media: PrepareMediaReply | null = null;
  #camera: SyntheticCamera | null = null;
  #microphone: SyntheticMicrophone | null = null;
  #reply: JoinRoomReply | null = null;
  #closed = false;

  /** @throws MiniMeetError */
  static async join(options: SyntheticPeerOptions): Promise<SyntheticPeer> {
    const peer = new SyntheticPeer(options);
    try {
      await peer.#join();
      return peer;
    } catch (error) {
      peer.close();
      throw error;
    }
  }

  private constructor(options: SyntheticPeerOptions) {
    this.#options = options;
    const { url, accessToken } = options;
    const token = typeof accessToken === 'string' ? () => accessToken : accessToken;
    this.#signalling = new Signalling({ url, accessToken: token });
    this.#listen();
  }

  /** What the server said to the join. */
  get joined(): JoinRoomReply {
    if (!this.#reply) throw new Error('Not joined.');
    return this.#reply;
  }

  /** Those that are open. */
  get consumers(): ReadonlyMap<ConsumerId, ReceivedStream> {
    return this.#consumers;
  }

  /** Messages of the server so far, by name. */
  get notifications(): ReadonlyMap<NotificationName, number> {
    return this.#counts;
  }

  /** `null` while it has no camera. */
  get camera(): SyntheticCamera | null {
    return this.#camera;
  }

  producerId(source: SyntheticSource): ProducerId | undefined {
    return this.#published.get(source)?.producerId;
  }

  packetsSent(source: SyntheticSource): number {
    return this.#published.get(source)?.sender.packets ?? 0;
  }

  /** Resolves when both transports are connected. */
  async connected(): Promise<void> {
    await Promise.all([this.#send?.opened(), this.#recv?.opened()]);
  }

  /** All in one request. @throws MiniMeetError */
  async publish(sources: SyntheticSource[]): Promise<void> {
    const media = this.#media;
    const transport = this.#send;
    if (!media || !transport) throw new Error('This peer joined without media.');
    const prepared = sources.map((source) => {
      const mimeType = source === 'camera' ? 'video/vp8' : 'audio/opus';
      const identity = { ssrc: randomInt(2, 2 ** 32), cname: this.joined.self.id };
      const requestId: ProducerId = randomUUID();
      return { source, requestId, stream: sendStream(media.routerRtpCapabilities, mimeType, identity) };
    });
    const producers = prepared.map(({ source, requestId, stream }) => ({
      source,
      requestId,
      rtpParameters: stream.rtpParameters,
    }));
    await this.#signalling.request('produce', { producers });
    if (this.#closed) return;
    for (const { source, requestId, stream } of prepared) this.#startSending(transport, source, requestId, stream);
  }

  /** @throws MiniMeetError */
  async pause(source: SyntheticSource): Promise<void> {
    this.#setPaused(source, true);
    await this.#signalling.request('pause_producer', { producerId: this.#published.get(source)?.producerId ?? '' });
  }

  /** @throws MiniMeetError */
  async resume(source: SyntheticSource): Promise<void> {
    this.#setPaused(source, false);
    await this.#signalling.request('resume_producer', { producerId: this.#published.get(source)?.producerId ?? '' });
  }

  /** @throws MiniMeetError */
  async unpublish(source: SyntheticSource): Promise<void> {
    const published = this.#published.get(source);
    if (!published) return;
    this.#published.delete(source);
    published.stopClock();
    await this.#signalling.request('close_producer', { producerId: published.producerId });
  }

  /** @param level -dBov, 0 the loudest. */
  setSpeaking(speaking: boolean, level = SPEAKING_LEVEL): void {
    this.#microphone?.speak(speaking ? level : null);
  }

  /** @throws MiniMeetError */
  async setView(tiles: Tile[]): Promise<void> {
    await this.#signalling.request('set_view', { tiles });
  }

  /** Asks the SFU for a key frame of what comes in, by RTCP. */
  requestKeyFrame(id: ConsumerId): void {
    const stream = this.#consumers.get(id);
    if (stream) this.#recv?.send(writePictureLoss(FEEDBACK_SSRC, stream.ssrc));
  }

  /** Leaves and closes. */
  async leave(): Promise<void> {
    await this.#signalling.request('leave_room', {});
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { stopClock } of this.#published.values()) stopClock();
    this.#signalling.close();
    this.#send?.close();
    this.#recv?.close();
  }

  async #join(): Promise<void> {
    const { room, media = true, view, publish = [] } = this.#options;
    const welcome = await this.#signalling.connect();
    const rtpCapabilities = media ? receiveCapabilities(welcome.routerRtpCapabilities) : undefined;
    const willPublish = publish.length > 0 ? publish : undefined;
    this.#reply = await this.#signalling.request('join_room', { room, rtpCapabilities, view, willPublish });
    if (this.#reply.media) this.#connect(this.#reply.media);
    if (publish.length > 0) await this.publish(publish);
  }

  #connect(media: PrepareMediaReply): void {
    const bindAddress = this.#options.bindAddress ?? '127.0.0.1';
    const name = this.joined.self.id;
    this.#media = media;
    this.#send = new PeerTransport({ name, direction: 'send', remote: media.sendTransport, bindAddress }, (packet) =>
      this.#onFeedback(packet),
    );
    this.#recv = new PeerTransport({ name, direction: 'recv', remote: media.recvTransport, bindAddress }, (packet) =>
      this.#onMedia(packet),
    );
    for (const transport of [this.#send, this.#recv]) {
      const dtlsParameters = transport.connect();
      // Without the fingerprint the handshake fails, which `connected()` reports.
      this.#signalling
        .request('connect_transport', { transportId: transport.id, dtlsParameters })
        .catch(() => transport.close());
    }
  }

  #startSending(transport: PeerTransport, source: SyntheticSource, producerId: ProducerId, stream: SendStream): void {
    const sender = new RtpSender(stream, (packet) => transport.send(packet));
    const device = source === 'camera' ? new SyntheticCamera(sender) : new SyntheticMicrophone(sender, AUDIO_LEVEL_ID);
    if (device instanceof SyntheticCamera) this.#camera = device;
    else this.#microphone = device;
    let stopClock = (): void => undefined;
    this.#published.set(source, { producerId, stream, sender, stopClock: () => stopClock() });
    // What is sent before the transport is open would be lost, and with it the first key frame.
    transport.opened().then(
      () => {
        if (!this.#closed && this.#published.get(source)?.producerId === producerId)
          stopClock = mediaClock.add((nowMs) => device.tick(nowMs));
      },
      () => undefined,
    );
  }

  #setPaused(source: SyntheticSource, paused: boolean): void {
    const device = source === 'camera' ? this.#camera : this.#microphone;
    if (device) device.paused = paused;
  }

  #onFeedback(packet: Buffer): void {
    const camera = this.#published.get('camera');
    if (!camera || !isRtcp(packet)) return;
    if (keyFrameRequests(packet).includes(camera.stream.ssrc)) this.#camera?.keyFrame(performance.now());
  }

  #onMedia(packet: Buffer): void {
    if (packet.length >= 12 && !isRtcp(packet))
      this.#bySsrc.get(packet.readUInt32BE(8))?.receive(packet, performance.now());
  }

  #listen(): void {
    const count = (name: NotificationName): void => void this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    const { confirmConsumers = true } = this.#options;
    this.#signalling.onConsumersOpened((consumers) => {
      count('consumers_opened');
      this.#open(consumers);
      return confirmConsumers ? Promise.resolve() : new Promise(() => undefined);
    });
    this.#signalling.onNotification('consumers_closed', ({ consumerIds }) => {
      count('consumers_closed');
      consumerIds.forEach((id) => this.#closeConsumer(id));
    });
    this.#signalling.onNotification('consumers_changed', ({ consumers }) => {
      count('consumers_changed');
      for (const change of consumers) {
        const stream = this.#consumers.get(change.id);
        if (stream) stream.state = change;
      }
    });
    for (const name of COUNTED) this.#signalling.onNotification(name, () => count(name));
  }

  #open(consumers: ConsumerOptions[]): void {
    for (const options of consumers) {
      if (this.#consumers.has(options.id)) continue;
      const stream = new ReceivedStream(options);
      this.#consumers.set(options.id, stream);
      this.#bySsrc.set(stream.ssrc, stream);
    }
  }

  #closeConsumer(id: ConsumerId): void {
    const stream = this.#consumers.get(id);
    if (!stream) return;
    this.#consumers.delete(id);
    this.#bySsrc.delete(stream.ssrc);
  }
}

/** Those that are counted and nothing else. */
const COUNTED = [
  'participant_joined',
  'participant_left',
  'participant_updated',
  'layers_wanted',
  'active_speakers',
  'chat_message',
  'media_reset',
  'room_changed',
  'room_ended',
  'removed',
] as const satisfies NotificationName[];
