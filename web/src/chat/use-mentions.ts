import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { mentionQueryAt, suggestionsFor, withMention, type MentionQuery, type Person } from './mention-text.js';

export interface Mentions {
  /** The id of the list of names, for ARIA. */
  listId: string;
  /** The people one may mean; empty while no name is being typed. */
  suggestions: Person[];
  /** Index of the one that Enter takes. */
  active: number;
  setActive: (index: number) => void;
  choose: (person: Person) => void;
  /** After the text or the caret has changed. */
  look: () => void;
  /** @returns whether the key belongs to the list. */
  onKey: (event: KeyboardEvent) => boolean;
  close: () => void;
}

/** Names of people after an `@`, while they are being typed. */
export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  people: readonly Person[],
  onChange: (text: string) => void,
): Mentions {
  const listId = useId();
  const [query, setQuery] = useState<MentionQuery | null>(null);
  const [active, setActive] = useState(0);
  const suggestions = query ? suggestionsFor(query.query, people) : [];

  const look = () => {
    const element = field.current;
    const next = element ? mentionQueryAt(element.value, element.selectionStart) : null;
    if (next?.query !== query?.query || next?.start !== query?.start) setActive(0);
    setQuery(next);
  };
  const choose = (person: Person) => {
    const element = field.current;
    if (!element || !query) return;
    const { text, caret } = withMention(element.value, query, person.displayName);
    onChange(text);
    setQuery(null);
    element.focus();
    // After React has put the text into the field.
    requestAnimationFrame(() => element.setSelectionRange(caret, caret));
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const person = suggestions[active];
    if (!person) return false;
    const { length } = suggestions;
    switch (event.key) {
      case 'ArrowDown':
        setActive((active + 1) % length);
        break;
      case 'ArrowUp':
        setActive((active + length - 1) % length);
        break;
      case 'Enter':
      case 'Tab':
        choose(person);
        break;
      case 'Escape':
        setQuery(null);
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  };
  return { listId, suggestions, active, setActive, choose, look, onKey, close: () => setQuery(null) };
}
