import type { Participant } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { moderates } from '../rooms/room-roles.js';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { useModeration } from './moderation.js';

interface HandsSectionProps {
  /** The first in line first. */
  people: readonly Participant[];
  selfId: string;
}

/** The people who want to say something, in line. */
export function HandsSection({ people, selfId }: HandsSectionProps) {
  const { t } = useTranslation('people');
  const { room, own, act } = useModeration();
  if (people.length === 0) return null;
  return (
    <section className="people__section people__section--hands" aria-label={t('hand.title')}>
      <header className="people__head">
        <h3 className="people__title">{t('hand.count', { count: people.length })}</h3>
      </header>
      <ol aria-label={t('hand.title')}>
        {people.map(({ id, displayName: name, pictureUrl }, index) => (
          <li key={id} className="people__person">
            <span className="people__place" aria-hidden="true">
              {index + 1}
            </span>
            <Avatar name={name} size={28} picture={pictureUrl} />
            <span className="people__who">
              <span className="people__name">{id === selfId ? t('you', { name }) : name}</span>
            </span>
            {(id === selfId || moderates(own.inCall)) && (
              <Button
                size="small"
                look="quiet"
                aria-label={id === selfId ? t('hand.lowerOwn') : t('hand.lowerPerson', { name })}
                onClick={() => act(() => room.lowerHand(id === selfId ? undefined : id), t('hand.lowered', { name }))}
              >
                {t('hand.lowerShort')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
