import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { LaneDetails } from './LaneDetails.js';
import { LaneHead } from './LaneHead.js';
import { LanePlot } from './LanePlot.js';
import type { Person, Span } from './model.js';
import { laneDataOf, momentOf, momentWords } from './moment.js';
import { SampleCard } from './SampleCard.js';
import { timeAt, xOf } from './scale.js';
import { useHistoryWords } from './words.js';
import './Lane.css';

interface LaneProps {
  person: Person;
  whole: Span;
  window: Span;
  widthPx: number;
  /** The worst moment, when it was this person's. */
  worst: Span | null;
  marked: boolean;
  /** The moment that is looked at, here or in another lane. */
  cursor: { at: number; mine: boolean } | null;
  onCursor: (at: number | null) => void;
}

const SAMPLE_MS = 10_000;
const NEAR_PX = 10;

export function Lane({ person, whole, window, widthPx, worst, marked, cursor, onCursor }: LaneProps) {
  const words = useHistoryWords();
  const { t } = words;
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const data = useMemo(() => laneDataOf(person, whole), [person, whole]);
  const nearMs = (NEAR_PX / Math.max(1, widthPx)) * (window.to - window.from);
  const at = cursor?.at ?? (worst && worst.from >= window.from && worst.from <= window.to ? worst.from : window.from);
  const moment = momentOf(data, at, nearMs);
  const x = xOf(at, window, widthPx);

  const point = (event: PointerEvent<HTMLElement>) =>
    onCursor(timeAt(event.clientX - event.currentTarget.getBoundingClientRect().left, window, widthPx));
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const next = keyTarget(event.key, at, window);
    if (next === undefined) return;
    event.preventDefault();
    onCursor(next);
  };
  return (
    <li className="lane">
      {person.stays.map(({ id }) => (
        <span key={id} id={`stay-${id}`} className="lane__anchor" />
      ))}
      <LaneHead person={person} open={open} detailsId={detailsId} onToggle={() => setOpen(!open)} />
      <div className="lane__directions" aria-hidden="true">
        <span>
          <i>{t('direction.up')}</i> <ArrowUp size={13} />
        </span>
        <span>
          <i>{t('direction.down')}</i> <ArrowDown size={13} />
        </span>
      </div>
      <div
        className="lane__plot"
        role="slider"
        tabIndex={0}
        aria-label={t('lane.quality', { name: person.name })}
        aria-valuemin={0}
        aria-valuemax={Math.round((window.to - window.from) / 1_000)}
        aria-valuenow={Math.round((at - window.from) / 1_000)}
        aria-valuetext={momentWords(words, moment)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={({ pointerType }) => {
          // A finger that is lifted leaves what it pointed at.
          if (pointerType === 'mouse') onCursor(null);
        }}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) onCursor(at);
        }}
        onBlur={() => onCursor(null)}
        onKeyDown={press}
      >
        <LanePlot data={data} window={window} widthPx={widthPx} worst={worst} marked={marked} />
        {cursor && <span className="lane__cursor" style={{ left: x }} />}
        {cursor?.mine && <SampleCard moment={moment} x={x} widthPx={widthPx} />}
      </div>
      {open && <LaneDetails person={person} id={detailsId} />}
    </li>
  );
}

/** Where a key leads: a sample on, or a tenth of what is shown; `null` away from the lane. */
function keyTarget(key: string, at: number, window: Span): number | null | undefined {
  const lengthMs = window.to - window.from;
  const step = Math.max(SAMPLE_MS, lengthMs / 120);
  const to = (next: number) => Math.min(window.to, Math.max(window.from, next));
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return to(at - step);
    case 'ArrowRight':
    case 'ArrowUp':
      return to(at + step);
    case 'PageDown':
      return to(at - lengthMs / 10);
    case 'PageUp':
      return to(at + lengthMs / 10);
    case 'Home':
      return window.from;
    case 'End':
      return window.to;
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}
