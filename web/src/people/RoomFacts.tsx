import { useTranslation } from 'react-i18next';
import { useModeration } from './moderation.js';

/** The room's settings in words, for who cannot change them. */
export function RoomFacts() {
  const { t } = useTranslation(['people', 'rooms']);
  const { room } = useModeration();
  const { access, locked, allowUnmute } = room.settings;
  return (
    <>
      <dl className="room-dialog__facts">
        <div>
          <dt>{t('access.label', { ns: 'rooms' })}</dt>
          <dd>{t(`access.${access}.title`, { ns: 'rooms' })}</dd>
        </div>
        <div>
          <dt>{t('room.newcomers')}</dt>
          <dd>{locked ? t('room.locked') : t('room.unlocked')}</dd>
        </div>
        <div>
          <dt>{t('room.microphones')}</dt>
          <dd>{allowUnmute ? t('room.unmuteAllowed') : t('room.unmuteForbidden')}</dd>
        </div>
      </dl>
      <p className="room-dialog__who">{t('room.whoChanges')}</p>
    </>
  );
}
