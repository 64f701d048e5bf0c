import type { Done, JoinRoomReply, PrepareMediaReply, ProduceReply, RestartIceReply } from '@minimeet/protocol';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayInit,
  SubscribeMessage,
} from '@nestjs/websockets';
import {
  ConnectTransportDto,
  ProduceDto,
  ProducerDto,
  ReportQualityDto,
  RestartIceDto,
  SetSpeakingDto,
  SetViewDto,
} from './media/media.dto.js';
import { EmptyDto } from './connection/common.dto.js';
import { JoinRoomDto, PrepareMediaDto } from './joining/room.dto.js';
import { HandshakeGuard } from './connection/handshake-guard.js';
import type { MeetingServer, MeetingSocket } from './connection/meeting-socket.js';
import { RequestGateway } from './connection/request-gateway.js';
import { SocketSessions } from './socket-sessions.js';

/** Connections, joining and media: one handler a request of the protocol, each one line; what they mean is in `SocketSession`. */
@RequestGateway()
export class MeetingGateway implements OnGatewayInit<MeetingServer>, OnGatewayConnection<MeetingSocket> {
  constructor(
    private readonly handshake: HandshakeGuard,
    private readonly sessions: SocketSessions,
  ) {}

  afterInit(server: MeetingServer): void {
    server.use(this.handshake.middleware);
    this.sessions.attach(server);
  }

  handleConnection(socket: MeetingSocket): void {
    this.sessions.open(socket);
  }

  @SubscribeMessage('prepare_media')
  prepareMedia(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: PrepareMediaDto,
  ): Promise<PrepareMediaReply> {
    return socket.data.session.prepareMedia(request);
  }

  @SubscribeMessage('join_room')
  joinRoom(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: JoinRoomDto): Promise<JoinRoomReply> {
    return socket.data.session.joinRoom(request);
  }

  @SubscribeMessage('leave_room')
  leaveRoom(@ConnectedSocket() socket: MeetingSocket, @MessageBody() _request: EmptyDto): Promise<Done> {
    return socket.data.session.leaveRoom();
  }

  @SubscribeMessage('connect_transport')
  connectTransport(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: ConnectTransportDto,
  ): Promise<Done> {
    return socket.data.media.connectTransport(request);
  }

  @SubscribeMessage('restart_ice')
  restartIce(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: RestartIceDto,
  ): Promise<RestartIceReply> {
    return socket.data.media.restartIce(request);
  }

  @SubscribeMessage('produce')
  produce(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: ProduceDto): Promise<ProduceReply> {
    return socket.data.media.produce(request);
  }

  @SubscribeMessage('pause_producer')
  pauseProducer(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: ProducerDto): Promise<Done> {
    return socket.data.media.pauseProducer(request);
  }

  @SubscribeMessage('resume_producer')
  resumeProducer(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: ProducerDto): Promise<Done> {
    return socket.data.media.resumeProducer(request);
  }

  @SubscribeMessage('close_producer')
  closeProducer(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: ProducerDto): Promise<Done> {
    return socket.data.media.closeProducer(request);
  }

  @SubscribeMessage('set_view')
  setView(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: SetViewDto): Done {
    return socket.data.media.setView(request);
  }

  @SubscribeMessage('set_speaking')
  setSpeaking(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: SetSpeakingDto): Done {
    return socket.data.media.setSpeaking(request);
  }

  @SubscribeMessage('report_quality')
  reportQuality(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: ReportQualityDto): Done {
    return socket.data.media.reportQuality(request);
  }
}
