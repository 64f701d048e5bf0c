import type { ChatMessage } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { useChatDesk } from './chat-desk.js';
import { FileCard } from './FileCard.js';
import { ImageAttachment } from './ImageAttachment.js';
import type { Person } from './mention-text.js';
import { MessageText } from './MessageText.js';

const NOBODY: readonly Person[] = [];

export function MessageBody({ message }: { message: ChatMessage }) {
  const { t } = useTranslation('chat');
  const { people } = useChatDesk();
  const { content, deletedAt } = message;
  if (deletedAt !== null) return <em className="message__deleted">{t('deleted')}</em>;
  if (content.type === 'system') return null;
  const mentioned =
    message.mentions.length === 0 ? NOBODY : message.mentions.flatMap((userId) => people.get(userId) ?? []);
  return (
    <>
      {content.type === 'image' && content.attachment.hasPreview && <ImageAttachment attachment={content.attachment} />}
      {(content.type === 'file' ||
        content.type === 'video' ||
        (content.type === 'image' && !content.attachment.hasPreview)) && <FileCard attachment={content.attachment} />}
      {content.text !== '' && <MessageText text={content.text} mentioned={mentioned} />}
    </>
  );
}
