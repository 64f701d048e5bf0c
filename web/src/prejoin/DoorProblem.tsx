import { MiniMeetError } from '@minimeet/sdk';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { Notice } from '../ui/Notice.js';

/** Says why one could not come in; nothing when nothing failed. A wrong password is said where it was typed. */
export function DoorProblem({ failure }: { failure: unknown }) {
  const { t } = useTranslation('prejoin');
  if (failure === null) return null;
  switch (failure instanceof MiniMeetError ? failure.code : null) {
    case 'ROOM_PASSWORD_REQUIRED':
      return null;
    case 'ROOM_LOCKED':
      return (
        <Notice tone="danger" title={t('door.lockedTitle')}>
          {t('door.lockedText')}
        </Notice>
      );
    case 'ROOM_FULL':
      return (
        <Notice tone="danger" title={t('door.fullTitle')}>
          {sentenceOf(failure)}
        </Notice>
      );
    case 'BANNED':
      return (
        <Notice tone="danger" title={t('door.bannedTitle')}>
          {t('door.bannedText')}
        </Notice>
      );
    case 'INVITE_INVALID':
      return (
        <Notice tone="danger" title={t('door.inviteTitle')}>
          {sentenceOf(failure)}
        </Notice>
      );
    default:
      return <Notice tone="danger">{sentenceOf(failure)}</Notice>;
  }
}
