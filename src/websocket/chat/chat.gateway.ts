import type { ChatMessageReply, Done, MarkReadReply, OpenChatReply } from '@minimeet/protocol';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import {
  ChatMessageDto,
  DeleteMessageDto,
  EditMessageDto,
  MarkReadDto,
  OpenChatDto,
  ReactDto,
  TypingDto,
} from './chat.dto.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { RequestGateway } from '../connection/request-gateway.js';

/** Chat: one handler a request, each one line; what they mean is in `ChatSession`. */
@RequestGateway()
export class ChatGateway {
  @SubscribeMessage('open_chat')
  openChat(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: OpenChatDto): Promise<OpenChatReply> {
    return socket.data.chat.openChat(request);
  }

  @SubscribeMessage('close_chat')
  closeChat(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: OpenChatDto): Promise<Done> {
    return socket.data.chat.closeChat(request);
  }

  @SubscribeMessage('chat_message')
  chatMessage(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: ChatMessageDto,
  ): Promise<ChatMessageReply> {
    return socket.data.chat.chatMessage(request);
  }

  @SubscribeMessage('edit_message')
  editMessage(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: EditMessageDto,
  ): Promise<ChatMessageReply> {
    return socket.data.chat.editMessage(request);
  }

  @SubscribeMessage('delete_message')
  deleteMessage(
    @ConnectedSocket() socket: MeetingSocket,
    @MessageBody() request: DeleteMessageDto,
  ): Promise<ChatMessageReply> {
    return socket.data.chat.deleteMessage(request);
  }

  @SubscribeMessage('react')
  react(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: ReactDto): Promise<ChatMessageReply> {
    return socket.data.chat.react(request);
  }

  @SubscribeMessage('typing')
  typing(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: TypingDto): Promise<Done> {
    return socket.data.chat.typing(request);
  }

  @SubscribeMessage('mark_read')
  markRead(@ConnectedSocket() socket: MeetingSocket, @MessageBody() request: MarkReadDto): Promise<MarkReadReply> {
    return socket.data.chat.markRead(request);
  }
}
