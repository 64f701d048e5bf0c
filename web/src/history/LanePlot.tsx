import { memo } from 'react';
import { iconOf, isTrouble, marksOf, type EventMark } from './event-marks.js';
import type { Measured, Span } from './model.js';
import type { LaneData } from './moment.js';
import { bandHeight } from './QualityMark.js';
import { piecesOf, ticksOf, xOf } from './scale.js';
import './LanePlot.css';

interface LanePlotProps {
  data: LaneData;
  window: Span;
  widthPx: number;
  worst: Span | null;
  marked: boolean;
}

const PLOT_HEIGHT = 84;
const [MARKS_Y, UP_Y, DOWN_Y, BAND] = [12, 28, 56, 20];
const ICON = 14;

/** The picture of one lane; words beside it and in its details say the same. */
export const LanePlot = memo(function LanePlot({ data, window, widthPx, worst, marked }: LanePlotProps) {
  return (
    <svg className="lane-plot" width={widthPx} height={PLOT_HEIGHT} aria-hidden="true">
      {ticksOf(window, widthPx).map(({ at }) => (
        <line
          key={at}
          className="lane-plot__grid"
          x1={xOf(at, window, widthPx)}
          x2={xOf(at, window, widthPx)}
          y2={PLOT_HEIGHT}
        />
      ))}
      {worst && <WorstMark span={worst} window={window} widthPx={widthPx} marked={marked} />}
      {data.stays.map((stay) => (
        <Stay key={stay.from} stay={stay} window={window} widthPx={widthPx} />
      ))}
      <Band y={UP_Y} measured={data.up} window={window} widthPx={widthPx} />
      <Band y={DOWN_Y} measured={data.down} window={window} widthPx={widthPx} />
      {marksOf(data.events, window, widthPx).map((mark) => (
        <Mark key={mark.x} mark={mark} widthPx={widthPx} />
      ))}
    </svg>
  );
});

/** The ground of both bands, for as long as the person was there. */
function Stay({ stay, window, widthPx }: { stay: Span; window: Span; widthPx: number }) {
  const [x, end] = edges(stay, window, widthPx);
  if (end <= x) return null;
  return [UP_Y, DOWN_Y].map((y) => (
    <rect key={y} className="lane-plot__stay" x={x} y={y} width={end - x} height={BAND} rx="3" />
  ));
}

function Band({ y, measured, window, widthPx }: { y: number; measured: Measured[]; window: Span; widthPx: number }) {
  return piecesOf(measured, window, widthPx).map(({ x, width, quality }) => {
    const height = bandHeight(quality, BAND);
    return (
      <rect
        key={x}
        className="quality-fill"
        data-quality={quality}
        x={x}
        y={y + BAND - height}
        width={width}
        height={height}
      />
    );
  });
}

function WorstMark({ span, window, widthPx, marked }: { span: Span; window: Span; widthPx: number; marked: boolean }) {
  const [x, end] = edges(span, window, widthPx);
  if (end < 0 || x > widthPx || span.to < window.from || span.from > window.to) return null;
  return (
    <rect
      className="lane-plot__worst"
      data-marked={marked ? '' : undefined}
      x={x - 2}
      y="1"
      width={Math.max(4, end - x + 4)}
      height={PLOT_HEIGHT - 2}
      rx="5"
    />
  );
}

function Mark({ mark, widthPx }: { mark: EventMark; widthPx: number }) {
  const { events, trouble } = mark;
  const x = Math.min(Math.max(mark.x, ICON / 2 + 1), widthPx - ICON / 2 - 1);
  const shown = events.find(isTrouble) ?? events[0];
  const Icon = shown && iconOf(shown);
  return (
    <g className="lane-plot__mark" data-trouble={trouble ? '' : undefined}>
      <line x1={mark.x} x2={mark.x} y1={MARKS_Y + ICON / 2 + 1} y2={UP_Y} />
      {events.length > 1 && !trouble ? (
        <>
          <circle cx={x} cy={MARKS_Y} r="8.5" />
          <text x={x} y={MARKS_Y + 3.5} textAnchor="middle">
            {events.length > 9 ? '9+' : events.length}
          </text>
        </>
      ) : (
        Icon && <Icon x={x - ICON / 2} y={MARKS_Y - ICON / 2} width={ICON} height={ICON} />
      )}
    </g>
  );
}

function edges(span: Span, window: Span, widthPx: number): [number, number] {
  return [Math.max(0, xOf(span.from, window, widthPx)), Math.min(widthPx, xOf(span.to, window, widthPx))];
}
