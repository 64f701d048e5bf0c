import type { Participant } from '@minimeet/protocol';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../ui/Choice.js';
import { Confirm } from '../ui/Confirm.js';
import { useModeration } from './moderation.js';
import { powersOver } from './powers.js';

interface RemoveDialogProps {
  person: Participant;
  open: boolean;
  onClose: () => void;
}

export function RemoveDialog({ person, open, onClose }: RemoveDialogProps) {
  const { t } = useTranslation('people');
  const { room, own } = useModeration();
  const [ban, setBan] = useState(false);
  useEffect(() => setBan(false), [person]);
  const { displayName: name } = person;
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={t('remove.title', { name })}
      text={ban ? t('remove.textBan') : t('remove.text')}
      confirmLabel={ban ? t('remove.confirmBan') : t('remove.confirm')}
      onConfirm={() => room.removeParticipant(person.id, { ban })}
    >
      {powersOver(own, person.role).ban && (
        <Checkbox label={t('remove.ban')} hint={t('remove.banHint')} checked={ban} onChange={setBan} />
      )}
    </Confirm>
  );
}
