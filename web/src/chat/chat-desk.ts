import type { ChatMessage, MessageId, QuotedMessage, UserId } from '@minimeet/protocol';
import type { Chat } from '@minimeet/sdk';
import { createContext, useContext } from 'react';
import type { Person } from './mention-text.js';
import type { Outbox } from './outbox.js';

/** Everything that the parts of one chat on the page share. */
export interface ChatDesk {
  chat: Chat;
  outbox: Outbox;
  self: { userId: UserId; displayName: string };
  /** One may delete what others have said. */
  moderates: boolean;
  /** Members and people in the call, oneself included, by their accounts. */
  people: ReadonlyMap<UserId, Person>;
  /** Shows a message, wherever in the history it is. */
  jumpTo: (target: Pick<QuotedMessage, 'id' | 'sequence'>) => void;
  reply: (id: MessageId) => void;
  edit: (id: MessageId) => void;
  remove: (id: MessageId) => void;
  /** Reports on the page what the server did not do. */
  fail: (error: unknown) => void;
}

/**
 * Opens the menu or the reactions of a message.
 * @param within The message's row, or anything in it: the overlay opens beside it, and gives the focus back to it.
 */
export type OpenOverlay = (overlay: 'menu' | 'picker', message: ChatMessage, within: HTMLElement) => void;

export const ChatDeskContext = createContext<ChatDesk | null>(null);

export function useChatDesk(): ChatDesk {
  const desk = useContext(ChatDeskContext);
  if (!desk) throw new Error('There is no chat around this component.');
  return desk;
}
