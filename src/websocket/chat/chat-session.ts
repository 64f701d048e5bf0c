import { type ChatMessageReply, type Done, LIMITS, type MarkReadReply, type OpenChatReply } from '@minimeet/protocol';
import type { ChatAccess } from '../../chat/chat-access.js';
import type { ChatParty, ChatService } from '../../chat/chat.service.js';
import { AppError } from '../../common/errors/index.js';
import type { CurrentStay } from '../call/current-stay.js';
import { chatChannel, userChannel } from '../connection/channels.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { PerSocket } from '../connection/per-socket.js';
import { Answers } from '../connection/request-gateway.js';
import type { ChatChannels } from './chat-channels.js';
import {
  ChatMessageDto,
  CloseChatDto,
  DeleteMessageDto,
  EditMessageDto,
  MarkReadDto,
  OpenChatDto,
  ReactDto,
  TypingDto,
} from './chat.dto.js';
import { TypingSigns } from './typing-signs.js';

export const chatSessions = new PerSocket<ChatSession>();

/** The chat requests of one connection, about the room of its call or any room that the person is a member of. */
export class ChatSession {
  private readonly typingSigns: TypingSigns;

  constructor(
    private readonly socket: MeetingSocket,
    private readonly current: CurrentStay,
    private readonly chat: ChatService,
    private readonly access: ChatAccess,
    private readonly channels: ChatChannels,
  ) {
    const { userId, displayName } = socket.data.identity;
    this.typingSigns = new TypingSigns((roomId, typing) =>
      channels.tell('typing', { roomId, userId, displayName, typing }, roomId, userChannel(userId)),
    );
  }

  /** The connection is gone. */
  close(): void {
    this.typingSigns.stopAll();
  }

  @Answers('open_chat')
  async openChat({ room }: OpenChatDto): Promise<OpenChatReply> {
    const { membership, identity } = await this.party(room);
    const opening = await this.chat.open(membership.roomId, identity.userId);
    // Removed while it was read? Then the answer is a refusal, and nothing was told.
    const { roomId } = (await this.party(room)).membership;
    if (roomId !== membership.roomId) throw new AppError('WRONG_STATE', 'You have joined another room meanwhile.');
    // A connection in the call hears its chat already.
    if (room !== undefined) this.listenTo(chatChannel(roomId));
    return opening.take();
  }

  @Answers('close_chat')
  async closeChat({ room }: CloseChatDto): Promise<Done> {
    const { membership } = await this.party(room);
    this.typingSigns.stop(membership.roomId);
    void this.socket.leave(chatChannel(membership.roomId));
    return {};
  }

  @Answers('chat_message')
  async chatMessage(request: ChatMessageDto): Promise<ChatMessageReply> {
    const party = await this.party(request.room);
    const message = await this.chat.send(party, request);
    this.typingSigns.stop(party.membership.roomId);
    return { message };
  }

  @Answers('edit_message')
  async editMessage(request: EditMessageDto): Promise<ChatMessageReply> {
    return { message: await this.chat.edit(await this.party(request.room), request) };
  }

  @Answers('delete_message')
  async deleteMessage(request: DeleteMessageDto): Promise<ChatMessageReply> {
    return { message: await this.chat.delete(await this.party(request.room), request) };
  }

  @Answers('react')
  async react(request: ReactDto): Promise<ChatMessageReply> {
    return { message: await this.chat.react(await this.party(request.room), request) };
  }

  @Answers('typing')
  async typing({ room, typing }: TypingDto): Promise<Done> {
    const { membership } = await this.party(room);
    if (!this.socket.connected) return {};
    if (typing) this.typingSigns.start(membership.roomId);
    else this.typingSigns.stop(membership.roomId);
    return {};
  }

  @Answers('mark_read')
  async markRead({ room, sequence }: MarkReadDto): Promise<MarkReadReply> {
    const { membership, identity } = await this.party(room);
    const { roomId } = membership;
    const { userId } = identity;
    const { moved, ...mark } = await this.chat.markRead(roomId, userId, sequence);
    const payload = { roomId, userId, sequence: mark.lastReadSequence };
    if (moved) await this.channels.tellFew(payload, LIMITS.readMarkPeople, this.socket.id);
    return mark;
  }

  /** @throws AppError WRONG_STATE without a room, NOT_FOUND, FORBIDDEN to people who are no members */
  private async party(room: string | undefined): Promise<ChatParty> {
    const { identity } = this.socket.data;
    const slug = room ?? this.current.slug;
    if (slug === null) throw new AppError('WRONG_STATE', 'Join a room first, or say which one you mean.');
    return { identity, membership: await this.access.membership(identity, slug), connection: this.socket.id };
  }

  /** @throws AppError LIMIT_EXCEEDED */
  private listenTo(channel: string): void {
    const { rooms } = this.socket;
    const openChats = [...rooms].filter((name) => name.startsWith(chatChannel(''))).length;
    if (!rooms.has(channel) && openChats >= LIMITS.openChats) {
      throw new AppError('LIMIT_EXCEEDED', `A connection has at most ${LIMITS.openChats} chats open; close one.`);
    }
    void this.socket.join(channel);
  }
}
