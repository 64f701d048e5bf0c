import type { ChatMessage } from '@minimeet/protocol';
import type { Chat } from '@minimeet/sdk';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Longer messages are cut: interested people read them. */
const SAID_LENGTH = 200;

/** @returns the newest message of somebody else, in words for a screen reader. */
export function useAnnouncements(chat: Chat, selfUserId: string): string {
  const { t } = useTranslation('chat');
  const [said, setSaid] = useState('');
  useEffect(
    () =>
      chat.on('message', (message) => {
        const text = spoken(message);
        if (message.senderId !== selfUserId && text !== '') setSaid(t('said', { name: message.senderName, text }));
      }),
    [chat, selfUserId, t],
  );
  return said;
}

function spoken({ content }: ChatMessage): string {
  if (content.type === 'system') return '';
  const text = content.text || (content.type === 'text' ? '' : content.attachment.fileName);
  return text.slice(0, SAID_LENGTH);
}
