import type { RunResult } from '../run-result.js';
import { type Chart, chartFigure, stackedBars } from './charts.js';
import { circumstancesOf, factsOf, highest, PHASE_NAMES, type Table, tablesOf, verdictOf } from './contents.js';
import { actualOf, bitrate, clock, count, milliseconds, percent } from './format.js';
import { Markup, markup } from './markup.js';
import { stepsConclusion, stepsTable } from './steps.js';
import { STYLE } from './style.js';

/** A report for a browser: one file that needs no network and no scripts. */
export function htmlReport(result: RunResult): string {
  const facts = factsOf(result).map(
    ({ name, value, more }) =>
      markup`<div class="card fact"><dt>${name}</dt><dd class="value">${value}</dd><dd class="more">${more}</dd></div>`,
  );
  return page(
    result.title,
    markup`<h1>${result.title}</h1>
<p class="soft">${circumstancesOf(result)
      .slice(0, 2)
      .map(([, value]) => value)
      .join(' · ')}</p>
${verdictBox(result)}
<dl class="facts">${facts}</dl>
${result.gate ? markup`<h2>Gate</h2>` : ''}${gateTable(result)}
<h2>Over time</h2>
<div class="charts">${chartsOf(result).map(chartFigure)}</div>
<h2>Where a join spends its time</h2>
<div class="card">${phaseBars(result)}</div>
${tablesOf(result).map(table)}
<h2>How it was measured</h2>
<div class="card"><dl class="around">${circumstancesOf(result).map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>`,
  );
}

/** The findings of a search for the highest load. */
export function htmlSteps(results: readonly RunResult[]): string {
  const title = 'Search for the highest load';
  const last = results.at(-1);
  return page(
    title,
    markup`<h1>${title}</h1>
<p class="soft">${last?.title ?? ''}</p>
<div class="verdict none">${stepsConclusion(results)}</div>
${table(stepsTable(results))}
<h2>Over the load</h2>
<div class="charts">${stepCharts(results).map(chartFigure)}</div>
${results.map((result) => [markup`<h2>${count(result.load.people)} people</h2>`, verdictBox(result), gateTable(result)])}
${last ? markup`<h2>How it was measured</h2><div class="card"><dl class="around">${circumstancesOf(last).map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>` : ''}`,
  );
}

function page(title: string, body: Markup): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`.text;
}

function verdictBox(result: RunResult): Markup {
  const { passed, sentence, warnings } = verdictOf(result);
  const [kind, word] = passed === null ? ['none', 'Done'] : passed ? ['passed', 'PASSED'] : ['failed', 'FAILED'];
  return markup`<div class="verdict ${kind}"><b>${word}</b>${sentence}</div>${warnings.map((warning) => markup`<div class="warning">${warning}</div>`)}`;
}

function gateTable({ gate }: RunResult): Markup {
  if (!gate) return markup``;
  const rows = gate.rules.map(
    (rule) =>
      markup`<tr><td>${rule.rule}</td><td>${actualOf(rule)}</td><td class="${rule.passed ? 'kept' : 'broken'}">${rule.passed ? 'kept' : 'broken'}</td></tr>`,
  );
  return markup`<div class="card scroll fit"><table><thead><tr><th>rule</th><th>measured</th><th></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function table({ title, head, rows }: Table): Markup {
  return markup`<h2>${title}</h2><div class="card scroll" tabindex="0"><table><thead><tr>${head.map((cell) => markup`<th>${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

function chartsOf({ timeline }: RunResult): Chart[] {
  const overTime = (
    title: string,
    kind: Chart['kind'],
    summary: Chart['summary'],
    of: (point: RunResult['timeline'][number]) => number | null,
    formatY: Chart['formatY'],
  ): Chart => ({
    title,
    kind,
    summary,
    points: timeline.map((point) => [point.second, of(point)]),
    formatX: clock,
    formatY,
  });
  return [
    overTime('People', 'line', 'max', (point) => point.people, count),
    overTime('Join failures', 'bars', 'sum', (point) => point.joinFailures, count),
    overTime('Latency p99', 'line', 'max', (point) => point.latencyP99Ms, milliseconds),
    overTime('Loss', 'line', 'max', (point) => point.lossRatio, percent),
    overTime('Received', 'line', 'mean', (point) => point.receivedBps, bitrate),
    overTime('Freezes', 'bars', 'sum', (point) => point.freezes, count),
    overTime('Server: CPU of all workers', 'line', 'max', (point) => point.workerCpuRatio, percent),
    overTime('Tester: CPU of its busiest process', 'line', 'max', (point) => point.testerCpuRatio, percent),
  ];
}

function stepCharts(results: readonly RunResult[]): Chart[] {
  const ofFigure = (title: string, of: (result: RunResult) => number | null, formatY: Chart['formatY']): Chart => ({
    title,
    kind: 'line',
    summary: 'max',
    points: results
      .map((result): [number, number | null] => [result.load.people, of(result)])
      .sort(([a], [b]) => a - b),
    formatX: (people) => `${count(people)} people`,
    formatY,
  });
  return [
    ofFigure('First frame p95', ({ joins }) => joins.phases.total.p95, milliseconds),
    ofFigure('Latency p99 of video', ({ media }) => media.video.latencyMs.p99, milliseconds),
    ofFigure('Loss of video', ({ media }) => media.video.lossRatio, percent),
    ofFigure('Busiest worker', ({ serverSide }) => highest(...(serverSide?.workerCpuRatios ?? [])), percent),
  ];
}

function phaseBars({ joins: { phases } }: RunResult): Markup {
  const { total, ...parts } = phases;
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const bars = (['p50', 'p95', 'p99'] as const).map((quantile) => ({
    name: quantile,
    whole: milliseconds(total[quantile]),
    parts: names.map((name) => {
      const value = parts[name][quantile];
      return { name: PHASE_NAMES[name], value: value ?? 0, text: milliseconds(value) };
    }),
  }));
  if (total.count === 0) return markup`<p class="soft">not measured</p>`;
  return markup`${stackedBars('Join phases', bars)}
<p class="soft">The figures to the right are of whole joins. Each part is a quantile of its own, and those need not add up to the quantile of the whole.</p>`;
}
