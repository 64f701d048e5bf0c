import { MiniMeetError } from '@minimeet/sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MessagePage } from '../app/MessagePage.js';
import { sentenceOf } from '../session/sentences.js';

/** Says why one cannot come into a room, on a page of its own. */
export function Refusal({ error, children }: { error: unknown; children: ReactNode }) {
  const { t } = useTranslation('room');
  const reason = reasonOf(error);
  return (
    <MessagePage
      title={t(`refused.${reason}.title`)}
      text={reason === 'unavailable' ? sentenceOf(error) : t(`refused.${reason}.text`)}
    >
      {children}
    </MessagePage>
  );
}

function reasonOf(error: unknown): 'notFound' | 'forbidden' | 'banned' | 'unavailable' {
  if (!(error instanceof MiniMeetError)) return 'unavailable';
  switch (error.code) {
    case 'NOT_FOUND':
      return 'notFound';
    case 'FORBIDDEN':
      return 'forbidden';
    case 'BANNED':
      return 'banned';
    default:
      return 'unavailable';
  }
}
