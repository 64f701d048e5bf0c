import type { UpdateRoomBody } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { withApi } from '../session/session.js';
import { Dialog } from '../ui/Dialog.js';
import { Switch } from '../ui/Switch.js';
import { useModeration } from './moderation.js';
import { isModerating } from './powers.js';
import './RoomDialog.css';

interface RoomDialogProps {
  open: boolean;
  onClose: () => void;
}

/** The room of the call: what holds in it, and for hosts and moderators how to change it. */
export function RoomDialog({ open, onClose }: RoomDialogProps) {
  const { room } = useModeration();
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={room.name}>
      <Switches />
    </Dialog>
  );
}

function Switches() {
  const { t } = useTranslation('people');
  const { room, own, act } = useModeration();
  const { locked, allowUnmute } = room.settings;
  const change = (body: UpdateRoomBody) =>
    act(async () => {
      await withApi((api) => api.updateRoom(room.slug, body));
    });
  return (
    <div className="room-dialog__switches">
      <Switch
        label={t('room.lock')}
        hint={t('room.lockHint')}
        checked={locked}
        disabled={!isModerating(own.inCall)}
        onChange={(on) => act(() => room.setLocked(on))}
      />
      <Switch
        label={t('room.allowUnmute')}
        hint={t('room.allowUnmuteHint')}
        checked={allowUnmute}
        disabled={!isModerating(own.recorded)}
        onChange={(on) => change({ allowUnmute: on })}
      />
    </div>
  );
}
