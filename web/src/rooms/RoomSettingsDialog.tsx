import { LIMITS, type Room } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldSentenceOf, sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Dialog, DialogActions } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { Notice } from '../ui/Notice.js';
import { Switch } from '../ui/Switch.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { AccessFields } from './AccessFields.js';
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
  const [name, setName] = useState(room.name);
  const [access, setAccess] = useState(room.access);
  const [password, setPassword] = useState('');
  const [locked, setLocked] = useState(room.locked);
  const [allowUnmute, setAllowUnmute] = useState(room.allowUnmute);
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    const withPassword = access === 'password' && password !== '';
    const body = { name: name.trim(), access, locked, allowUnmute, ...(withPassword && { password }) };
    onSaved(await withApi((api) => api.updateRoom(room.slug, body)));
    toast(t('settings.saved'));
    onClose();
  }, setFailure);
  const nameError = fieldSentenceOf(failure, 'name');
  const passwordError = fieldSentenceOf(failure, 'password', 'roomPassword');
  return (
    <form
      className="room-settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) run();
      }}
    >
      <Field
        label={t('name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LIMITS.roomNameLength}
        autoComplete="off"
        required
        error={nameError}
      />
      <AccessFields
        access={access}
        onAccess={setAccess}
        password={password}
        onPassword={setPassword}
        hasPassword={room.access === 'password'}
        passwordError={passwordError}
      />
      <div className="room-settings__switches">
        <Switch label={t('settings.locked')} hint={t('settings.lockedHint')} checked={locked} onChange={setLocked} />
        <Switch
          label={t('settings.allowUnmute')}
          hint={t('settings.allowUnmuteHint')}
          checked={allowUnmute}
          onChange={setAllowUnmute}
        />
      </div>
      {failure !== null && !nameError && !passwordError && <Notice tone="danger">{sentenceOf(failure)}</Notice>}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('save', { ns: 'common' })}
        </Button>
      </DialogActions>
    </form>
  );
}
