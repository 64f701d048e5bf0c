import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import { chatSessions, ChatSession } from './chat/chat-session.js';
import { HandshakeGuard } from './connection/handshake-guard.js';
import type { MeetingServer, MeetingSocket } from './connection/meeting-socket.js';
import { requestGateway } from './connection/request-gateway.js';
import { joiningSessions, JoiningSession } from './joining/joining-session.js';
import { mediaSessions, MediaSession } from './media/media-session.js';
import { moderationSessions, ModerationSession } from './moderation/moderation-session.js';
import { presenceSessions, PresenceSession } from './presence/presence-session.js';
import { SocketSessions } from './socket-sessions.js';

/** The beginning of every connection: the handshake, then its sessions. */
@WebSocketGateway()
export class MeetingGateway implements OnGatewayInit<MeetingServer>, OnGatewayConnection<MeetingSocket> {
  constructor(
    private readonly handshake: HandshakeGuard,
    private readonly sessions: SocketSessions,
  ) {}

  afterInit(server: MeetingServer): void {
    server.use(this.handshake.middleware);
  }

  handleConnection(socket: MeetingSocket): void {
    this.sessions.open(socket);
  }
}

/** The requests of connections, as the sessions answer them. */
export const REQUEST_GATEWAYS = [
  requestGateway(JoiningSession, joiningSessions),
  requestGateway(MediaSession, mediaSessions),
  requestGateway(ModerationSession, moderationSessions),
  requestGateway(ChatSession, chatSessions),
  requestGateway(PresenceSession, presenceSessions),
];
