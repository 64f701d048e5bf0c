import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { AsyncApiController } from './asyncapi.controller.js';
import { Calls } from './call/calls.js';
import { MembershipWatch } from './call/membership-watch.js';
import { ChatChannels } from './chat/chat-channels.js';
import { HandshakeGuard } from './connection/handshake-guard.js';
import { MeetingIo } from './connection/meeting-io.js';
import { Lobbies } from './lobby/lobbies.js';
import { MediaHost } from './media-host.js';
import { MeetingGateway, REQUEST_GATEWAYS } from './meeting.gateway.js';
import { PresenceChannels } from './presence/presence-channels.js';
import { SocketSessions } from './socket-sessions.js';

@Module({
  imports: [AuthModule, UsersModule, RoomsModule, ChatModule, PresenceModule],
  controllers: [AsyncApiController],
  providers: [
    Calls,
    ChatChannels,
    HandshakeGuard,
    Lobbies,
    MediaHost,
    MeetingGateway,
    MeetingIo,
    MembershipWatch,
    PresenceChannels,
    SocketSessions,
    ...REQUEST_GATEWAYS,
  ],
  exports: [MediaHost, SocketSessions],
})
export class WebsocketModule {}
