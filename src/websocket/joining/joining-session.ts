import { randomUUID } from 'node:crypto';
import {
  type Done,
  type InitialView,
  type JoinRoomReply,
  LIMITS,
  type ParticipantId,
  type PrepareMediaReply,
  type RoomId,
  type RoomSlug,
} from '@minimeet/protocol';
import type { ChatService } from '../../chat/chat.service.js';
import { AppError, errorCodeOf } from '../../common/errors/index.js';
import type { EventBus, Events } from '../../common/events/index.js';
import type { Reading } from '../../common/reading.js';
import { SerialQueue } from '../../common/serial-queue.js';
import type { RoomDoor } from '../../rooms/room-door.js';
import type { Calls } from '../call/calls.js';
import type { CurrentStay } from '../call/current-stay.js';
import { assertAlive } from '../call/stay-media.js';
import type { Stay } from '../call/stay.js';
import { EmptyDto } from '../connection/common.dto.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { PerSocket } from '../connection/per-socket.js';
import { Answers } from '../connection/request-gateway.js';
import type { Lobbies } from '../lobby/lobbies.js';
import type { MediaHost, MediaPeer } from '../media-host.js';
import { type JoinedChat, openInTime } from './chat-opening.js';
import { JoinRoomDto, PrepareMediaDto, RequestAdmissionDto } from './joining.dto.js';

export const joiningSessions = new PerSocket<JoiningSession>();

type JoinAttempt = Events['join-attempted'];

/** How one connection comes into a call and goes: joining, resuming, new media for the same stay, leaving. */
export class JoiningSession {
  /** Joining and leaving wait for each other, so that a double click joins once. */
  private readonly moves = new SerialQueue();

  constructor(
    private readonly socket: MeetingSocket,
    private readonly current: CurrentStay,
    private readonly calls: Calls,
    private readonly media: MediaHost,
    private readonly door: RoomDoor,
    private readonly lobbies: Lobbies,
    private readonly chat: ChatService,
    private readonly events: EventBus,
  ) {}

  /** The connection is gone. A client that said goodbye has left; one that vanished may come back. */
  close(reason: string): void {
    this.current.prepared.drop();
    this.lobbies.leave(this.socket);
    if (reason === 'client namespace disconnect') this.current.leave();
    else this.current.now?.connection.detach();
  }

  @Answers('prepare_media')
  prepareMedia({ room, rtpCapabilities }: PrepareMediaDto): Promise<PrepareMediaReply> {
    return this.moves.run(async () => {
      this.assertCanJoin();
      // A person who only tries the network is alone in a room of the media core that is nobody's.
      const roomId: RoomId =
        room === undefined ? randomUUID() : (await this.door.assertMayEnter(this.socket.data.identity, room)).id;
      const participantId = this.participantId(roomId);
      const peer = await this.media.addPeer(roomId, participantId, rtpCapabilities);
      // Nobody owns what was made for a connection that is lost meanwhile.
      if (!this.socket.connected) peer.close('failed');
      this.assertConnected();
      assertAlive(peer);
      this.current.prepared.hold({ slug: room, participantId, peer });
      return this.media.describe(peer);
    });
  }

  @Answers('join_room')
  joinRoom(request: JoinRoomDto): Promise<JoinRoomReply> {
    const askedAtMs = performance.now();
    return this.moves.run(async () => {
      const { resumeToken, room } = request;
      const { userId } = this.socket.data.identity;
      const resumable = resumeToken ? this.calls.resumable(resumeToken, userId, room) : undefined;
      const here = this.current.slug === room ? this.current.now : null;
      const kind = resumable ? 'resume' : here ? 'rebuild' : 'enter';
      try {
        this.assertCanJoin();
        if (resumeToken && kind === 'enter') this.assertMayComeBack(resumeToken, room);
        const reply = await (resumable
          ? this.resume(resumable, request)
          : here
            ? this.rebuild(here, request)
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
  @Answers('request_admission')
  requestAdmission(request: RequestAdmissionDto): Promise<Done> {
    return this.moves.run(() => this.lobbies.ask(this.socket, request));
  }

  /** Leaves the call, and the lobby in which one waits for another. */
  @Answers('leave_room')
  leaveRoom(_request: EmptyDto): Promise<Done> {
    return this.moves.run(() => {
      const waited = this.lobbies.leave(this.socket);
      if (!waited) this.current.get();
      this.current.leave();
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
  }: JoinRoomDto): Promise<JoinRoomReply> {
    const { identity } = this.socket.data;
    const prepared = this.current.prepared.take(slug);
    let peer = prepared?.peer ?? null;
    const entrance = this.calls.entrances.open();
    try {
      let { room, role } = await this.door.enter(identity, slug, { invite, password });
      // The prepared peer gets its consumers after admission, while the database reads the newest messages.
      if (prepared && !prepared.peer.closed) prepared.peer.join(view);
      const id = prepared?.participantId ?? this.participantId(room.id);
      const opening = this.openChat(room.id);
      if (!peer && rtpCapabilities) peer = await this.media.addPeer(room.id, id, rtpCapabilities);
      const chat = await opening;
      while (entrance.hasChanged(room.id))
        ({ room, role } = await this.door.enter(identity, slug, { invite, password }));
      this.assertCanJoin();
      if (peer) assertAlive(peer);

      const call = this.calls.of(room);
      if (call.size >= LIMITS.participantsPerRoom) {
        throw new AppError('ROOM_FULL', `This call has ${LIMITS.participantsPerRoom} people, which is all it takes.`);
      }
      this.current.leave();
      const announceLater = peer !== null && willPublish.length > 0;
      const stay = call.add({ id, identity, role, socket: this.socket, willPublish: announceLater });
      this.current.set(stay);
      this.cameIn(stay);
      if (peer) {
        stay.media.set(peer);
        call.listenTo(this.media.room(room.id));
        if (prepared) setImmediate(() => stay.media.reopenConsumers());
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
  private async resume(stay: Stay, request: JoinRoomDto): Promise<JoinRoomReply> {
    this.current.set(stay);
    stay.connection.attach(this.socket);
    if (request.rtpCapabilities && !stay.media.peer) return this.rebuild(stay, request);
    const chat = await this.openChat(stay.roomId);
    this.assertHas(stay);
    setImmediate(() => stay.media.reopenConsumers());
    return this.describe(stay, chat, true);
  }

  /** The same stay with new media. */
  private async rebuild(stay: Stay, { rtpCapabilities, view }: JoinRoomDto): Promise<JoinRoomReply> {
    const opening = this.openChat(stay.roomId);
    const peer = await stay.media.rebuild(
      () => this.assertHas(stay),
      async () => {
        const made = rtpCapabilities ? await this.media.addPeer(stay.roomId, stay.id, rtpCapabilities) : null;
        // Before the stay has it: its loss must not be told before the ack that brings it.
        await opening;
        return made;
      },
    );
    const chat = await opening;
    if (peer) {
      this.calls.callOf(stay).listenTo(this.media.room(stay.roomId));
      startAfterTheAck(peer, view);
    }
    return this.describe(stay, chat, false);
  }

  /** Reuses the lobby id, so that those who admitted them see the same participant. */
  private participantId(roomId: RoomId): ParticipantId {
    return this.lobbies.takeId(roomId, this.socket.data.identity.userId) ?? randomUUID();
  }

  /** Entering a call takes this connection out of every lobby. */
  private cameIn(stay: Stay): void {
    this.lobbies.leave(this.socket);
    const actor = this.lobbies.takeAdmitter(stay.roomId, stay.identity.userId);
    if (actor !== null) stay.record({ action: 'admitted-by', actor });
  }

  /**
   * Refuses a client that does not know that somebody else ended its stay, so that it does not undo that.
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

  private describe(stay: Stay, chat: Reading<JoinedChat>, resumed: boolean): JoinRoomReply {
    const { peer } = stay.media;
    return {
      ...this.calls.callOf(stay).describeTo(stay),
      self: stay.describe(),
      ...chat.take(),
      lobby: this.lobbies.seenBy(stay),
      resumeToken: stay.resumeToken,
      resumed,
      ...(peer && { media: this.media.describe(peer) }),
    };
  }

  private openChat(roomId: RoomId): Promise<Reading<JoinedChat>> {
    return openInTime(this.chat, roomId, this.socket.data.identity.userId);
  }

  /** Now, and again after a wait. @throws AppError DRAINING, DISCONNECTED */
  private assertCanJoin(): void {
    this.calls.assertOpen();
    this.assertConnected();
  }

  /** After a wait: the stay goes on, through this connection. @throws AppError DISCONNECTED, WRONG_STATE */
  private assertHas(stay: Stay): void {
    this.assertConnected();
    if (this.current.get() !== stay) throw new AppError('WRONG_STATE', 'You have joined another room meanwhile.');
  }

  /** @throws AppError DISCONNECTED */
  private assertConnected(): void {
    if (!this.socket.connected) throw new AppError('DISCONNECTED', 'The connection was lost meanwhile.');
  }
}

/** Starts media behind the ack, which leaves in this turn of the event loop. */
function startAfterTheAck(peer: MediaPeer, view: InitialView | undefined): void {
  setImmediate(() => {
    if (!peer.closed) peer.join(view);
  });
}
