import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RoomFields, RoomProblem, useRoomDraft } from '../rooms/room-fields.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { DialogActions } from '../ui/Dialog.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { useModeration } from './moderation.js';

/** The room's name, and who may come into it. */
export function RoomForm() {
  const { t } = useTranslation('rooms');
  const { room } = useModeration();
  const toast = useToast();
  const draft = useRoomDraft({ name: room.name, access: room.settings.access });
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    await withApi((api) => api.updateRoom(room.slug, draft.body));
    draft.setPassword('');
    toast(t('settings.saved'));
  }, setFailure);
  return (
    <form
      className="room-dialog__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.body.name) run();
      }}
    >
      <RoomFields draft={draft} hasPassword={room.settings.access === 'password'} failure={failure} />
      <RoomProblem failure={failure} />
      <DialogActions>
        <Button type="submit" look="primary" busy={busy}>
          {t('save', { ns: 'common' })}
        </Button>
      </DialogActions>
    </form>
  );
}
