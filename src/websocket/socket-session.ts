import { randomUUID } from 'node:crypto';
import {
  type ConnectTransportRequest,
  type Done,
  type InitialView,
  type JoinRoomReply,
  type JoinRoomRequest,
  LIMITS,
  type ParticipantId,
  type PrepareMediaReply,
  type PrepareMediaRequest,
  type ProduceReply,
  type ProduceRequest,
  type ProducerRequest,
  type ReportQualityRequest,
  type RestartIceReply,
  type RestartIceRequest,
  type RoomId,
  type RoomSlug,
  type SetSpeakingRequest,
  type SetViewRequest,
  TIMES,
  type TransportId,
} from '@minimeet/protocol';
import type { ChatOpening, ChatService } from '../chat/chat.service.js';
import { AppError, errorCodeOf } from '../common/errors/index.js';
import type { EventBus, Events } from '../common/events/index.js';
import type { RoomsService } from '../rooms/rooms.service.js';
import type { Calls } from './calls.js';
import type { MediaHost, MediaPeer } from './media-host.js';
import type { MeetingSocket } from './meeting-socket.js';
import { SerialQueue } from './serial-queue.js';
import type { Stay } from './stay.js';
import { assertMayProduce, assertMayResume } from './unmuting.js';

type JoinAttempt = Events['join-attempted'];

/** Media that waits on the pre-join screen for the click. */
interface PreparedMedia {
  /** `undefined`: to try the network. */
  slug: RoomSlug | undefined;
  participantId: ParticipantId;
  peer: MediaPeer;
  timer: NodeJS.Timeout;
}

/** One connected person: what each request of theirs means. A connection is in one call at a time. */
export class SocketSession {
  private stay: Stay | null = null;
  private prepared: PreparedMedia | null = null;
  /** Joining and leaving wait for each other, so that a double click joins once. */
  private readonly moves = new SerialQueue();

  constructor(
    private readonly socket: MeetingSocket,
    private readonly calls: Calls,
    private readonly media: MediaHost,
    private readonly rooms: RoomsService,
    private readonly chat: ChatService,
    private readonly events: EventBus,
  ) {}

  /** The room of the call that this connection is in. */
  get callSlug(): RoomSlug | null {
    return this.stay && !this.stay.ended ? this.stay.slug : null;
  }

  /** The connection is gone. A client that said goodbye has left; one that vanished may come back. */
  close(reason: string): void {
    this.dropPrepared();
    if (!this.stay?.isAttachedTo(this.socket)) return;
    if (reason === 'client namespace disconnect') this.stay.end('left');
    else this.stay.detach();
  }

  prepareMedia({ room, rtpCapabilities }: PrepareMediaRequest): Promise<PrepareMediaReply> {
    return this.moves.run(async () => {
      this.assertOpen();
      const participantId = randomUUID();
      // Who only tries the network is alone in a room of the media core that is nobody's.
      const roomId: RoomId =
        room === undefined ? participantId : (await this.rooms.assertMayEnter(this.socket.data.identity, room)).id;
      const peer = await this.media.addPeer(roomId, participantId, rtpCapabilities);
      this.assertUsable(peer);
      this.dropPrepared();
      const timer = setTimeout(() => this.dropPrepared(), TIMES.preparedMediaMs);
      this.prepared = { slug: room, participantId, peer, timer };
      peer.on('closed', () => this.forgetPrepared(peer));
      return this.media.describe(peer);
    });
  }

  joinRoom(request: JoinRoomRequest): Promise<JoinRoomReply> {
    const askedAtMs = performance.now();
    return this.moves.run(async () => {
      const { identity } = this.socket.data;
      const { resumeToken, room } = request;
      const resumable = resumeToken ? this.calls.resumable(resumeToken, identity.userId, room) : undefined;
      const current = this.stay && !this.stay.ended && this.stay.slug === room ? this.stay : null;
      const kind = resumable ? 'resume' : current ? 'rebuild' : 'enter';
      try {
        this.assertOpen();
        const reply = await (resumable
          ? this.resume(resumable, request)
          : current
            ? this.rebuild(current, request)
            : this.enter(request));
        this.joinAttempted(kind, null, askedAtMs);
        return reply;
      } catch (error) {
        this.joinAttempted(kind, errorCodeOf(error), askedAtMs);
        throw error;
      }
    });
  }

  leaveRoom(): Promise<Done> {
    return this.moves.run(() => {
      this.currentStay().end('left');
      this.stay = null;
      return Promise.resolve({});
    });
  }

  async connectTransport({ transportId, dtlsParameters }: ConnectTransportRequest): Promise<Done> {
    await this.peerWith(transportId).connectTransport(transportId, dtlsParameters);
    return {};
  }

  async restartIce({ transportId }: RestartIceRequest): Promise<RestartIceReply> {
    return { iceParameters: await this.peerWith(transportId).restartIce(transportId) };
  }

  async produce({ producers }: ProduceRequest): Promise<ProduceReply> {
    const peer = this.currentPeer();
    assertMayProduce(this.currentStay(), producers);
    return { producerIds: await peer.produce(producers) };
  }

  async pauseProducer({ producerId }: ProducerRequest): Promise<Done> {
    await this.currentPeer().pauseProducer(producerId);
    return {};
  }

  async resumeProducer({ producerId }: ProducerRequest): Promise<Done> {
    const peer = this.currentPeer();
    assertMayResume(this.currentStay(), producerId);
    await peer.resumeProducer(producerId);
    return {};
  }

  async closeProducer({ producerId }: ProducerRequest): Promise<Done> {
    await this.currentPeer().closeProducer(producerId);
    return {};
  }

  setView({ tiles }: SetViewRequest): Done {
    this.currentPeer().setView(tiles);
    return {};
  }

  setSpeaking({ speaking }: SetSpeakingRequest): Done {
    this.currentPeer().setSpeaking(speaking);
    return {};
  }

  reportQuality(report: ReportQualityRequest): Done {
    this.currentStay().reportQuality(report);
    return {};
  }

  private async enter({
    room: slug,
    rtpCapabilities,
    view,
    willPublish = [],
    invite,
    password,
  }: JoinRoomRequest): Promise<JoinRoomReply> {
    const { identity } = this.socket.data;
    const prepared = this.takePrepared(slug);
    let peer = prepared?.peer ?? null;
    const entrance = this.calls.entrances.open();
    try {
      let { room, role } = await this.rooms.enter(identity, slug, { invite, password });
      // Not before they are let in; then what was prepared gets its consumers while the database tells the newest messages.
      if (prepared && !prepared.peer.closed) prepared.peer.join(view);
      const id = prepared?.participantId ?? randomUUID();
      const addPeer = async (): Promise<void> => {
        if (!peer && rtpCapabilities) peer = await this.media.addPeer(room.id, id, rtpCapabilities);
      };
      const [chat] = await Promise.all([this.openChat(room.id), addPeer()]);
      while (entrance.hasChanged(room.id))
        ({ room, role } = await this.rooms.enter(identity, slug, { invite, password }));
      this.assertUsable(peer);

      const call = this.calls.of(room);
      if (call.size >= LIMITS.participantsPerRoom) {
        throw new AppError('ROOM_FULL', `This call has ${LIMITS.participantsPerRoom} people, which is all it takes.`);
      }
      this.stay?.end('left');
      const announceLater = peer !== null && willPublish.length > 0;
      const stay = call.add({ id, identity, role, socket: this.socket, willPublish: announceLater });
      this.stay = stay;
      if (peer) {
        this.giveMedia(stay, peer);
        if (prepared) setImmediate(() => stay.reopenConsumers());
        else startAfterTheAck(peer, view);
      }
      return this.describe(stay, chat, false);
    } catch (error) {
      peer?.close('failed');
      throw error;
    } finally {
      entrance.close();
    }
  }

  /** The same stay through a new connection. */
  private async resume(stay: Stay, { rtpCapabilities, view }: JoinRoomRequest): Promise<JoinRoomReply> {
    if (this.stay !== stay) this.stay?.end('left');
    stay.attach(this.socket);
    this.stay = stay;
    if (rtpCapabilities && !stay.media) return this.rebuild(stay, { room: stay.slug, rtpCapabilities, view });
    const chat = await this.openChat(stay.roomId);
    setImmediate(() => stay.reopenConsumers());
    return this.describe(stay, chat, true);
  }

  /** The same stay with new media. */
  private async rebuild(stay: Stay, { rtpCapabilities, view }: JoinRoomRequest): Promise<JoinRoomReply> {
    stay.dropMedia();
    const addPeer = async (): Promise<MediaPeer | null> =>
      rtpCapabilities ? this.media.addPeer(stay.roomId, stay.id, rtpCapabilities) : null;
    const [peer, chat] = await Promise.all([addPeer(), this.openChat(stay.roomId)]);
    // The stay may have ended meanwhile: removed, replaced, or its room deleted.
    if (stay.ended) peer?.close('left');
    this.currentStay();
    this.assertUsable(peer);
    if (peer) {
      this.giveMedia(stay, peer);
      startAfterTheAck(peer, view);
    }
    return this.describe(stay, chat, false);
  }

  private joinAttempted(kind: JoinAttempt['kind'], failure: JoinAttempt['failure'], askedAtMs: number): void {
    this.events.publish('join-attempted', { kind, failure, durationMs: performance.now() - askedAtMs });
  }

  private giveMedia(stay: Stay, peer: MediaPeer): void {
    stay.setMedia(peer);
    stay.listenTo(this.media.room(stay.roomId));
  }

  private describe(stay: Stay, chat: ChatOpening, resumed: boolean): JoinRoomReply {
    return {
      ...stay.describeCall(),
      self: stay.describe(),
      ...chat.take(),
      lobby: [],
      resumeToken: stay.resumeToken,
      resumed,
      ...(stay.media && { media: this.media.describe(stay.media) }),
    };
  }

  /** A running call does not need its history: without a database it is empty for now. */
  private async openChat(roomId: RoomId): Promise<ChatOpening> {
    try {
      return await this.chat.open(roomId, this.socket.data.identity.userId);
    } catch (error) {
      if (errorCodeOf(error) === 'DATABASE_UNAVAILABLE') return { take: () => ({ messages: [], lastReadSequence: 0 }) };
      throw error;
    }
  }

  /** @throws AppError WRONG_STATE */
  currentStay(): Stay {
    if (!this.stay || this.stay.ended) throw new AppError('WRONG_STATE', 'Join a room first.');
    return this.stay;
  }

  private currentPeer(): MediaPeer {
    const peer = this.currentStay().media;
    if (!peer) throw new AppError('WRONG_STATE', 'You have no media in this call: join it with rtpCapabilities.');
    return peer;
  }

  private peerWith(transportId: TransportId): MediaPeer {
    const peer = [this.stay?.media, this.prepared?.peer].find(
      (candidate) => candidate?.sendTransport.id === transportId || candidate?.recvTransport.id === transportId,
    );
    if (!peer) throw new AppError('NOT_FOUND', 'You have no such transport.');
    return peer;
  }

  private takePrepared(slug: RoomSlug): PreparedMedia | null {
    const prepared = this.prepared;
    if (prepared?.slug !== slug) return null;
    clearTimeout(prepared.timer);
    this.prepared = null;
    return prepared;
  }

  private dropPrepared(): void {
    this.prepared?.peer.close('left');
  }

  private forgetPrepared(peer: MediaPeer): void {
    if (this.prepared?.peer !== peer) return;
    clearTimeout(this.prepared.timer);
    this.prepared = null;
  }

  private assertOpen(): void {
    if (this.calls.draining) throw new AppError('DRAINING', 'This server is shutting down; try again in a moment.');
  }

  /** After the wait for a peer: its worker may have died, or the connection it was made for is lost and nobody owns it. */
  private assertUsable(peer: MediaPeer | null): void {
    if (!this.socket.connected) {
      peer?.close('failed');
      throw new AppError('DISCONNECTED', 'The connection was lost meanwhile.');
    }
    if (peer?.closed) throw new AppError('MEDIA_UNAVAILABLE', 'A media worker has just been replaced; try again.');
  }
}

/** The ack leaves in this turn of the event loop; what flows from the next one on comes behind it. */
function startAfterTheAck(peer: MediaPeer, view: InitialView | undefined): void {
  setImmediate(() => {
    if (!peer.closed) peer.join(view);
  });
}
