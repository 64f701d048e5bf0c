import type { WatchPresenceReply } from '@minimeet/protocol';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { WatchPresenceDto } from './presence.dto.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { RequestGateway } from '../connection/request-gateway.js';

/** Who is there; what it means is in `PresenceSession`. */
@RequestGateway()
export class PresenceGateway {
  @SubscribeMessage('watch_presence')
  watchPresence(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: WatchPresenceDto,
  ): Promise<WatchPresenceReply> {
    return socket.data.presence.watch(request);
  }
}
