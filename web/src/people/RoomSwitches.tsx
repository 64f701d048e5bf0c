import { useTranslation } from 'react-i18next';
import { moderates } from '../rooms/room-roles.js';
import { withApi } from '../session/session.js';
import { Switch } from '../ui/Switch.js';
import { useModeration } from './moderation.js';

/** The settings that a call needs at once: they hold from the click on. */
export function RoomSwitches() {
  const { t } = useTranslation('people');
  const { room, own, act } = useModeration();
  const { locked, allowUnmute } = room.settings;
  return (
    <div className="room-dialog__switches">
      <Switch
        label={t('room.lock')}
        hint={t('room.lockHint')}
        checked={locked}
        onChange={(on) => act(() => room.setLocked(on))}
      />
      {moderates(own.recorded) && (
        <Switch
          label={t('room.allowUnmute')}
          hint={t('room.allowUnmuteHint')}
          checked={allowUnmute}
          onChange={(on) => {
            act(async () => {
              await withApi((api) => api.updateRoom(room.slug, { allowUnmute: on }));
            });
          }}
        />
      )}
    </div>
  );
}
