import { severityOf, type Measured, type Span } from './model.js';
import { QUALITIES, type Quality } from '@minimeet/protocol';

/** A piece of a band, in whole pixels. */
export interface Piece {
  x: number;
  width: number;
  quality: Quality;
}

export interface Tick {
  at: number;
  /** Seconds are part of the label when the step is shorter than a minute. */
  seconds: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];
const MIN_TICK_PX = 84;
/** Closer than this nothing more is to be seen: a sample takes ten seconds. */
const SHORTEST_WINDOW_MS = 30 * SECOND;

/** Pixels from the left edge; may lie outside. */
export function xOf(at: number, window: Span, widthPx: number): number {
  return ((at - window.from) / (window.to - window.from)) * widthPx;
}

export function timeAt(x: number, window: Span, widthPx: number): number {
  return window.from + (Math.min(Math.max(x, 0), widthPx) / Math.max(1, widthPx)) * (window.to - window.from);
}

/** Round times of the person's own clock, far enough apart to be read. */
export function ticksOf(window: Span, widthPx: number): Tick[] {
  const lengthMs = window.to - window.from;
  const fits = Math.max(1, Math.floor(widthPx / MIN_TICK_PX));
  const step = STEPS.find((candidate) => lengthMs / candidate <= fits) ?? 24 * HOUR;
  const offset = new Date(window.from).getTimezoneOffset() * MINUTE;
  const ticks: Tick[] = [];
  for (let at = Math.ceil((window.from - offset) / step) * step + offset; at <= window.to; at += step) {
    ticks.push({ at, seconds: step < MINUTE });
  }
  return ticks;
}

/**
 * The band of one direction, a column a pixel: a pixel shows the worst of all that falls into it, so that ten bad
 * seconds of a day are still to be seen.
 */
export function piecesOf(measured: Measured[], window: Span, widthPx: number): Piece[] {
  const columns = new Int8Array(Math.max(0, widthPx)).fill(-1);
  for (const { from, to, sample } of measured) {
    if (to < window.from || from > window.to) continue;
    const first = Math.max(0, Math.floor(xOf(from, window, widthPx)));
    const end = Math.min(widthPx, Math.max(first + 1, Math.round(xOf(to, window, widthPx))));
    const severity = severityOf(sample.quality);
    for (let x = first; x < end; x++) columns[x] = Math.max(columns[x] ?? -1, severity);
  }
  const pieces: Piece[] = [];
  columns.forEach((severity, x) => {
    const quality = QUALITIES[severity];
    const last = pieces.at(-1);
    if (!quality) return;
    if (last && last.quality === quality && last.x + last.width === x) last.width += 1;
    else pieces.push({ x, width: 1, quality });
  });
  return pieces;
}

/** A window that is `factor` times as long around `centre`, inside the whole. */
export function zoomed(window: Span, whole: Span, factor: number, centre = (window.from + window.to) / 2): Span {
  const wholeMs = whole.to - whole.from;
  const length = Math.min(wholeMs, Math.max(Math.min(SHORTEST_WINDOW_MS, wholeMs), (window.to - window.from) * factor));
  return inside({ from: centre - length / 2, to: centre + length / 2 }, whole);
}

/** The same length, moved by a part of it. */
export function moved(window: Span, whole: Span, part: number): Span {
  const by = (window.to - window.from) * part;
  return inside({ from: window.from + by, to: window.to + by }, whole);
}

/** A stretch with some time before and after it. */
export function around(stretch: Span, whole: Span): Span {
  const margin = Math.max(MINUTE / 2, (stretch.to - stretch.from) / 2);
  return inside({ from: stretch.from - margin, to: stretch.to + margin }, whole);
}

function inside({ from, to }: Span, whole: Span): Span {
  const length = Math.min(to - from, whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}
