import { X } from 'lucide-react';
import { useEffect, useLayoutEffect } from 'react';
import { IconButton } from '../ui/IconButton.js';
import { Composer } from './Composer.js';
import { MessageList } from './MessageList.js';
import type { Chat } from './use-chat.js';
import './ChatPanel.css';

interface ChatPanelProps {
  chat: Chat;
  selfUserId: string;
  onClose: () => void;
}

export function ChatPanel({ chat, selfUserId, onClose }: ChatPanelProps) {
  useEscape(onClose);
  useFocusBack();
  return (
    <aside className="chat" aria-label="Chat">
      <header className="chat__header">
        <h2 className="chat__title">Chat</h2>
        <IconButton label="Close chat panel" onClick={onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </header>
      <MessageList chat={chat} selfUserId={selfUserId} />
      <Composer onSend={chat.send} />
    </aside>
  );
}

function useEscape(action: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A dialog or a menu above the panel takes the key for itself.
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        !document.querySelector('dialog[open], [role="dialog"], [role="menu"]')
      )
        action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [action]);
}

/** When the panel closes, the focus goes back to where it was, usually the button that opened it. */
function useFocusBack(): void {
  // Before the effects of the children, one of which moves the focus into the panel.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement) before.focus();
      });
    };
  }, []);
}
