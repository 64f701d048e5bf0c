import type { Room } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Dialog, DialogActions } from '../ui/Dialog.js';
import { Switch } from '../ui/Switch.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { RoomFields, RoomProblem, useRoomDraft } from './room-fields.js';
import './RoomSettingsDialog.css';

interface RoomSettingsDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
  onSaved: (room: Room) => void;
}

/** Name, access, lock and microphones; for hosts and moderators. */
export function RoomSettingsDialog({ room, open, onClose, onSaved }: RoomSettingsDialogProps) {
  const { t } = useTranslation('rooms');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('settings.title', { room: room.name })}
      description={t('settings.text')}
      wide
    >
      <SettingsForm room={room} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  );
}

function SettingsForm({ room, onClose, onSaved }: Omit<RoomSettingsDialogProps, 'open'>) {
  const { t } = useTranslation('rooms');
  const toast = useToast();
  const draft = useRoomDraft(room);
  const [locked, setLocked] = useState(room.locked);
  const [allowUnmute, setAllowUnmute] = useState(room.allowUnmute);
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    const body = { ...draft.body, locked, allowUnmute };
    onSaved(await withApi((api) => api.updateRoom(room.slug, body)));
    toast(t('settings.saved'));
    onClose();
  }, setFailure);
  return (
    <form
      className="room-settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.body.name) run();
      }}
    >
      <RoomFields draft={draft} hasPassword={room.access === 'password'} failure={failure} />
      <div className="room-settings__switches">
        <Switch label={t('settings.locked')} hint={t('settings.lockedHint')} checked={locked} onChange={setLocked} />
        <Switch
          label={t('settings.allowUnmute')}
          hint={t('settings.allowUnmuteHint')}
          checked={allowUnmute}
          onChange={setAllowUnmute}
        />
      </div>
      <RoomProblem failure={failure} />
      <DialogActions>
        <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('save', { ns: 'common' })}
        </Button>
      </DialogActions>
    </form>
  );
}
