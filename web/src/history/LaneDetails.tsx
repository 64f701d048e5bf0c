import type { CallLane } from '@minimeet/protocol';
import { memo } from 'react';
import { measuredOf, stretchesOf, summaryOf, type Person, type Stretch } from './model.js';
import { QualityMark } from './QualityMark.js';
import { useHistoryWords } from './words.js';
import './LaneDetails.css';

const ROWS_SHOWN = 300;

/** The lane in words: stays, joins, events, and the bands as a table. */
export const LaneDetails = memo(function LaneDetails({ person, id }: { person: Person; id: string }) {
  const { t, phases, stay: stayWords } = useHistoryWords();
  return (
    <div className="lane-details" id={id}>
      {person.stays.map((stay) => (
        <section key={stay.id} className="lane-details__stay" aria-label={stayWords(stay)}>
          <p className="lane-details__stay-words">{stayWords(stay)}</p>
          {stay.joinPhases && phases(stay.joinPhases).length > 0 && (
            <p className="lane-details__phases">{t('joiningTook', { phases: phases(stay.joinPhases).join(', ') })}</p>
          )}
          <div className="lane-details__columns">
            <Events stay={stay} />
            <Stretches name={person.name} stay={stay} />
          </div>
        </section>
      ))}
    </div>
  );
});

function Events({ stay }: { stay: CallLane }) {
  const { t, event: eventWords, timeWithSeconds } = useHistoryWords();
  return (
    <div>
      <h4 className="lane-details__title">{t('details.events')}</h4>
      {stay.events.length === 0 && <p className="lane-details__none">{t('details.none')}</p>}
      <ol className="lane-details__list" tabIndex={0} aria-label={t('details.events')}>
        {stay.events.map((event, place) => (
          <li key={place}>
            <time dateTime={event.at}>{timeWithSeconds(event.at)}</time> {eventWords(event)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Stretches({ name, stay }: { name: string; stay: CallLane }) {
  const { t } = useHistoryWords();
  const stretches = [...stretchesOf(measuredOf(stay, 'up')), ...stretchesOf(measuredOf(stay, 'down'))].sort(
    (a, b) => a.from - b.from,
  );
  return (
    <div>
      <h4 className="lane-details__title">{t('quality.title')}</h4>
      {stretches.length === 0 && <p className="lane-details__none">{t('quality.none')}</p>}
      {stretches.length > 0 && (
        <div className="lane-details__scroll" tabIndex={0} role="region" aria-label={t('lane.overTime', { name })}>
          <table className="lane-details__table">
            <thead>
              <tr>
                <th scope="col">{t('details.time')}</th>
                <th scope="col">{t('details.direction')}</th>
                <th scope="col">{t('quality.title')}</th>
                <th scope="col">{t('details.mean')}</th>
              </tr>
            </thead>
            <tbody>
              {stretches.slice(0, ROWS_SHOWN).map((stretch) => (
                <StretchRow key={`${stretch.direction}${stretch.from}`} stretch={stretch} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {stretches.length > ROWS_SHOWN && (
        <p className="lane-details__none">{t('details.first', { shown: ROWS_SHOWN, all: stretches.length })}</p>
      )}
    </div>
  );
}

function StretchRow({ stretch }: { stretch: Stretch }) {
  const { t, figures, timeWithSeconds } = useHistoryWords();
  return (
    <tr>
      <th scope="row">
        {t('details.range', { from: timeWithSeconds(stretch.from), to: timeWithSeconds(stretch.to) })}
      </th>
      <td>{t(`direction.${stretch.direction}`)}</td>
      <td>
        <QualityMark quality={stretch.quality} />
      </td>
      <td>{figures(summaryOf(stretch)).join(', ')}</td>
    </tr>
  );
}
