import { PROTOCOL_VERSION } from '@minimeet/protocol';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { ChatAccess } from '../chat/chat-access.js';
import { ChatService } from '../chat/chat.service.js';
import { EventBus } from '../common/events/index.js';
import { RoomsService } from '../rooms/rooms.service.js';
import { Calls } from './call/calls.js';
import { userChannel } from './connection/channels.js';
import { ChatChannels } from './chat/chat-channels.js';
import { ChatSession } from './chat/chat-session.js';
import { Lobbies } from './lobby/lobbies.js';
import { MediaHost } from './media-host.js';
import { MediaRequests } from './media/media-requests.js';
import type { MeetingServer, MeetingSocket } from './connection/meeting-socket.js';
import { Moderation } from './moderation/moderation.js';
import { PresenceChannels } from './presence/presence-channels.js';
import { guardRequests } from './connection/request-guard.js';
import { SocketSession } from './joining/socket-session.js';

/** How often the write buffers are looked at, and how many waiting packets are too many. */
const SWEEP_INTERVAL_MS = 2_000;
const MAX_WAITING_PACKETS = 2_000;

/** The connections now. */
interface SocketStatus {
  sockets: number;
  /** Messages that the connections have not taken yet: of all, and of the slowest. */
  waitingMessages: number;
  maxWaitingMessages: number;
  /** Nobody is let in any more: the server shuts down. */
  draining: boolean;
}

/** Opens a session for each connection, and closes connections that do not read. */
@Injectable()
export class SocketSessions implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(SocketSessions.name);
  private server: MeetingServer;
  private sweep: NodeJS.Timeout | undefined;

  constructor(
    private readonly calls: Calls,
    private readonly media: MediaHost,
    private readonly rooms: RoomsService,
    private readonly chat: ChatService,
    private readonly events: EventBus,
    private readonly access: ChatAccess,
    private readonly channels: ChatChannels,
    private readonly lobbies: Lobbies,
    private readonly presence: PresenceChannels,
  ) {
    events.subscribe('user-updated', ({ userId, ...profile }) => {
      for (const { data } of this.sockets()) {
        if (data.identity.userId === userId) data.identity = { ...data.identity, ...profile };
      }
    });
  }

  attach(server: MeetingServer): void {
    this.server = server;
    this.calls.attach(server);
    this.channels.attach(server);
    this.presence.attach(server);
    this.sweep = setInterval(() => this.closeDeafSockets(), SWEEP_INTERVAL_MS);
  }

  open(socket: MeetingSocket): void {
    const { identity } = socket.data;
    const session = new SocketSession(socket, this.calls, this.media, this.rooms, this.lobbies, this.chat, this.events);
    socket.data.session = session;
    socket.data.chat = new ChatSession(socket, this.chat, this.access, this.channels);
    void socket.join(userChannel(identity.userId));
    socket.data.media = new MediaRequests(session);
    socket.data.presence = this.presence.open(socket);
    socket.data.moderation = new Moderation(socket, session, this.rooms, this.lobbies);
    guardRequests(socket, this.events);
    socket.once('disconnect', (reason) => {
      // Before the stay is left or lost, which would look as if they were there without it.
      socket.data.presence.close();
      session.close(reason);
      socket.data.chat.close();
    });
    socket.emit('welcome', {
      protocolVersion: PROTOCOL_VERSION,
      userId: identity.userId,
      displayName: identity.displayName,
      routerRtpCapabilities: this.media.routerRtpCapabilities,
      iceServers: this.media.iceServers,
    });
  }

  status(): SocketStatus {
    const waiting = [...this.sockets()].map(waitingPackets);
    return {
      sockets: waiting.length,
      waitingMessages: waiting.reduce((sum, messages) => sum + messages, 0),
      maxWaitingMessages: Math.max(0, ...waiting),
      draining: this.calls.draining,
    };
  }

  /** First of all: what listens to the departures still has its database. */
  onModuleDestroy(): void {
    this.calls.drain();
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweep);
  }

  /** A client that stops reading would otherwise grow this process until its ping time-out, and others' calls with it. */
  private closeDeafSockets(): void {
    for (const socket of this.sockets()) {
      const waiting = waitingPackets(socket);
      if (waiting <= MAX_WAITING_PACKETS) continue;
      this.logger.warn(`Closed a connection that does not read: ${waiting} messages waited for it.`);
      socket.disconnect(true);
    }
  }

  private sockets(): Iterable<MeetingSocket> {
    return this.server.sockets.sockets.values();
  }
}

/** Packets that engine.io holds because the connection does not take them: public in its code, private in its types. */
function waitingPackets({ conn }: MeetingSocket): number {
  const buffer: unknown = Reflect.get(conn, 'writeBuffer');
  return Array.isArray(buffer) ? buffer.length : 0;
}
