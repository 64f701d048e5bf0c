import type { ChatMessage, SystemContent } from '@minimeet/protocol';
import { ROLES, type Role } from '@minimeet/protocol';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';

/** A change to the room, as a quiet line. */
export function SystemLine({ message, content }: { message: ChatMessage; content: SystemContent }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  return (
    <li className="messages__system" data-message-id={message.id} title={format.time(message.sentAt)}>
      {sentence(t, message.senderName, content)}
    </li>
  );
}

function sentence(t: TFunction<'chat'>, name: string, { event, subject, value }: SystemContent): string {
  const person = subject ?? '';
  switch (event) {
    case 'room-renamed':
      return t('system.renamed', { name, value: value ?? '' });
    case 'room-locked':
      return t('system.locked', { name });
    case 'room-unlocked':
      return t('system.unlocked', { name });
    case 'role-changed':
      return t('system.role', { name, person, role: roleWord(t, value) });
    case 'person-removed':
      return t('system.removed', { name, person });
    case 'person-banned':
      return t('system.banned', { name, person });
    case 'call-ended':
      return t('system.callEnded', { name });
  }
}

function roleWord(t: TFunction<'chat'>, value: string | null): string {
  const role = ROLES.find((one): one is Role => one === value);
  return role ? t(`role.${role}`, { ns: 'common' }) : (value ?? '');
}
