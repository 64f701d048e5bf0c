import { PROTOCOL_VERSION } from '@minimeet/protocol';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { ChatAccess } from '../chat/chat-access.js';
import { ChatService } from '../chat/chat.service.js';
import { EventBus } from '../common/events/index.js';
import { PresenceService } from '../presence/presence.service.js';
import { PresenceView } from '../presence/presence-view.js';
import { Companions } from '../rooms/companions.js';
import { MembershipsService } from '../rooms/memberships.service.js';
import { RoomDoor } from '../rooms/room-door.js';
import { RoomSettings } from '../rooms/room-settings.js';
import { Calls } from './call/calls.js';
import { CurrentStay } from './call/current-stay.js';
import { ChatChannels } from './chat/chat-channels.js';
import { ChatSession, chatSessions } from './chat/chat-session.js';
import { userChannel } from './connection/channels.js';
import { MeetingIo } from './connection/meeting-io.js';
import type { MeetingSocket } from './connection/meeting-socket.js';
import { guardRequests } from './connection/request-guard.js';
import { JoiningSession, joiningSessions } from './joining/joining-session.js';
import { Lobbies } from './lobby/lobbies.js';
import { MediaHost } from './media-host.js';
import { MediaSession, mediaSessions } from './media/media-session.js';
import { ModerationSession, moderationSessions } from './moderation/moderation-session.js';
import { PresenceSession, presenceSessions } from './presence/presence-session.js';

/** How often the write buffers are looked at, and how many waiting packets are too many. */
const SWEEP_INTERVAL_MS = 2_000;
const MAX_WAITING_PACKETS = 2_000;

/** The connections now. */
interface SocketStatus {
  sockets: number;
  /** Messages that the connections have not taken yet: the total, and the slowest one's. */
  waitingMessages: number;
  maxWaitingMessages: number;
  /** Nobody is let in any more: the server shuts down. */
  draining: boolean;
}

/** Opens and ends the sessions of each connection, in order, and closes connections that do not read. */
@Injectable()
export class SocketSessions implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(SocketSessions.name);
  private readonly sweep = setInterval(() => this.closeDeafSockets(), SWEEP_INTERVAL_MS);

  constructor(
    private readonly io: MeetingIo,
    private readonly calls: Calls,
    private readonly media: MediaHost,
    private readonly door: RoomDoor,
    private readonly memberships: MembershipsService,
    private readonly settings: RoomSettings,
    private readonly chat: ChatService,
    private readonly events: EventBus,
    private readonly access: ChatAccess,
    private readonly channels: ChatChannels,
    private readonly lobbies: Lobbies,
    private readonly presence: PresenceService,
    private readonly view: PresenceView,
    private readonly companions: Companions,
  ) {
    events.subscribe('user-updated', ({ userId, ...profile }) => {
      for (const { data } of io.socketsHere(userChannel(userId))) data.identity = { ...data.identity, ...profile };
    });
  }

  open(socket: MeetingSocket): void {
    const { calls, media, door, memberships, settings, lobbies, chat, events } = this;
    const { userId, displayName } = socket.data.identity;
    const current = new CurrentStay(socket);
    const joining = new JoiningSession(socket, current, calls, media, door, lobbies, chat, events);
    const chats = new ChatSession(socket, current, chat, this.access, this.channels);
    const presence = new PresenceSession(socket, this.presence, this.view, this.companions);
    joiningSessions.set(socket, joining);
    mediaSessions.set(socket, new MediaSession(current));
    chatSessions.set(socket, chats);
    presenceSessions.set(socket, presence);
    moderationSessions.set(
      socket,
      new ModerationSession(socket, current, presence, calls, memberships, settings, lobbies, events),
    );
    void socket.join(userChannel(userId));
    presence.open();
    guardRequests(socket, events);
    socket.once('disconnect', (reason) => {
      // Before the stay is left or lost, which would look as if they were there without it.
      presence.close();
      joining.close(reason);
      chats.close();
    });
    socket.emit('welcome', {
      protocolVersion: PROTOCOL_VERSION,
      userId,
      displayName,
      routerRtpCapabilities: media.routerRtpCapabilities,
      iceServers: media.iceServers,
    });
  }

  status(): SocketStatus {
    const waiting = [...this.io.socketsHere()].map(waitingPackets);
    return {
      sockets: waiting.length,
      waitingMessages: waiting.reduce((sum, messages) => sum + messages, 0),
      maxWaitingMessages: Math.max(0, ...waiting),
      draining: this.calls.draining,
    };
  }

  /** Drains first, while the listeners to departures still have their database. */
  onModuleDestroy(): void {
    this.calls.drain();
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweep);
  }

  /**
   * Closes clients that stop reading: they would grow this process until their ping time-out, and harm others' calls.
   */
  private closeDeafSockets(): void {
    for (const socket of this.io.socketsHere()) {
      const waiting = waitingPackets(socket);
      if (waiting <= MAX_WAITING_PACKETS) continue;
      this.logger.warn(`Closed a connection that does not read: ${waiting} messages waited for it.`);
      socket.disconnect(true);
    }
  }
}

/** Packets that engine.io holds because the connection does not take them: public in its code, private in its types. */
function waitingPackets({ conn }: MeetingSocket): number {
  const buffer: unknown = Reflect.get(conn, 'writeBuffer');
  return Array.isArray(buffer) ? buffer.length : 0;
}
