import { QUALITIES, type WorstMoment } from '@minimeet/protocol';
import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useSize } from '../ui/use-size.js';
import { Button } from '../ui/Button.js';
import { IconButton } from '../ui/IconButton.js';
import { Lane } from './Lane.js';
import type { Person, Span } from './model.js';
import { QualitySwatch } from './QualityMark.js';
import { moved, ticksOf, xOf, zoomed } from './scale.js';
import { useHistoryWords } from './words.js';
import './Timeline.css';

interface TimelineProps {
  people: Person[];
  whole: Span;
  /** The part of the call that is shown. */
  window: Span;
  onWindow: (window: Span) => void;
  worst: WorstMoment | null;
  /** The worst moment was asked for. */
  marked: boolean;
}

export function Timeline({ people, whole, window, onWindow, worst, marked }: TimelineProps) {
  const { t } = useHistoryWords();
  const axis = useRef<HTMLDivElement>(null);
  const { width: widthPx } = useSize(axis);
  const [cursor, setCursor] = useState<{ key: string; at: number } | null>(null);
  const worstSpan = useMemo(
    () => (worst ? { from: Date.parse(worst.startsAt), to: Date.parse(worst.endsAt) } : null),
    [worst],
  );
  return (
    <section className="timeline" id="timeline" aria-label={t('timeline.title')}>
      <h2 className="visually-hidden">{t('timeline.title')}</h2>
      <div className="timeline__tools">
        <Legend />
        <Zoom whole={whole} window={window} onWindow={onWindow} />
      </div>
      <div className="timeline__box">
        <div className="timeline__axis">
          <div ref={axis} className="timeline__ticks">
            <Axis window={window} widthPx={widthPx} />
          </div>
        </div>
        <ul aria-label={t('timeline.people')}>
          {people.map((person) => (
            <Lane
              key={person.key}
              person={person}
              whole={whole}
              window={window}
              widthPx={widthPx}
              worst={isOf(worst, person) ? worstSpan : null}
              marked={marked}
              cursor={cursor && { at: cursor.at, mine: cursor.key === person.key }}
              onCursor={(at) => setCursor(at === null ? null : { key: person.key, at })}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

/** Everybody's, when it was nobody's alone. */
function isOf(worst: WorstMoment | null, { stays }: Person): boolean {
  return worst !== null && (worst.participantId === null || stays.some(({ id }) => id === worst.participantId));
}

function Axis({ window, widthPx }: { window: Span; widthPx: number }) {
  const { time, timeWithSeconds } = useHistoryWords();
  return (
    <svg width={widthPx} height={28} aria-hidden="true">
      {ticksOf(window, widthPx).map(({ at, seconds }) => {
        const x = xOf(at, window, widthPx);
        const anchor = x < 30 ? 'start' : x > widthPx - 30 ? 'end' : 'middle';
        return (
          <text key={at} className="timeline__tick" x={x} y={18} textAnchor={anchor}>
            {seconds ? timeWithSeconds(at) : time(at)}
          </text>
        );
      })}
    </svg>
  );
}

function Legend() {
  const { t } = useHistoryWords();
  return (
    <ul className="timeline__legend" aria-label={t('timeline.legend')}>
      {QUALITIES.map((quality) => (
        <li key={quality}>
          <QualitySwatch quality={quality} /> {t(`quality.${quality}`)}
          <span className="timeline__meaning">{t(`meaning.${quality}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function Zoom({ whole, window, onWindow }: Pick<TimelineProps, 'whole' | 'window' | 'onWindow'>) {
  const { t } = useHistoryWords();
  const all = window.to - window.from >= whole.to - whole.from;
  return (
    <div className="timeline__zoom" role="group" aria-label={t('timeline.shown')}>
      <IconButton
        label={t('timeline.earlier')}
        disabled={window.from <= whole.from}
        onClick={() => onWindow(moved(window, whole, -0.5))}
      >
        <ChevronLeft size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('timeline.later')}
        disabled={window.to >= whole.to}
        onClick={() => onWindow(moved(window, whole, 0.5))}
      >
        <ChevronRight size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('timeline.zoomOut')} disabled={all} onClick={() => onWindow(zoomed(window, whole, 2))}>
        <ZoomOut size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('timeline.zoomIn')} onClick={() => onWindow(zoomed(window, whole, 0.5))}>
        <ZoomIn size={18} aria-hidden="true" />
      </IconButton>
      <Button size="small" disabled={all} onClick={() => onWindow(whole)}>
        {t('timeline.whole')}
      </Button>
    </div>
  );
}
