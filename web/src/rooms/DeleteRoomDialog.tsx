import type { Room } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { withApi } from '../session/session.js';
import { Confirm } from '../ui/Confirm.js';

interface DeleteRoomDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteRoomDialog({ room, open, onClose, onDeleted }: DeleteRoomDialogProps) {
  const { t } = useTranslation('rooms');
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={t('delete.title', { room: room.name })}
      text={t('delete.text')}
      confirmLabel={t('delete.submit')}
      cancelLabel={t('delete.cancel')}
      onConfirm={async () => {
        await withApi((api) => api.deleteRoom(room.slug));
        onDeleted();
      }}
    />
  );
}
