import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { AsyncApiController } from './asyncapi.controller.js';
import { Calls } from './call/calls.js';
import { ChatChannels } from './chat/chat-channels.js';
import { ChatGateway } from './chat/chat.gateway.js';
import { HandshakeGuard } from './connection/handshake-guard.js';
import { Lobbies } from './lobby/lobbies.js';
import { MediaHost } from './media-host.js';
import { MeetingGateway } from './meeting.gateway.js';
import { MembershipWatch } from './call/membership-watch.js';
import { ModerationGateway } from './moderation/moderation.gateway.js';
import { PresenceChannels } from './presence/presence-channels.js';
import { PresenceGateway } from './presence/presence.gateway.js';
import { SocketSessions } from './socket-sessions.js';

@Module({
  imports: [AuthModule, UsersModule, RoomsModule, ChatModule, PresenceModule],
  controllers: [AsyncApiController],
  providers: [
    Calls,
    ChatChannels,
    ChatGateway,
    HandshakeGuard,
    Lobbies,
    MediaHost,
    MeetingGateway,
    MembershipWatch,
    ModerationGateway,
    PresenceChannels,
    PresenceGateway,
    SocketSessions,
  ],
  exports: [MediaHost, SocketSessions],
})
export class WebsocketModule {}
