import type {
  Done,
  LobbyEntry,
  ParticipantId,
  RequestAdmissionRequest,
  RoomId,
  RoomSummary,
  UserId,
} from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors/index.js';
import { EventBus } from '../../common/events/index.js';
import { RoomDoor } from '../../rooms/room-door.js';
import { isModerating } from '../call/call-powers.js';
import { Calls } from '../call/calls.js';
import { Lobby } from './lobby.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import type { Stay } from '../call/stay.js';

/** The lobbies of all rooms. A lobby exists whether or not its room has a call; a connection waits in one at a time. */
@Injectable()
export class Lobbies {
  private readonly lobbies = new Map<RoomId, Lobby>();

  constructor(
    private readonly door: RoomDoor,
    private readonly calls: Calls,
    private readonly events: EventBus,
  ) {
    events.subscribe('room-updated', ({ room }) => this.roomChanged(room));
    events.subscribe('room-deleted', ({ roomId }) => this.close(roomId, false));
    events.subscribe('member-removed', ({ roomId, userId, reason }) => {
      if (reason === 'banned') this.lobbies.get(roomId)?.end(userId, false);
    });
    events.subscribe('role-in-call-changed', ({ roomId, participantId }) => this.tellOne(roomId, participantId));
  }

  /** The waiting people, as somebody in the call sees them: all or nobody. */
  seenBy({ roomId, role }: Stay): LobbyEntry[] {
    return isModerating(role) ? (this.lobbies.get(roomId)?.entries ?? []) : [];
  }

  /**
   * Asks to be let in; `admission` tells the answer, at once to those who need not wait.
   *
   * @throws AppError NOT_FOUND, FORBIDDEN, BANNED, ROOM_LOCKED, WRONG_STATE without a lobby, RATE_LIMITED,
   * LIMIT_EXCEEDED, DRAINING
   */
  async ask(socket: MeetingSocket, { room: slug }: RequestAdmissionRequest): Promise<Done> {
    const { identity } = socket.data;
    const entrance = this.calls.entrances.open();
    try {
      let { room, isMember } = await this.door.knock(identity, slug);
      // The database's answer may be outdated: the room has no lobby any more, or somebody was banned.
      while (entrance.hasChanged(room.id)) ({ room, isMember } = await this.door.knock(identity, slug));
      this.calls.assertOpen();
      // Its end has passed already, so nobody would take it out again.
      if (!socket.connected) throw new AppError('DISCONNECTED', 'The connection was lost meanwhile.');
      const lobby = this.of(room);
      if (isMember) {
        // This tab hears of it behind the ack, those that wait already do now.
        lobby.leave(socket);
        lobby.end(identity.userId, true);
        setImmediate(() => socket.emit('admission', { room: slug, admitted: true }));
      } else {
        this.leave(socket, lobby);
        lobby.add(socket);
      }
      return {};
    } finally {
      entrance.close();
    }
  }

  /** The connection is gone, or joins a call, or gives up. @returns whether it waited. */
  leave(socket: MeetingSocket, except?: Lobby): boolean {
    return [...this.lobbies.values()].map((lobby) => lobby !== except && lobby.leave(socket)).includes(true);
  }

  /**
   * By somebody in the call who may: lets one of those who wait in, or not.
   *
   * @throws AppError NOT_FOUND, FORBIDDEN, BANNED, ROOM_LOCKED
   */
  async decide(by: Stay, id: ParticipantId, admit: boolean): Promise<void> {
    const { roomId, identity, standing } = by;
    const lobby = this.lobbies.get(roomId);
    if (!lobby) throw new AppError('NOT_FOUND', 'Nobody waits.');
    const waiting = lobby.undecided(id);
    if (!admit) {
      lobby.deny(waiting);
      return;
    }
    // Until the database has answered nobody else lets them in, or does not.
    waiting.isDecided = true;
    try {
      const actor = { ...identity, isActingHost: standing.isActingHost };
      await this.door.admit(actor, roomId, waiting.entry.userId);
      lobby.admit(waiting, identity.displayName);
    } finally {
      waiting.isDecided = false;
    }
  }

  /** Nobody waits there any more. */
  close(roomId: RoomId, admitted: boolean): void {
    this.lobbies.get(roomId)?.close(admitted);
  }

  /** Reuses the lobby id once, so that those who admitted the person see the same participant. */
  takeId(roomId: RoomId, userId: UserId): ParticipantId | null {
    return this.lobbies.get(roomId)?.takeId(userId) ?? null;
  }

  /** They are in. @returns who let them in, by name; `null` when nobody had to. */
  takeAdmitter(roomId: RoomId, userId: UserId): string | null {
    return this.lobbies.get(roomId)?.takeAdmitter(userId) ?? null;
  }

  private of({ id: roomId, slug }: RoomSummary): Lobby {
    for (const [id, lobby] of this.lobbies) if (lobby.isEmpty) this.lobbies.delete(id);
    const lobby = this.lobbies.get(roomId) ?? new Lobby(slug, () => this.changed(roomId));
    this.lobbies.set(roomId, lobby);
    return lobby;
  }

  private roomChanged({ id, access, locked }: RoomSummary): void {
    if (access !== 'lobby') this.close(id, access === 'open' && !locked);
  }

  private changed(roomId: RoomId): void {
    const waiting = this.lobbies.get(roomId)?.entries ?? [];
    this.calls.running(roomId)?.tellModerators('lobby_changed', { waiting });
    this.events.publish('lobby-changed', { roomId, waiting: waiting.length });
  }

  /** Updates one person's view: a new moderator sees who waits, a former one sees nobody. */
  private tellOne(roomId: RoomId, participantId: ParticipantId): void {
    if (!this.lobbies.get(roomId)?.entries.length) return;
    const stay = this.calls.running(roomId)?.find(({ id }) => id === participantId);
    stay?.notify('lobby_changed', { waiting: this.seenBy(stay) });
  }
}
