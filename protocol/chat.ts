import type { AttachmentId, MessageId, RoomId, UserId } from './ids.js';

/** What a message says: a union by `type`, so that new kinds can come without a new API. */
export type MessageContent = TextContent | AttachmentContent | SystemContent;

/** Plain text. Clients show `**bold**`, `*italic*`, `` `code` ``, lines of code between ``` and web addresses; never HTML. */
export interface TextContent {
  type: 'text';
  /** 1 to `LIMITS.messageLength` characters, not only white space; empty only when the message was deleted. */
  text: string;
}

/** The kind of a file, by its content and not by its name. */
export const ATTACHMENT_KINDS = ['image', 'video', 'file'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

export interface AttachmentContent {
  /** The attachment's `kind`. */
  type: AttachmentKind;
  attachment: Attachment;
  /** A caption; may be empty. */
  text: string;
}

/** A file of a room: `GET rooms/:slug/attachments/:id`, and `…/preview` for an image. */
export interface Attachment {
  id: AttachmentId;
  kind: AttachmentKind;
  fileName: string;
  /** RFC 6838, found by looking into the file. */
  mediaType: string;
  bytes: number;
  /** Pixels of an image; `null` for everything else. */
  width: number | null;
  height: number | null;
  /** There is a small WebP picture of it. An image without one has too many pixels to be shown; it can be downloaded. */
  hasPreview: boolean;
}

export const SYSTEM_EVENTS = [
  'room-renamed',
  'room-locked',
  'room-unlocked',
  'role-changed',
  'person-removed',
  'person-banned',
  'call-ended',
] as const;
export type SystemEvent = (typeof SYSTEM_EVENTS)[number];

/** Something that was done to the room, by the message's sender. */
export interface SystemContent {
  type: 'system';
  event: SystemEvent;
  /** The name of the person it was done to; `null` when it concerns all. */
  subject: string | null;
  /** The new name or the new role; `null` when there is none. */
  value: string | null;
}

/** What a client may send: an attachment by its id, after the upload. */
export type OutgoingContent = TextContent | OutgoingAttachment;

export interface OutgoingAttachment {
  /** The attachment's `kind`. */
  type: AttachmentKind;
  attachmentId: AttachmentId;
  /** Up to `LIMITS.messageLength` characters. */
  text?: string;
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
  /** The message that this one answers, as it is now; `null` when it answers none. */
  replyTo: QuotedMessage | null;
  /** Members whom it calls by name. */
  mentions: UserId[];
  /** The most used first. */
  reactions: MessageReaction[];
  /** ISO 8601, UTC: when the server stored it. */
  sentAt: string;
  /** `null` when it is as it was sent. */
  editedAt: string | null;
  /** Its content is gone then: an empty text. */
  deletedAt: string | null;
}

/** Enough of a message to show what is answered. */
export interface QuotedMessage {
  id: MessageId;
  sequence: number;
  senderName: string;
  /** The first `LIMITS.quoteLength` characters of its text, or the name of its file; empty when it was deleted. */
  text: string;
}

export interface MessageReaction {
  /** One emoji. */
  reaction: string;
  count: number;
  /** The accounts that chose it, at most the first hundred. */
  userIds: UserId[];
}

/** Everything that changes a chat names its room, unless it is the room of the call that one is in. */
interface OfRoom {
  room?: string;
}

/**
 * For a chat without being in the call: from now on its notifications come to this connection. In a call, whose chat is open already, it may be
 * without `room`: it tells what a `chatPending` join could not.
 */
export interface OpenChatRequest {
  room?: string;
}

export interface CloseChatRequest {
  room: string;
}

export interface OpenChatReply {
  /** The newest, oldest first. */
  messages: ChatMessage[];
  /** One's own read mark. */
  lastReadSequence: number;
}

export interface ChatMessageRequest extends OfRoom {
  /** The client's own UUID; sending the same twice stores once, the first body wins. */
  id: MessageId;
  content: OutgoingContent;
  replyTo?: MessageId;
  /** Accounts; those who are not members of the room are left out. */
  mentions?: UserId[];
}

export interface ChatMessageReply {
  message: ChatMessage;
}

/** One's own; a message of text, or what is said with an attachment. */
export interface EditMessageRequest extends OfRoom {
  messageId: MessageId;
  text: string;
  mentions?: UserId[];
}

/** One's own; hosts and moderators may delete anybody's. */
export interface DeleteMessageRequest extends OfRoom {
  messageId: MessageId;
}

/** Adds one's reaction to a message or takes it away; doing either twice does it once. */
export interface ReactRequest extends OfRoom {
  messageId: MessageId;
  /** One emoji. */
  reaction: string;
  on: boolean;
}

/** Send `true` again every few seconds while it goes on: it fades after `TIMES.typingMs`. */
export interface TypingRequest extends OfRoom {
  typing: boolean;
}

/** One has read up to here. It never goes back. */
export interface MarkReadRequest extends OfRoom {
  sequence: number;
}

export interface MarkReadReply {
  lastReadSequence: number;
  /** Messages of others after it. */
  unreadCount: number;
}
