import { EventEmitter } from 'node:events';
import {
  type ConsumerId,
  type JoinRoomReply,
  type LeaveReason,
  type MediaSource,
  NOTIFICATION_NAMES,
  type NotificationName,
  type Participant,
  type ParticipantId,
  type PrepareMediaReply,
  type ProducerId,
  type RoomEndReason,
  type Tile,
} from '@minimeet/protocol';
import { Signalling, Stay } from '@minimeet/sdk';
import { mediaClock } from './media-clock.js';
import { PeerPublisher } from './peer-publisher.js';
import { PeerReceiver } from './peer-receiver.js';
import { PeerRoster } from './peer-roster.js';
import type { PeerStats, PeerTimings } from './peer-stats.js';
import { PeerTransports } from './peer-transports.js';
import { QualityReporter } from './quality-reporter.js';
import type { ReceivedStream } from './received-stream.js';
import { receiveCapabilities, transportSequenceIdOf } from './rtp-parameters.js';
import type { SyntheticPeerOptions } from './synthetic-peer-options.js';
import { SyntheticVideo } from './synthetic-video.js';

type PeerEndReason = LeaveReason | RoomEndReason;

interface PeerEvents {
  /** A lost connection or lost media is back, after so long. */
  reconnected: [{ lostMs: number }];
  /** `participants` or `activeSpeakers` are others now. */
  people: [];
  /** The stay ended otherwise than by its own `leave()` or `close()`. */
  ended: [reason: PeerEndReason];
}

/** How loud it speaks by default: -dBov, as in RFC 6464. */
const SPEAKING_LEVEL = 20;

/**
 * A participant without a browser: real signalling, ICE, DTLS and SRTP; it sends a recorded picture and sound and
 * measures what it receives. It decodes nothing. A process calls `shutDownPeers()` after closing its last one.
 */
export class SyntheticPeer extends EventEmitter<PeerEvents> {
  readonly #options: SyntheticPeerOptions;
  readonly #signalling: Signalling;
  readonly #stay: Stay;
  readonly #roster: PeerRoster;
  readonly #counts = new Map<NotificationName, number>();
  readonly #publisher: PeerPublisher;
  readonly #receiver = new PeerReceiver((packet) => this.#transports.recv?.send(packet));
  readonly #transports: PeerTransports;
  readonly #times = { startedAt: performance.now(), welcomeAt: null as number | null, joinedAt: null as number | null };
  readonly #stopClock: () => void;
  #reporter: QualityReporter | null = null;
  #reply: JoinRoomReply | null = null;
  #tiles: Tile[] | null = null;
  #lostAtMs: number | null = null;
  /** Resumed: the next `consumers_opened` names all that there are. */
  #allConsumersFollow = false;
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
    super();
    this.#options = options;
    const { url, accessToken, client = 'loadtest', loadTestKey, resolution = '180p', simulcast = true } = options;
    const token = typeof accessToken === 'string' ? () => accessToken : accessToken;
    this.#publisher = new PeerPublisher({ resolution, simulcast });
    this.#signalling = new Signalling({ url, accessToken: token, client, loadTestKey });
    this.#stay = new Stay(this.#signalling, {
      request: () => this.#request(),
      entered: (reply) => this.#entered(reply),
      lost: () => this.#lost(),
      over: (reason) => this.#end(reason),
    });
    this.#transports = new PeerTransports(options, {
      connect: (transportId, dtlsParameters) =>
        this.#signalling.request('connect_transport', { transportId, dtlsParameters }),
      feedback: (packet) => this.#publisher.feedback(packet),
      received: (packet) => this.#receiver.receive(packet),
      lost: () => this.#mediaLost(),
    });
    this.#roster = new PeerRoster(this.#stay, () => this.emit('people'));
    this.#stopClock = mediaClock.add((nowMs) => this.#receiver.tick(nowMs));
    this.#listen();
  }

  /** The server's reply to the newest join. */
  get joined(): JoinRoomReply {
    if (!this.#reply) throw new Error('Not joined.');
    return this.#reply;
  }

  /** Everybody else, in the order in which they came. */
  get participants(): ReadonlyMap<ParticipantId, Participant> {
    return this.#roster.participants;
  }

  /** Loudest first. */
  get activeSpeakers(): readonly ParticipantId[] {
    return this.#roster.activeSpeakers;
  }

  get timings(): PeerTimings {
    const { firstPacketAt, firstKeyFrameAt } = this.#receiver;
    const { firstRecv } = this.#transports;
    return {
      ...this.#times,
      iceConnectedAt: firstRecv?.iceConnectedAtMs ?? null,
      dtlsConnectedAt: firstRecv?.dtlsConnectedAtMs ?? null,
      firstPacketAt,
      firstKeyFrameAt,
    };
  }

  /** Those that are open. */
  get consumers(): ReadonlyMap<ConsumerId, ReceivedStream> {
    return this.#receiver.streams;
  }

  /** Messages of the server so far, by name. */
  get notifications(): ReadonlyMap<NotificationName, number> {
    return this.#counts;
  }

  /** `null` while it has no camera. */
  get camera(): SyntheticVideo | null {
    const device = this.#publisher.device('camera');
    return device instanceof SyntheticVideo ? device : null;
  }

  /** @returns what was received and sent since the call before. */
  takeStats(): PeerStats {
    return { streams: this.#receiver.takeStats(performance.now()), sent: this.#publisher.takeStats() };
  }

  producerId(source: MediaSource): ProducerId | undefined {
    return this.#publisher.producerId(source);
  }

  packetsSent(source: MediaSource): number {
    return this.#publisher.packetsSent(source);
  }

  /** Resolves when both transports are connected. */
  connected(): Promise<void> {
    return this.#transports.opened();
  }

  /** All in one request. @throws MiniMeetError */
  async publish(sources: MediaSource[]): Promise<void> {
    const { media, self } = this.joined;
    const transport = this.#transports.send;
    if (!media || !transport) throw new Error('This peer joined without media.');
    const { producers, start } = this.#publisher.prepare(sources, media.routerRtpCapabilities, self.id);
    await this.#signalling.request('produce', { producers });
    if (!this.#closed && transport === this.#transports.send) start(transport);
  }

  /** @throws MiniMeetError */
  async pause(source: MediaSource): Promise<void> {
    this.#publisher.setPaused(source, true);
    await this.#signalling.request('pause_producer', { producerId: this.producerId(source) ?? '' });
  }

  /** @throws MiniMeetError */
  async resume(source: MediaSource): Promise<void> {
    this.#publisher.setPaused(source, false);
    await this.#signalling.request('resume_producer', { producerId: this.producerId(source) ?? '' });
  }

  /** @throws MiniMeetError */
  async unpublish(source: MediaSource): Promise<void> {
    const producerId = this.#publisher.remove(source);
    if (producerId) await this.#signalling.request('close_producer', { producerId });
  }

  /** @param level -dBov, 0 the loudest. */
  setSpeaking(speaking: boolean, level = SPEAKING_LEVEL): void {
    this.#publisher.speak(speaking ? level : null);
  }

  /** @throws MiniMeetError */
  async setView(tiles: Tile[]): Promise<void> {
    this.#tiles = tiles;
    await this.#signalling.request('set_view', { tiles });
  }

  /** Asks the SFU for a key frame of what comes in, by RTCP. */
  requestKeyFrame(id: ConsumerId): void {
    this.#receiver.requestKeyFrame(id);
  }

  /** Leaves and closes. */
  async leave(): Promise<void> {
    await this.#signalling.request('leave_room', {});
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stay.end();
    this.#reporter?.stop();
    this.#stopClock();
    this.#signalling.close();
    this.#closeMedia();
  }

  async #join(): Promise<void> {
    await this.#signalling.connect();
    this.#times.welcomeAt = performance.now();
    await this.#stay.enter();
    const { publish = [] } = this.#options;
    if (publish.length > 0) await this.publish(publish);
    this.#reporter = new QualityReporter({
      timings: () => this.timings,
      freezes: (nowMs) => this.#receiver.freezes(nowMs),
      // One that is lost is not missed.
      send: (report) => void this.#signalling.request('report_quality', report).catch(() => undefined),
    });
  }

  #request() {
    const { room, media = true, view, publish = [] } = this.#options;
    const { welcome } = this.#signalling;
    const rtpCapabilities = media && welcome ? receiveCapabilities(welcome.routerRtpCapabilities) : undefined;
    const sources = this.#reply ? this.#publisher.sources : publish;
    return { room, rtpCapabilities, view, willPublish: sources.length > 0 ? sources : undefined };
  }

  /** Joined: for the first time, resumed, or anew. */
  #entered(reply: JoinRoomReply): void {
    const isFirst = this.#reply === null;
    const sameMedia = reply.media?.recvTransport.id === this.#transports.recv?.id;
    this.#reply = reply;
    this.#allConsumersFollow = reply.resumed;
    this.#roster.entered(reply);
    if (isFirst) {
      this.#times.joinedAt = performance.now();
      // Callers of `connected()` hear of a failure.
      if (reply.media) this.#connect(reply.media).catch(() => undefined);
      return;
    }
    if (sameMedia) return this.#reconnected();
    this.#closeMedia();
    if (reply.media) this.#rebuild(this.#connect(reply.media));
  }

  /** Both transports are new: publications and views are asked for again. */
  #rebuild(opened: Promise<void>): void {
    const { sources } = this.#publisher;
    const asked = [
      sources.length > 0 ? this.publish(sources) : undefined,
      this.#tiles ? this.setView(this.#tiles) : undefined,
    ];
    Promise.all([...asked, opened]).then(
      () => this.#reconnected(),
      () => this.#mediaLost(),
    );
  }

  #reconnected(): void {
    const lostAtMs = this.#lostAtMs;
    this.#lostAtMs = null;
    if (lostAtMs !== null && !this.#closed) this.emit('reconnected', { lostMs: performance.now() - lostAtMs });
  }

  #connect(media: PrepareMediaReply): Promise<void> {
    this.#receiver.begin(transportSequenceIdOf(media.routerRtpCapabilities));
    return this.#transports.connect(media, this.joined.self.id);
  }

  #closeMedia(): void {
    this.#publisher.stop();
    this.#receiver.interrupt();
    this.#transports.close();
  }

  #lost(): void {
    this.#lostAtMs ??= performance.now();
    if (this.#options.resume === false) this.#end('timed-out');
  }

  /** The path to the server is gone, or could not be built again. */
  #mediaLost(): void {
    if (this.#closed) return;
    this.#lost();
    this.#stay.rebuild();
  }

  #end(reason: PeerEndReason): void {
    if (this.#closed) return;
    this.close();
    this.emit('ended', reason);
  }

  #listen(): void {
    const count = (name: NotificationName): void => void this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    const { confirmConsumers = true } = this.#options;
    const stay = this.#stay;
    stay.onConsumersOpened((consumers) => {
      count('consumers_opened');
      if (this.#allConsumersFollow) this.#receiver.retain(new Set(consumers.map(({ id }) => id)));
      this.#allConsumersFollow = false;
      this.#receiver.open(consumers);
      return confirmConsumers ? Promise.resolve() : new Promise(() => undefined);
    });
    stay.on('consumers_closed', ({ consumerIds }) => this.#receiver.close(consumerIds));
    stay.on('consumers_changed', ({ consumers }) => this.#receiver.change(consumers));
    stay.on('layers_wanted', ({ producers }) => this.#publisher.limitLayers(producers));
    stay.on('room_ended', ({ reason }) => this.#end(reason));
    stay.onRemoved((reason) => this.#end(reason));
    this.#signalling.onNotification('media_reset', () => this.#lost());
    for (const name of PLAIN_NOTIFICATIONS) this.#signalling.onNotification(name, () => count(name));
  }
}

const PLAIN_NOTIFICATIONS = NOTIFICATION_NAMES.filter((name) => name !== 'consumers_opened');
