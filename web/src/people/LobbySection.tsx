import type { LobbyEntry } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { useAdmissions } from './use-admissions.js';

/** The people who ask to come in, for those who may let them. */
export function LobbySection({ waiting }: { waiting: readonly LobbyEntry[] }) {
  const { t } = useTranslation('people');
  const admissions = useAdmissions();
  if (waiting.length === 0) return null;
  return (
    <section className="people__section people__section--lobby" aria-label={t('lobby.title')}>
      <header className="people__head">
        <h3 className="people__title">{t('lobby.count', { count: waiting.length })}</h3>
        {waiting.length > 1 && (
          <Button size="small" look="primary" onClick={() => admissions.admitAll(waiting)}>
            {t('lobby.admitAll')}
          </Button>
        )}
      </header>
      <ul aria-label={t('lobby.title')}>
        {waiting.map((entry) => (
          <Knocker key={entry.id} entry={entry} admissions={admissions} />
        ))}
      </ul>
    </section>
  );
}

function Knocker({ entry, admissions }: { entry: LobbyEntry; admissions: ReturnType<typeof useAdmissions> }) {
  const { t } = useTranslation('people');
  const { time } = useFormat();
  const { displayName: name, isGuest, since } = entry;
  const at = time(since);
  return (
    <li className="people__person people__person--knocks">
      <Avatar name={name} size={36} />
      <span className="people__who">
        <span className="people__name">{name}</span>
        <span className="people__role">
          {isGuest ? t('lobby.guestSince', { time: at }) : t('lobby.since', { time: at })}
        </span>
      </span>
      <Button size="small" aria-label={t('lobby.denyPerson', { name })} onClick={() => admissions.deny(entry)}>
        {t('lobby.deny')}
      </Button>
      <Button
        size="small"
        look="primary"
        aria-label={t('lobby.admitPerson', { name })}
        onClick={() => admissions.admit(entry)}
      >
        {t('lobby.admit')}
      </Button>
    </li>
  );
}
