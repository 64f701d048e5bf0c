import {
  type ChatMessageReply,
  type ChatMessageRequest,
  type DeleteMessageRequest,
  type Done,
  type EditMessageRequest,
  LIMITS,
  type MarkReadReply,
  type MarkReadRequest,
  type OpenChatReply,
  type OpenChatRequest,
  type ReactRequest,
  type TypingRequest,
} from '@minimeet/protocol';
import type { ChatAccess } from '../../chat/chat-access.js';
import type { ChatParty, ChatService } from '../../chat/chat.service.js';
import { AppError } from '../../common/errors/index.js';
import { chatChannel, userChannel } from '../connection/channels.js';
import type { ChatChannels } from './chat-channels.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { TypingSigns } from './typing-signs.js';

/** What the chat requests of one connection mean: of the room of its call, or of any room that the person is a member of. */
export class ChatSession {
  private readonly typingSigns: TypingSigns;

  constructor(
    private readonly socket: MeetingSocket,
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

  async openChat({ room }: OpenChatRequest): Promise<OpenChatReply> {
    const { membership, identity } = await this.party(room);
    const opening = await this.chat.open(membership.roomId, identity.userId);
    // Removed while it was read? Then the answer is a refusal, and nothing was told.
    const { roomId } = await this.access.membership(identity, room);
    const channel = chatChannel(roomId);
    const { rooms } = this.socket;
    if (!rooms.has(channel) && this.openChats() >= LIMITS.openChats) {
      throw new AppError('LIMIT_EXCEEDED', `A connection has at most ${LIMITS.openChats} chats open; close one.`);
    }
    void this.socket.join(channel);
    return opening.take();
  }

  async closeChat({ room }: OpenChatRequest): Promise<Done> {
    const { membership } = await this.party(room);
    this.typingSigns.stop(membership.roomId);
    void this.socket.leave(chatChannel(membership.roomId));
    return {};
  }

  async chatMessage(request: ChatMessageRequest): Promise<ChatMessageReply> {
    const party = await this.party(request.room);
    const message = await this.chat.send(party, request);
    this.typingSigns.stop(party.membership.roomId);
    return { message };
  }

  async editMessage(request: EditMessageRequest): Promise<ChatMessageReply> {
    return { message: await this.chat.edit(await this.party(request.room), request) };
  }

  async deleteMessage(request: DeleteMessageRequest): Promise<ChatMessageReply> {
    return { message: await this.chat.delete(await this.party(request.room), request) };
  }

  async react(request: ReactRequest): Promise<ChatMessageReply> {
    return { message: await this.chat.react(await this.party(request.room), request) };
  }

  async typing({ room, typing }: TypingRequest): Promise<Done> {
    const { membership } = await this.party(room);
    if (!this.socket.connected) return {};
    if (typing) this.typingSigns.start(membership.roomId);
    else this.typingSigns.stop(membership.roomId);
    return {};
  }

  async markRead({ room, sequence }: MarkReadRequest): Promise<MarkReadReply> {
    const { membership, identity } = await this.party(room);
    const { roomId } = membership;
    const { userId } = identity;
    const { moved, ...mark } = await this.chat.markRead(roomId, userId, sequence);
    const payload = { roomId, userId, sequence: mark.lastReadSequence };
    if (moved) this.channels.tellFew(payload, LIMITS.readMarkPeople, this.socket);
    return mark;
  }

  /** @throws AppError WRONG_STATE without a room, NOT_FOUND, FORBIDDEN for who is not a member */
  private async party(room: string | undefined): Promise<ChatParty> {
    const { identity, session } = this.socket.data;
    const slug = room ?? session.callSlug;
    if (slug === null) throw new AppError('WRONG_STATE', 'Join a room first, or say which one you mean.');
    return { identity, membership: await this.access.membership(identity, slug), connection: this.socket.id };
  }

  private openChats(): number {
    const prefix = chatChannel('');
    return [...this.socket.rooms].filter((name) => name.startsWith(prefix)).length;
  }
}
