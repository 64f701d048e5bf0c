import type { Done } from '@minimeet/protocol';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { MuteParticipantDto, RaiseHandDto, SendReactionDto, SetDisplayStateDto } from './dto/moderation.dto.js';
import type { MeetingSocket } from './meeting-socket.js';
import { RequestGateway } from './request-gateway.js';

/** Signs and moderation in a call. What they mean is in `Moderation`. */
@RequestGateway()
export class ModerationGateway {
  @SubscribeMessage('raise_hand')
  raiseHand(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: RaiseHandDto): Done {
    return socket.data.moderation.raiseHand(request);
  }

  @SubscribeMessage('send_reaction')
  sendReaction(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: SendReactionDto): Done {
    return socket.data.moderation.sendReaction(request);
  }

  @SubscribeMessage('set_display_state')
  setDisplayState(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: SetDisplayStateDto): Done {
    return socket.data.moderation.setDisplayState(request);
  }

  @SubscribeMessage('mute_participant')
  muteParticipant(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: MuteParticipantDto): Promise<Done> {
    return socket.data.moderation.muteParticipant(request);
  }
}
