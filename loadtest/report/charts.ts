import { type Markup, markup } from './markup.js';

/** Something over time (or over the load), drawn as SVG without scripts. */
export interface Chart {
  title: string;
  kind: 'line' | 'bars';
  /** Ascending x; `null`: not known there, the line has a gap. */
  points: [x: number, y: number | null][];
  /** How many points become one where there are too many to draw: the worst, the sum or the mean of them. */
  summary: 'max' | 'sum' | 'mean';
  formatX: (x: number) => string;
  formatY: (y: number) => string;
}

/** Some parts one after the other, in a bar as long as their sum. */
export interface StackedBar {
  name: string;
  /** The text at its end. */
  whole: string;
  parts: { name: string; value: number; text: string }[];
}

const WIDTH = 360;
const HEIGHT = 170;
const PLOT = { left: 8, right: 352, top: 40, bottom: 148 };
const MOST_POINTS = 240;

/** A figure with a line or bars; a tooltip explains each point. */
export function chartFigure(chart: Chart): Markup {
  const points = thinned(chart.points, chart.summary);
  const known = points.filter((point): point is [number, number] => point[1] !== null);
  const label = `${chart.title}: ${known.length === 0 ? 'not measured' : `at most ${chart.formatY(peakOf(known))}`}`;
  return markup`<figure class="chart"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
<text class="title" x="${PLOT.left}" y="16">${chart.title}</text>
${known.length === 0 ? markup`<text class="none" x="${WIDTH / 2}" y="${(PLOT.top + PLOT.bottom) / 2}">not measured</text>` : plot(chart, points, known)}
</svg></figure>`;
}

function plot({ kind, formatX, formatY }: Chart, points: Chart['points'], known: [number, number][]): Markup {
  const firstX = points[0]?.[0] ?? 0;
  const lastX = points.at(-1)?.[0] ?? 0;
  const top = niceCeiling(peakOf(known));
  const step = (PLOT.right - PLOT.left) / Math.max(1, points.length - (kind === 'bars' ? 0 : 1));
  const atX = (x: number): number =>
    kind === 'bars'
      ? PLOT.left + step / 2 + ((x - firstX) / Math.max(1e-9, lastX - firstX)) * (PLOT.right - PLOT.left - step)
      : PLOT.left + ((x - firstX) / Math.max(1e-9, lastX - firstX)) * (PLOT.right - PLOT.left);
  const atY = (y: number): number => PLOT.bottom - (y / top) * (PLOT.bottom - PLOT.top);
  return markup`<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.top}" y2="${PLOT.top}"/>
<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${(PLOT.top + PLOT.bottom) / 2}" y2="${(PLOT.top + PLOT.bottom) / 2}"/>
<line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}"/>
<text class="tick" x="${PLOT.left}" y="${PLOT.top - 5}">${formatY(top)}</text>
<text class="tick" x="${PLOT.left}" y="${HEIGHT - 6}">${formatX(firstX)}</text>
<text class="tick end" x="${PLOT.right}" y="${HEIGHT - 6}">${formatX(lastX)}</text>
${
  kind === 'bars'
    ? known
        .filter(([, y]) => y > 0)
        .map(
          ([x, y]) =>
            markup`<rect class="bar" x="${round(atX(x) - step * 0.4)}" y="${round(atY(y))}" width="${round(Math.max(1, step * 0.8))}" height="${round(PLOT.bottom - atY(y))}"/>`,
        )
    : markup`<path class="area" d="${areaPath(points, atX, atY)}"/><path class="line" d="${linePath(points, atX, atY)}"/>`
}
${known.map(
  ([x, y]) =>
    markup`<rect class="hover" x="${round(atX(x) - step / 2)}" y="${PLOT.top}" width="${round(step)}" height="${PLOT.bottom - PLOT.top}"><title>${formatX(x)}: ${formatY(y)}</title></rect>`,
)}`;
}

/** Horizontal bars of the same scale, each of parts in the order of the legend. */
export function stackedBars(title: string, bars: StackedBar[]): Markup {
  const names = bars[0]?.parts.map(({ name }) => name) ?? [];
  const total = ({ parts }: StackedBar): number => parts.reduce((sum, { value }) => sum + value, 0);
  const longest = Math.max(1e-9, ...bars.map(total));
  const row = 34;
  return markup`<figure class="stack"><div class="bars">${bars.map((bar) => {
    let x = 0;
    return markup`<div class="bar-name">${bar.name}</div><svg viewBox="0 0 1000 ${row}" preserveAspectRatio="none" role="img" aria-label="${title}, ${bar.name}: ${bar.parts.map(({ name, text }) => `${name} ${text}`).join(', ')}">${bar.parts.map(
      ({ name, value, text }, i) => {
        const width = (value / longest) * 1000;
        x += width;
        return markup`<rect class="part part-${i}" x="${round(x - width)}" y="4" width="${round(width)}" height="${row - 8}"><title>${name}: ${text}</title></rect>`;
      },
    )}</svg><div class="bar-total">${bar.whole}</div>`;
  })}</div>
<figcaption class="legend">${names.map((name, i) => markup`<span><i class="swatch part-${i}"></i>${name}</span>`)}</figcaption></figure>`;
}

/** The outline; a lone point between gaps becomes a dot, because the line's ends are round. */
function linePath(points: Chart['points'], atX: (x: number) => number, atY: (y: number) => number): string {
  return runsOf(points)
    .map((run) => {
      const line = run.map(([x, y]) => `${round(atX(x))} ${round(atY(y))}`).join('L');
      return `M${line}${run.length === 1 ? 'h0' : ''}`;
    })
    .join('');
}

function areaPath(points: Chart['points'], atX: (x: number) => number, atY: (y: number) => number): string {
  return runsOf(points)
    .map((run) => {
      const [from, to] = [run[0]?.[0] ?? 0, run.at(-1)?.[0] ?? 0];
      const line = run.map(([x, y]) => `${round(atX(x))} ${round(atY(y))}`).join('L');
      return `M${round(atX(from))} ${PLOT.bottom}L${line}L${round(atX(to))} ${PLOT.bottom}Z`;
    })
    .join('');
}

/** The stretches without gaps. */
function runsOf(points: Chart['points']): [number, number][][] {
  const runs: [number, number][][] = [];
  let isOpen = false;
  for (const [x, y] of points) {
    if (y === null) {
      isOpen = false;
      continue;
    }
    if (!isOpen) runs.push([]);
    runs.at(-1)?.push([x, y]);
    isOpen = true;
  }
  return runs;
}

/** So many neighbours in one that a chart of a long run stays small and legible. */
function thinned(points: Chart['points'], summary: Chart['summary']): Chart['points'] {
  const size = Math.ceil(points.length / MOST_POINTS);
  if (size <= 1) return points;
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, i) =>
    points.slice(i * size, (i + 1) * size),
  );
  return groups.map((group) => {
    const values = group.map(([, y]) => y).filter((y) => y !== null);
    const sum = values.reduce((total, y) => total + y, 0);
    const y = summary === 'max' ? Math.max(...values) : summary === 'sum' ? sum : sum / values.length;
    return [group[0]?.[0] ?? 0, values.length === 0 ? null : y];
  });
}

function peakOf(points: [number, number][]): number {
  return Math.max(...points.map(([, y]) => y));
}

/** The next round number, which is the top of the scale. */
function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
