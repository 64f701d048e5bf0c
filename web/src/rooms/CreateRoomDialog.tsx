import { LIMITS, type RoomAccess } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { fieldSentenceOf, sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Dialog, DialogActions } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { Notice } from '../ui/Notice.js';
import { useOnce } from '../ui/use-once.js';
import { AccessFields } from './AccessFields.js';

export function CreateRoomDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('rooms');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('create.title')} description={t('create.text')} wide>
      <CreateRoomForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateRoomForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation('rooms');
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [access, setAccess] = useState<RoomAccess>('open');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    const room = await withApi((api) =>
      api.createRoom({ name: name.trim(), access, ...(access === 'password' && { password }) }),
    );
    await navigate(`/r/${room.slug}`);
  }, setFailure);
  const nameError = fieldSentenceOf(failure, 'name');
  const passwordError = fieldSentenceOf(failure, 'password', 'roomPassword');
  return (
    <form
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
        placeholder={t('namePlaceholder')}
        autoComplete="off"
        required
        error={nameError}
      />
      <AccessFields
        access={access}
        onAccess={setAccess}
        password={password}
        onPassword={setPassword}
        hasPassword={false}
        passwordError={passwordError}
      />
      {failure !== null && !nameError && !passwordError && <Notice tone="danger">{sentenceOf(failure)}</Notice>}
      <DialogActions>
        <Button onClick={onCancel}>{t('cancel', { ns: 'common' })}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('create.submit')}
        </Button>
      </DialogActions>
    </form>
  );
}
