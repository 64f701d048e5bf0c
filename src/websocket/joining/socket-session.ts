import { randomUUID } from 'node:crypto';
import {
  type Done,
  type InitialView,
  type JoinRoomReply,
  type JoinRoomRequest,
  LIMITS,
  type ParticipantId,
  type PrepareMediaReply,
  type PrepareMediaRequest,
  type RequestAdmissionRequest,
  type RoomId,
  type RoomSlug,
  type TransportId,
} from '@minimeet/protocol';
import type { ChatOpening, ChatService } from '../../chat/chat.service.js';
import { AppError, errorCodeOf } from '../../common/errors/index.js';
import type { EventBus, Events } from '../../common/events/index.js';
import type { RoomsService } from '../../rooms/rooms.service.js';
import type { Calls } from '../call/calls.js';
import type { Lobbies } from '../lobby/lobbies.js';
import type { MediaHost, MediaPeer } from '../media-host.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { PreparedMedia } from '../call/prepared-media.js';
import { SerialQueue } from '../../common/serial-queue.js';
import type { Stay } from '../call/stay.js';

type JoinAttempt = Events['join-attempted'];

/** One connected person: what each request of theirs means. A connection is in one call at a time. */
export class SocketSession {
  private stay: Stay | null = null;
  private readonly prepared = new PreparedMedia();
  /** Joining and leaving wait for each other, so that a double click joins once. */
  private readonly moves = new SerialQueue();

  constructor(
    private readonly socket: MeetingSocket,
    private readonly calls: Calls,
    private readonly media: MediaHost,
    private readonly rooms: RoomsService,
    private readonly lobbies: Lobbies,
    private readonly chat: ChatService,
    private readonly events: EventBus,
  ) {}

  /** The room of the call that this connection is in. */
  get callSlug(): RoomSlug | null {
    return this.stay && !this.stay.ended ? this.stay.slug : null;
  }

  /** The connection is gone. A client that said goodbye has left; one that vanished may come back. */
  close(reason: string): void {
    this.prepared.drop();
    this.lobbies.leave(this.socket);
    if (!this.stay?.isAttachedTo(this.socket)) return;
    if (reason === 'client namespace disconnect') this.stay.end('left');
    else this.stay.detach();
  }

  prepareMedia({ room, rtpCapabilities }: PrepareMediaRequest): Promise<PrepareMediaReply> {
    return this.moves.run(async () => {
      this.assertOpen();
      // Who only tries the network is alone in a room of the media core that is nobody's.
      const roomId: RoomId =
        room === undefined ? randomUUID() : (await this.rooms.assertMayEnter(this.socket.data.identity, room)).id;
      const participantId = this.participantId(roomId);
      const peer = await this.media.addPeer(roomId, participantId, rtpCapabilities);
      this.assertUsable(peer);
      this.prepared.hold({ slug: room, participantId, peer });
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
        if (resumeToken && kind === 'enter') this.assertMayComeBack(resumeToken, room);
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

  /** Asks to be let in: one more way to come, which leaving ends. @throws AppError as `Lobbies.ask` */
  requestAdmission(request: RequestAdmissionRequest): Promise<Done> {
    return this.moves.run(() => this.lobbies.ask(this.socket, request));
  }

  /** Leaves the call, and the lobby in which one waits for another. */
  leaveRoom(): Promise<Done> {
    return this.moves.run(() => {
      const waited = this.lobbies.leave(this.socket);
      if (!waited || this.callSlug !== null) this.currentStay().end('left');
      this.stay = null;
      return Promise.resolve({});
    });
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
    const prepared = this.prepared.take(slug);
    let peer = prepared?.peer ?? null;
    const entrance = this.calls.entrances.open();
    try {
      let { room, role } = await this.rooms.enter(identity, slug, { invite, password });
      // Not before they are let in; then what was prepared gets its consumers while the database tells the newest messages.
      if (prepared && !prepared.peer.closed) prepared.peer.join(view);
      const id = prepared?.participantId ?? this.participantId(room.id);
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
      this.cameIn(stay);
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

  /** Who was let in has in the call the id that they had in the lobby. */
  private participantId(roomId: RoomId): ParticipantId {
    return this.lobbies.takeId(roomId, this.socket.data.identity.userId) ?? randomUUID();
  }

  /** Who is in a call waits for no other one. */
  private cameIn(stay: Stay): void {
    this.lobbies.leave(this.socket);
    const actor = this.lobbies.takeAdmitter(stay.roomId, stay.identity.userId);
    if (actor !== null) stay.record({ action: 'admitted-by', actor });
  }

  /**
   * Somebody else ended the stay that the client wants to go on with, and the client may not know: now it does, and does not undo it.
   *
   * @throws AppError WRONG_STATE
   */
  private assertMayComeBack(resumeToken: string, slug: RoomSlug): void {
    const reason = this.calls.farewell(resumeToken, this.socket.data.identity.userId, slug);
    if (reason === null) return;
    if (reason === 'room-ended') this.socket.emit('room_ended', { reason: 'ended' });
    else this.socket.emit('removed', { reason });
    throw new AppError('WRONG_STATE', 'This stay is over; to come again, join without its token.');
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
      lobby: this.lobbies.seenBy(stay),
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

  /** `null` when one is in no call. */
  get stayNow(): Stay | null {
    return this.stay?.ended === false ? this.stay : null;
  }

  /** @throws AppError WRONG_STATE */
  currentStay(): Stay {
    const stay = this.stayNow;
    if (!stay) throw new AppError('WRONG_STATE', 'Join a room first.');
    return stay;
  }

  /** @throws AppError WRONG_STATE */
  currentPeer(): MediaPeer {
    const peer = this.currentStay().media;
    if (!peer) throw new AppError('WRONG_STATE', 'You have no media in this call: join it with rtpCapabilities.');
    return peer;
  }

  /** @throws AppError NOT_FOUND */
  peerWith(transportId: TransportId): MediaPeer {
    const peer = [this.stay?.media, this.prepared.peer].find(
      (candidate) => candidate?.sendTransport.id === transportId || candidate?.recvTransport.id === transportId,
    );
    if (!peer) throw new AppError('NOT_FOUND', 'You have no such transport.');
    return peer;
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
