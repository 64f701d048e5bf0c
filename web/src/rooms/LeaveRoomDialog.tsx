import type { Room } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { withApi } from '../session/session.js';
import { Confirm } from '../ui/Confirm.js';

interface LeaveRoomDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
  onLeft: () => void;
}

export function LeaveRoomDialog({ room, open, onClose, onLeft }: LeaveRoomDialogProps) {
  const { t } = useTranslation('rooms');
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={t('leave.title', { room: room.name })}
      text={t('leave.text')}
      confirmLabel={t('leave.submit')}
      cancelLabel={t('leave.cancel')}
      onConfirm={async () => {
        await withApi((api) => api.leaveRoom(room.slug));
        onLeft();
      }}
    />
  );
}
