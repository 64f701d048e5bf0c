import type { Participant } from '@minimeet/protocol';
import type { Chat } from '@minimeet/sdk';
import { Search } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '../call/SidePanel.js';
import { IconButton } from '../ui/IconButton.js';
import { ChatView } from './lazy-chat.js';
import { MessageSkeleton } from './MessageSkeleton.js';
import './ChatPanel.css';

interface ChatPanelProps {
  chat: Chat;
  self: Participant;
  others: readonly Participant[];
  onClose: () => void;
}

/** The chat beside the call. */
export function ChatPanel({ chat, self, others, onClose }: ChatPanelProps) {
  const { t } = useTranslation('chat');
  const [searching, setSearching] = useState(false);
  const { userId, displayName, role } = self;
  // The chat ignores what one does in the call.
  const identity = useMemo(() => ({ userId, displayName }), [userId, displayName]);
  const present = useMemo(() => [self, ...others], [self, others]);
  return (
    <SidePanel
      title={t('title')}
      closeLabel={t('close')}
      onClose={onClose}
      action={
        <IconButton label={t('search.label')} aria-expanded={searching} onClick={() => setSearching(!searching)}>
          <Search size={19} aria-hidden="true" />
        </IconButton>
      }
    >
      <Suspense fallback={<ChatWaiting />}>
        <ChatView
          chat={chat}
          self={identity}
          role={role}
          present={present}
          searching={searching}
          onSearching={setSearching}
        />
      </Suspense>
    </SidePanel>
  );
}

export function ChatWaiting() {
  return (
    <div className="chat-waiting">
      <MessageSkeleton rows={5} />
    </div>
  );
}
