import { SidePanel } from '../call/SidePanel.js';
import { Composer } from './Composer.js';
import { MessageList } from './MessageList.js';
import type { Chat } from './use-chat.js';

interface ChatPanelProps {
  chat: Chat;
  selfUserId: string;
  onClose: () => void;
}

export function ChatPanel({ chat, selfUserId, onClose }: ChatPanelProps) {
  return (
    <SidePanel title="Chat" closeLabel="Close chat panel" onClose={onClose}>
      <MessageList chat={chat} selfUserId={selfUserId} />
      <Composer onSend={chat.send} />
    </SidePanel>
  );
}
