import {
  type ChatMessage,
  type ChatMessageRequest,
  LIMITS,
  type MessageId,
  type MessagePage,
  type OutgoingContent,
  type RoomId,
  type TextContent,
} from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import type { Identity } from '../auth/identity.js';
import { Transactions } from '../common/database/index.js';
import { AppError, isDuplicate } from '../common/errors/index.js';
import { EventBus } from '../common/events/index.js';
import { isPlainText } from '../common/validation/index.js';
import { RoomsService } from '../rooms/rooms.service.js';
import { ChatMessageEntity } from './chat-message.entity.js';

/** A room's messages. They are numbered without gaps, and one UUID is stored once. */
@Injectable()
export class ChatService {
  constructor(
    @InjectRepository(ChatMessageEntity) private readonly messages: Repository<ChatMessageEntity>,
    private readonly transactions: Transactions,
    private readonly rooms: RoomsService,
    private readonly events: EventBus,
  ) {}

  /**
   * Stores a message; it is committed when this returns. `stored: false`: this id was stored before, and `message` is that one.
   * @throws AppError INVALID_PAYLOAD, NOT_FOUND, CONFLICT when the id belongs to somebody else's message or another room's.
   */
  async send(
    roomId: RoomId,
    sender: Identity,
    request: ChatMessageRequest,
  ): Promise<{ message: ChatMessage; stored: boolean }> {
    // A UUID is the same in any case of letters (RFC 9562).
    const id = request.id.toLowerCase();
    const content = checked(request.content);
    const row = await this.store(roomId, sender, id, content);
    if (!row) return { message: await this.firstWith(id, roomId, sender), stored: false };
    const message = describe(row);
    this.events.publish('chat-stored', { message });
    return { message, stored: true };
  }

  /** The newest `limit` messages, oldest first. */
  async recent(roomId: RoomId, limit: number): Promise<ChatMessage[]> {
    const rows = await this.messages.find({ where: { roomId }, order: { sequence: 'DESC' }, take: limit });
    return rows.reverse().map(describe);
  }

  /** A page of history before a sequence number. */
  async page(roomId: RoomId, before: number | undefined, limit: number): Promise<MessagePage> {
    const where = { roomId, ...(before !== undefined && { sequence: LessThan(before) }) };
    const rows = await this.messages.find({ where, order: { sequence: 'DESC' }, take: limit + 1 });
    const shown = rows.slice(0, limit).reverse();
    const next = rows.length > limit && shown[0] ? String(shown[0].sequence) : null;
    return { items: shown.map(describe), next };
  }

  /** `undefined`: there is a message with this id already. */
  private async store(
    roomId: RoomId,
    { userId, displayName }: Identity,
    id: MessageId,
    content: TextContent,
  ): Promise<ChatMessageEntity | undefined> {
    try {
      return await this.transactions.run(async (manager) => {
        const sequence = await this.rooms.takeSequence(manager, roomId);
        const row: ChatMessageEntity = {
          id,
          roomId,
          sequence,
          senderId: userId,
          senderName: displayName,
          content,
          searchText: content.text,
          sentAt: new Date(),
        };
        await manager.insert(ChatMessageEntity, row);
        return row;
      });
    } catch (error) {
      // The transaction took the sequence number back with it, so the numbers stay without gaps.
      if (isDuplicate(error)) return undefined;
      throw error;
    }
  }

  private async firstWith(id: MessageId, roomId: RoomId, { userId }: Identity): Promise<ChatMessage> {
    const row = await this.messages.findOneBy({ id, roomId, senderId: userId });
    if (!row) throw new AppError('CONFLICT', 'This id belongs to another message; choose a new one.');
    return describe(row);
  }
}

function checked({ text = '' }: OutgoingContent): TextContent {
  if (text.trim() === '' || text.length > LIMITS.messageLength || !isPlainText(text)) {
    const sentence = `A message is 1 to ${LIMITS.messageLength} characters of text, not only white space.`;
    throw new AppError('INVALID_PAYLOAD', sentence, { details: { 'content.text': [sentence] } });
  }
  return { type: 'text', text };
}

function describe({ id, roomId, sequence, senderId, senderName, content, sentAt }: ChatMessageEntity): ChatMessage {
  return {
    id,
    roomId,
    sequence,
    senderId,
    senderName,
    content,
    replyTo: null,
    mentions: [],
    reactions: [],
    sentAt: sentAt.toISOString(),
    editedAt: null,
    deletedAt: null,
  };
}
