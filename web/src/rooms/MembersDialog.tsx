import type { Room } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog.js';
import { Tabs } from '../ui/Tabs.js';
import { BanList } from './BanList.js';
import { MemberList } from './MemberList.js';
import { moderates } from './room-roles.js';

interface MembersDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
  /** One's own role, or how many members there are, is another one now. */
  onChanged: () => void;
}

export function MembersDialog({ room, open, onClose, onChanged }: MembersDialogProps) {
  const { t } = useTranslation('rooms');
  const members = <MemberList room={room} onChanged={onChanged} />;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('members.title', { room: room.name })}
      description={t('members.text')}
      wide
    >
      {moderates(room.role) ? (
        <Tabs
          label={t('members.list')}
          tabs={[
            { value: 'members', label: t('members.tab'), content: members },
            { value: 'bans', label: t('members.bans'), content: <BanList slug={room.slug} /> },
          ]}
        />
      ) : (
        members
      )}
    </Dialog>
  );
}
