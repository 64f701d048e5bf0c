import type { MessageId, RoomId, UserId } from './ids.js';

/** What a message says: a union by `type`, so that new kinds can come without a new API. */
export type MessageContent = TextContent;

export interface TextContent {
  type: 'text';
  /** 1 to `LIMITS.messageLength` characters, not only white space. */
  text: string;
}

/** A stored message. */
export interface ChatMessage {
  /** Chosen by the sender; sending the same twice stores once. */
  id: MessageId;
  roomId: RoomId;
  /** Order in the room: 1, 2, 3 … */
  sequence: number;
  /** `null` when the account was deleted. */
  senderId: UserId | null;
  senderName: string;
  content: MessageContent;
  /** ISO 8601, UTC: when the server stored it. */
  sentAt: string;
}
