import type { Direction, QualitySample } from '@minimeet/protocol';
import type { Moment } from './moment.js';
import { QualityMark } from './QualityMark.js';
import { useHistoryWords } from './words.js';
import './SampleCard.css';

const EVENTS_SHOWN = 5;

/** The measurements and events where the pointer is. `x`: its place in the plot. */
export function SampleCard({ moment, x, widthPx }: { moment: Moment; x: number; widthPx: number }) {
  const { t, event: eventWords, timeWithSeconds } = useHistoryWords();
  const { at, present, events } = moment;
  return (
    <div className="sample-card" style={x < widthPx / 2 ? { left: x + 12 } : { right: widthPx - x + 12 }}>
      <p className="sample-card__time">{timeWithSeconds(at)}</p>
      {!present && <p className="sample-card__none">{t('card.away')}</p>}
      {present && !moment.up && !moment.down && <p className="sample-card__none">{t('quality.none')}</p>}
      <SampleRow direction="up" sample={moment.up} />
      <SampleRow direction="down" sample={moment.down} />
      {events.length > 0 && (
        <ul className="sample-card__events">
          {events.slice(0, EVENTS_SHOWN).map((event, place) => (
            <li key={place}>
              {timeWithSeconds(event.at)} {eventWords(event)}
            </li>
          ))}
          {events.length > EVENTS_SHOWN && <li>{t('card.more', { count: events.length - EVENTS_SHOWN })}</li>}
        </ul>
      )}
    </div>
  );
}

function SampleRow({ direction, sample }: { direction: Direction; sample: QualitySample | null }) {
  const { t, figures } = useHistoryWords();
  if (!sample) return null;
  return (
    <div className="sample-card__row">
      <span className="sample-card__direction">{t(`direction.${direction}`)}</span>
      <QualityMark quality={sample.quality} />
      <span className="sample-card__figures">
        {figures(sample)
          // Each in one piece.
          .map((figure) => figure.replaceAll(' ', '\u00a0'))
          .join(' · ')}
      </span>
    </div>
  );
}
