import { LIMITS } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccessFields } from '../rooms/AccessFields.js';
import { fieldSentenceOf, sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { DialogActions } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { Notice } from '../ui/Notice.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { useModeration } from './moderation.js';

/** The room's name, and who may come into it. */
export function RoomForm() {
  const { t } = useTranslation('rooms');
  const { room } = useModeration();
  const toast = useToast();
  const [name, setName] = useState(room.name);
  const [access, setAccess] = useState(room.settings.access);
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    const withPassword = access === 'password' && password !== '';
    await withApi((api) => api.updateRoom(room.slug, { name: name.trim(), access, ...(withPassword && { password }) }));
    setPassword('');
    toast(t('settings.saved'));
  }, setFailure);
  const nameError = fieldSentenceOf(failure, 'name');
  const passwordError = fieldSentenceOf(failure, 'password', 'roomPassword');
  return (
    <form
      className="room-dialog__form"
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
        hasPassword={room.settings.access === 'password'}
        passwordError={passwordError}
      />
      {failure !== null && !nameError && !passwordError && <Notice tone="danger">{sentenceOf(failure)}</Notice>}
      <DialogActions>
        <Button type="submit" look="primary" busy={busy}>
          {t('save', { ns: 'common' })}
        </Button>
      </DialogActions>
    </form>
  );
}
