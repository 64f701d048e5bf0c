import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Dialog, DialogActions } from '../ui/Dialog.js';
import { useOnce } from '../ui/use-once.js';
import { RoomFields, RoomProblem, useRoomDraft } from './room-fields.js';

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
  const draft = useRoomDraft({ name: '', access: 'open' });
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    const room = await withApi((api) => api.createRoom(draft.body));
    await navigate(`/r/${room.slug}`);
  }, setFailure);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.body.name) run();
      }}
    >
      <RoomFields draft={draft} hasPassword={false} failure={failure} />
      <RoomProblem failure={failure} />
      <DialogActions>
        <Button onClick={onCancel}>{t('cancel', { ns: 'common' })}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('create.submit')}
        </Button>
      </DialogActions>
    </form>
  );
}
