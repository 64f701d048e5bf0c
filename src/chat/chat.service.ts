import {
  type ChatMessage,
  type ChatMessageRequest,
  type DeleteMessageRequest,
  type EditMessageRequest,
  LIMITS,
  type MarkReadReply,
  type MessagePage,
  type OpenChatReply,
  type ReactRequest,
  type RoomId,
  type SystemContent,
  type UserId,
} from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Identity } from '../auth/identity.js';
import { AppError } from '../common/errors/index.js';
import type { Reading } from '../common/reading.js';
import { ReadMarksService } from '../rooms/read-marks.service.js';
import { CarriedFiles } from './carried-files.js';
import type { ChatMembership } from './chat-access.js';
import { isOneEmoji } from './emoji.js';
import { type Author, type MessageChange, type MessageRange, MessageStore } from '../messages/message-store.js';
import { MessageWriter } from './message-writer.js';
import { RecentChanges } from './recent-changes.js';

/** The person who asks, their role in the room, and their connection. */
export interface ChatParty {
  identity: Identity;
  membership: ChatMembership;
  /** Hears of the change by the answer, and by no notification. */
  connection: string;
}

/** A room's messages: numbered without gaps, stored once by their UUID, told to others after the commit. */
@Injectable()
export class ChatService {
  constructor(
    private readonly store: MessageStore,
    private readonly writer: MessageWriter,
    private readonly files: CarriedFiles,
    private readonly marks: ReadMarksService,
    private readonly changes: RecentChanges,
  ) {}

  /**
   * Stores a message; it is committed when this resolves. An id that was stored before gives that message.
   * @throws AppError INVALID_PAYLOAD, NOT_FOUND, CONFLICT when the id or the file belongs to another message
   */
  async send(party: ChatParty, { id, content, replyTo, mentions }: ChatMessageRequest): Promise<ChatMessage> {
    const { identity, membership, connection } = party;
    const { roomId } = membership;
    const owner = { id: sameCase(id), roomId, senderId: identity.userId };
    const message = {
      kind: 'append' as const,
      id: owner.id,
      author: identity,
      replyTo: replyTo === undefined ? null : sameCase(replyTo),
      mentions: mentions ? await this.membersAmong(roomId, mentions) : [],
    };
    return this.files.storing(owner, content, (stored) =>
      this.write(roomId, { ...message, content: stored }, connection),
    );
  }

  /** @throws AppError INVALID_PAYLOAD, FORBIDDEN, NOT_FOUND, WRONG_STATE when it was deleted. */
  async edit(party: ChatParty, { messageId, text, mentions }: EditMessageRequest): Promise<ChatMessage> {
    const { identity, membership, connection } = party;
    const { roomId } = membership;
    const change = {
      kind: 'edit' as const,
      messageId: sameCase(messageId),
      by: identity.userId,
      text,
      mentions: mentions ? await this.membersAmong(roomId, mentions) : null,
    };
    return this.write(roomId, change, connection);
  }

  /**
   * Deletes one's own message, or anybody's as a host or moderator; twice is once.
   * @throws AppError FORBIDDEN, NOT_FOUND
   */
  async delete({ identity, membership, connection }: ChatParty, request: DeleteMessageRequest): Promise<ChatMessage> {
    const { roomId, role } = membership;
    const messageId = sameCase(request.messageId);
    const moderates = role === 'host' || role === 'moderator';
    const change = { kind: 'delete' as const, messageId, by: identity.userId, moderates };
    return this.files.deleting(roomId, messageId, () => this.write(roomId, change, connection));
  }

  /** @throws AppError INVALID_PAYLOAD, NOT_FOUND, WRONG_STATE when the message was deleted, LIMIT_EXCEEDED */
  async react({ identity, membership, connection }: ChatParty, request: ReactRequest): Promise<ChatMessage> {
    const { messageId, reaction, on } = request;
    if (!isOneEmoji(reaction)) {
      const sentence = 'reaction must be one emoji';
      throw new AppError('INVALID_PAYLOAD', sentence, { details: { reaction: [sentence] } });
    }
    const change = { kind: 'react' as const, messageId: sameCase(messageId), by: identity.userId, reaction, on };
    return this.write(membership.roomId, change, connection);
  }

  /** Says in a room's chat that something was done to the room. */
  async postSystem(roomId: RoomId, by: Author, content: Omit<SystemContent, 'type'>): Promise<ChatMessage> {
    const said: SystemContent = { type: 'system', ...content };
    const change = { kind: 'append' as const, id: uuid(), author: by, content: said, replyTo: null, mentions: [] };
    return this.write(roomId, change);
  }

  /** Reads the newest messages, complete up to the moment when they are taken. */
  async open(roomId: RoomId, userId: UserId): Promise<Reading<OpenChatReply>> {
    const { version } = this.changes;
    const [messages, lastReadSequence] = await Promise.all([
      this.store.page(roomId, { limit: LIMITS.recentMessages }),
      this.marks.of(roomId, userId),
    ]);
    return { take: () => ({ messages: this.changes.addTo(messages, roomId, version), lastReadSequence }) };
  }

  /**
   * A page of history: the newest, before a sequence, or after one.
   * @throws AppError INVALID_PAYLOAD for both directions
   */
  async page(roomId: RoomId, range: MessageRange): Promise<MessagePage> {
    if (range.before !== undefined && range.after !== undefined) {
      const sentence = 'before and after are two directions; ask for one of them';
      throw new AppError('INVALID_PAYLOAD', sentence, { details: { after: [sentence] } });
    }
    const messages = await this.store.page(roomId, { ...range, limit: range.limit + 1 });
    const isWhole = messages.length <= range.limit;
    const isForward = range.after !== undefined;
    const items = isWhole ? messages : isForward ? messages.slice(0, -1) : messages.slice(1);
    const last = isForward ? items.at(-1) : items[0];
    return { items, next: isWhole || !last ? null : String(last.sequence) };
  }

  /** Moves one's read mark, never back and never behind the newest message. @throws AppError FORBIDDEN */
  async markRead(roomId: RoomId, userId: UserId, sequence: number): Promise<MarkReadReply & { moved: boolean }> {
    const existing = Math.min(sequence, await this.store.lastSequence(roomId));
    const mark = await this.marks.advance(roomId, userId, existing);
    const unread = await this.store.unreadCounts(userId, [{ roomId, lastReadSequence: mark.sequence }]);
    return { lastReadSequence: mark.sequence, unreadCount: unread.get(roomId) ?? 0, moved: mark.moved };
  }

  private async write(roomId: RoomId, change: MessageChange, connection?: string): Promise<ChatMessage> {
    return (await this.writer.write(roomId, change, connection)).message;
  }

  private membersAmong(roomId: RoomId, mentions: readonly UserId[]): Promise<UserId[]> {
    return this.marks.membersAmong(roomId, [...new Set(mentions.map(sameCase))]);
  }
}

/** A UUID is the same in any case of letters (RFC 9562). */
function sameCase(id: string): string {
  return id.toLowerCase();
}
