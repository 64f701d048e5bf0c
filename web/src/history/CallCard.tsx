import type { Call } from '@minimeet/protocol';
import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { Avatar } from '../ui/Avatar.js';
import { keyOf, spanOf, verdictOf } from './model.js';
import { QualityMark } from './QualityMark.js';
import { useHistoryWords, type HistoryWords } from './words.js';
import './CallCard.css';

const FACES = 4;
const NAMES = 3;

export function CallCard({ call, slug }: { call: Call; slug: string }) {
  const words = useHistoryWords();
  const { t, day, duration, time } = words;
  const { from, to } = spanOf(call, Date.now());
  const live = call.endedAt === null;
  const names = [...new Map(call.participations.map((stay) => [keyOf(stay), stay.displayName])).values()];
  const verdict = verdictOf(call);
  return (
    <li className="call-card">
      <Link className="call-card__link" to={`/r/${slug}/calls/${call.id}`}>
        <span className="call-card__when">
          <span className="call-card__day">
            {day(from)}, {time(from)}
          </span>
          <span className="call-card__length" data-live={live ? '' : undefined}>
            {live ? t('calls.live', { time: duration(to - from) }) : duration(to - from)}
          </span>
        </span>
        <span className="call-card__people">
          <span className="call-card__faces" aria-hidden="true">
            {names.slice(0, FACES).map((name, place) => (
              <Avatar key={place} name={name} size={30} />
            ))}
          </span>
          <span className="call-card__names">{peopleWords(words, names)}</span>
        </span>
        <span className="call-card__quality">
          <QualityMark quality={verdict?.quality ?? null} detail={verdict ? whoseWords(words, verdict) : undefined} />
        </span>
        <ChevronRight className="call-card__arrow" size={20} aria-hidden="true" />
      </Link>
    </li>
  );
}

function peopleWords({ t }: HistoryWords, names: string[]): string {
  const shown = names.slice(0, NAMES).join(', ');
  const more = names.length - NAMES;
  return more > 0 ? t('calls.names', { names: shown, count: more }) : shown;
}

/** `for Ann`, `for 3 of 10`; nothing when it was good, which it was for everybody then. */
function whoseWords(
  { t }: HistoryWords,
  { quality, people, of }: NonNullable<ReturnType<typeof verdictOf>>,
): string | undefined {
  if (quality === 'good') return undefined;
  if (people.length === of) return of > 1 ? t('calls.forAll') : undefined;
  return people.length === 1
    ? t('calls.forOne', { name: people[0] ?? '' })
    : t('calls.forSome', { some: people.length, all: of });
}
