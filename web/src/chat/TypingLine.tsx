import type { TypingPerson } from '@minimeet/sdk';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import './TypingLine.css';

/**
 * The people who are typing. The line is always there, so that nothing moves. It is not announced: it would interrupt
 * all the time.
 */
export function TypingLine({ people }: { people: readonly TypingPerson[] }) {
  const { t } = useTranslation('chat');
  return (
    <p className="typing">
      {people.length > 0 && (
        <>
          <span className="typing__dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className="typing__words">{sentence(t, people)}</span>
        </>
      )}
    </p>
  );
}

function sentence(t: TFunction<'chat'>, [first, second, ...more]: readonly TypingPerson[]): string {
  if (!first) return '';
  if (!second) return t('typing.one', { name: first.displayName });
  if (more.length > 0) return t('typing.several');
  return t('typing.two', { name: first.displayName, other: second.displayName });
}
