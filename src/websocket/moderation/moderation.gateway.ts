import type { Done } from '@minimeet/protocol';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import {
  AdmitParticipantDto,
  MuteParticipantDto,
  RaiseHandDto,
  RemoveParticipantDto,
  RequestAdmissionDto,
  SendReactionDto,
  SetDisplayStateDto,
  SetRoleDto,
  SetRoomLockDto,
} from './moderation.dto.js';
import { EmptyDto } from '../connection/common.dto.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { RequestGateway } from '../connection/request-gateway.js';

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

  @SubscribeMessage('remove_participant')
  removeParticipant(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: RemoveParticipantDto,
  ): Promise<Done> {
    return socket.data.moderation.removeParticipant(request);
  }

  @SubscribeMessage('request_admission')
  requestAdmission(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: RequestAdmissionDto,
  ): Promise<Done> {
    return socket.data.session.requestAdmission(request);
  }

  @SubscribeMessage('admit_participant')
  admitParticipant(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: AdmitParticipantDto,
  ): Promise<Done> {
    return socket.data.moderation.admitParticipant(request);
  }

  @SubscribeMessage('set_room_lock')
  setRoomLock(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: SetRoomLockDto): Promise<Done> {
    return socket.data.moderation.setRoomLock(request);
  }

  @SubscribeMessage('set_role')
  setRole(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: SetRoleDto): Promise<Done> {
    return socket.data.moderation.setRole(request);
  }

  @SubscribeMessage('end_room')
  endRoom(@ConnectedSocket() socket: MeetingSocket, @MessageBody() _request: EmptyDto): Done {
    return socket.data.moderation.endRoom();
  }
}
