import type { MediaSource, Participant, Role, UserId } from '@minimeet/protocol';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomState } from '../call/use-room.js';
import { Button } from '../ui/Button.js';
import { inOrder, isNamed } from './order.js';
import { PersonRow } from './PersonRow.js';

interface InCallSectionProps {
  state: RoomState;
  /** The sources that one sends oneself. */
  sends: ReadonlySet<MediaSource>;
  /** People whose hand is up, the first in line first. */
  hands: readonly Participant[];
  /** Known roles by the room's record. */
  recorded: ReadonlyMap<UserId, Role>;
  query: string;
  pinned: ReadonlySet<string>;
  onPin: (key: string) => void;
}

/** More rows than anybody reads cost every change of the call. */
const PAGE = 100;

export function InCallSection({
  state: { self, others, activeSpeakers },
  sends,
  hands,
  recorded,
  query,
  pinned,
  onPin,
}: InCallSectionProps) {
  const { t, i18n } = useTranslation('people');
  const [shown, setShown] = useState(PAGE);
  const people = useMemo(() => inOrder(self, others, i18n.language), [self, others, i18n.language]);
  const found = query === '' ? people : people.filter(({ displayName }) => isNamed(displayName, query));
  const speaking = new Set(activeSpeakers);
  const places = new Map(hands.map(({ id }, index) => [id, index + 1]));
  return (
    <section className="people__section" aria-label={t('inCall')}>
      <header className="people__head">
        <h3 className="people__title">{t('inCallCount', { count: people.length })}</h3>
      </header>
      {query !== '' && (
        <p className={found.length > 0 ? 'visually-hidden' : 'people__none'} role="status">
          {t('search.found', { count: found.length })}
        </p>
      )}
      <ul aria-label={t('inCall')}>
        {found.slice(0, shown).map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            isSelf={person === self}
            sends={person === self ? sends : sentBy(person)}
            isActing={person.role === 'host' && (recorded.get(person.userId) ?? 'host') !== 'host'}
            speaking={speaking.has(person.id)}
            hand={places.get(person.id) ?? null}
            pinned={pinned.has(person === self ? 'self' : `camera-${person.id}`)}
            onPin={onPin}
          />
        ))}
      </ul>
      {found.length > shown && (
        <Button size="small" look="quiet" className="people__show-more" onClick={() => setShown(shown + PAGE)}>
          {t('showMore', { count: found.length - shown })}
        </Button>
      )}
    </section>
  );
}

function sentBy({ publications }: Participant): ReadonlySet<MediaSource> {
  return new Set(publications.filter(({ paused }) => !paused).map(({ source }) => source));
}
