import type { ChatMessage } from '@minimeet/protocol';
import { MoreHorizontal, Reply, SmilePlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.js';
import { useChatDesk, type OpenOverlay } from './chat-desk.js';

interface MessageToolbarProps {
  message: ChatMessage;
  onOverlay: OpenOverlay;
}

/** Beside the message under the mouse, or with the focus. */
export function MessageToolbar({ message, onOverlay }: MessageToolbarProps) {
  const { t } = useTranslation('chat');
  const { reply } = useChatDesk();
  return (
    <div className="message__toolbar" role="group" aria-label={t('actions.label')}>
      <IconButton
        label={t('actions.react')}
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => onOverlay('picker', message, currentTarget)}
      >
        <SmilePlus size={17} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('actions.reply')} onClick={() => reply(message.id)}>
        <Reply size={17} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('actions.more')}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => onOverlay('menu', message, currentTarget)}
      >
        <MoreHorizontal size={17} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
