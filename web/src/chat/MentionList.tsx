import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/Avatar.js';
import type { Mentions } from './use-mentions.js';
import './MentionList.css';

/** Above the composer: whom one may mean. The focus stays in the text. */
export function MentionList({ mentions }: { mentions: Mentions }) {
  const { t } = useTranslation('chat');
  const { suggestions, active, listId } = mentions;
  if (suggestions.length === 0) return null;
  return (
    <ul id={listId} className="mention-list" role="listbox" aria-label={t('mention.label')}>
      {suggestions.map((person, index) => (
        <li
          key={person.userId}
          id={`${listId}-${index}`}
          className="mention-list__person"
          role="option"
          aria-selected={index === active}
          onPointerEnter={() => mentions.setActive(index)}
          // Before the field loses the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            mentions.choose(person);
          }}
        >
          <Avatar name={person.displayName} size={26} picture={person.pictureUrl} />
          <span className="mention-list__name">{person.displayName}</span>
        </li>
      ))}
    </ul>
  );
}
