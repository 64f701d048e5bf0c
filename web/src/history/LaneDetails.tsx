import type { CallLane } from '@minimeet/protocol';
import { memo } from 'react';
import { measuredOf, stretchesOf, summaryOf, type Person, type Stretch } from './model.js';
import { QualityMark } from './QualityMark.js';
import { clock, clockWithSeconds, DIRECTION_WORDS, eventWords, figures, leaveWords, phaseWords } from './words.js';
import './LaneDetails.css';

const ROWS_SHOWN = 300;

/** The lane in words: stays, joins, events, and the bands as a table. */
export const LaneDetails = memo(function LaneDetails({ person, id }: { person: Person; id: string }) {
  return (
    <div className="lane-details" id={id}>
      {person.stays.map((stay) => (
        <section key={stay.id} className="lane-details__stay" aria-label={stayWords(stay)}>
          <p className="lane-details__stay-words">{stayWords(stay)}</p>
          {stay.joinPhases && phaseWords(stay.joinPhases).length > 0 && (
            <p className="lane-details__phases">Joining took: {phaseWords(stay.joinPhases).join(', ')}</p>
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
  return (
    <div>
      <h4 className="lane-details__title">Events</h4>
      {stay.events.length === 0 && <p className="lane-details__none">None</p>}
      <ol className="lane-details__list" tabIndex={0} aria-label="Events">
        {stay.events.map((event, place) => (
          <li key={place}>
            <time dateTime={event.at}>{clockWithSeconds(event.at)}</time> {eventWords(event)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Stretches({ name, stay }: { name: string; stay: CallLane }) {
  const stretches = [...stretchesOf(measuredOf(stay, 'up')), ...stretchesOf(measuredOf(stay, 'down'))].sort(
    (a, b) => a.from - b.from,
  );
  return (
    <div>
      <h4 className="lane-details__title">Quality</h4>
      {stretches.length === 0 && <p className="lane-details__none">Not measured</p>}
      {stretches.length > 0 && (
        <div className="lane-details__scroll" tabIndex={0} role="region" aria-label={`Quality of ${name} over time`}>
          <table className="lane-details__table">
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Direction</th>
                <th scope="col">Quality</th>
                <th scope="col">Mean of what was measured</th>
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
        <p className="lane-details__none">
          The first {ROWS_SHOWN} of {stretches.length}. The CSV file has all samples.
        </p>
      )}
    </div>
  );
}

function StretchRow({ stretch }: { stretch: Stretch }) {
  return (
    <tr>
      <th scope="row">
        {clockWithSeconds(stretch.from)} to {clockWithSeconds(stretch.to)}
      </th>
      <td>{DIRECTION_WORDS[stretch.direction]}</td>
      <td>
        <QualityMark quality={stretch.quality} />
      </td>
      <td>{figures(summaryOf(stretch)).join(', ')}</td>
    </tr>
  );
}

function stayWords({ joinedAt, leftAt, leaveReason }: CallLane): string {
  const joined = `Joined at ${clock(joinedAt)}`;
  return leftAt === null ? `${joined}, still there` : `${joined}, ${leaveWords(leaveReason)} at ${clock(leftAt)}`;
}
