import type { ChatMessage } from '@minimeet/protocol';
import type { Chat, ConnectionState, TypingPerson } from '@minimeet/sdk';
import { useMemo, useSyncExternalStore } from 'react';
import { batchedStore } from '../ui/batched-store.js';

/** The page's view of a chat: a new object whenever anything of it has changed. */
export interface ChatState {
  /** Oldest first. */
  messages: readonly ChatMessage[];
  hasOlder: boolean;
  typing: readonly TypingPerson[];
  lastReadSequence: number;
  unreadCount: number;
  connection: ConnectionState;
}

const EVENTS = [
  'message',
  'message-changed',
  'older-loaded',
  'typing-changed',
  'read',
  'unread-changed',
  'connection-changed',
] as const;

export function useChatState(chat: Chat): ChatState {
  const store = useMemo(() => chatStore(chat), [chat]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

/** Messages of others that one has not read. */
export function useUnread(chat: Chat): number {
  return useSyncExternalStore(
    (listener) => chat.on('unread-changed', listener),
    () => chat.unreadCount,
  );
}

function chatStore(chat: Chat) {
  return batchedStore(
    () => read(chat),
    (changed) => EVENTS.map((event) => chat.on(event, changed)),
  );
}

function read(chat: Chat): ChatState {
  return {
    messages: chat.messages,
    hasOlder: chat.hasOlder,
    typing: chat.typingPeople,
    lastReadSequence: chat.lastReadSequence,
    unreadCount: chat.unreadCount,
    connection: chat.connection,
  };
}
