import { EventBus } from '../../common/events/index.js';
import { defineMetrics } from './catalogue.js';
import type { MetricDescription } from './metric-registry.js';

const HEAD = `# Metrics

At \`http://METRICS_HOST:METRICS_PORT/metrics\` (127.0.0.1:9464 by default), as OpenMetrics 1.0 or Prometheus' text format, whichever is asked for. With
\`METRICS_TOKEN\` set, who reads them sends it as a bearer token. Base units, \`_total\` on counters only, and no label that names a person, a room,
an id or a path: every label has few values, known ahead. A scrape asks no media worker and no database. [Rules, alerts](../deploy/prometheus) and
[dashboards](../deploy/grafana) are built on these names.

This page is written by \`node scripts/metrics-doc.mjs\` from the code that defines the metrics.
`;

const FOOT = `## Of the process

\`process_*\` and \`nodejs_*\` are prom-client's usual metrics of a Node.js process: its CPU, memory, file descriptors, garbage collection and heap.
`;

/** docs/METRICS.md, of the metrics as they are defined. */
export function metricsDocument(): string {
  const unread = (): never => {
    throw new Error('Nothing is scraped for the documents.');
  };
  const { descriptions } = defineMetrics(new EventBus(), {
    presence: { roomCount: 0, totalParticipantCount: 0 },
    sockets: { status: unread },
    media: { status: unread },
    worstRooms: { list: unread },
    eventLoop: { seconds: unread },
    disk: { latest: unread },
  });
  const byType = (type: MetricDescription['type']): MetricDescription[] =>
    descriptions.filter((description) => description.type === type).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    HEAD,
    table('Gauges: what is now', byType('gauge')),
    table('Summaries: quantiles of the last seconds', byType('summary')),
    table('Counters: what happened since the start', byType('counter')),
    table('Histograms: how it is distributed', byType('histogram')),
    bounds(byType('histogram')),
    FOOT,
  ].join('\n');
}

function table(title: string, descriptions: readonly MetricDescription[]): string {
  const rows = descriptions.map(({ name, unit, labels, help, advice }) =>
    row([`\`${name}\``, unit, labelsOf(labels), help, advice]),
  );
  return [
    `## ${title}\n`,
    row(['metric', 'unit', 'labels', 'what it is', 'what to do about it']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
    '',
  ].join('\n');
}

function bounds(histograms: readonly MetricDescription[]): string {
  const rows = histograms.map(({ name, buckets }) => row([`\`${name}\``, buckets.join(' · ')]));
  return ['Upper bounds of their buckets:\n', row(['metric', 'bounds']), row(['---', '---']), ...rows, ''].join('\n');
}

/** More values than these are an enumeration of the protocol's, which has a page of its own. */
const MAX_WRITTEN_VALUES = 14;

function labelsOf(labels: MetricDescription['labels']): string {
  const texts = Object.entries(labels).map(([name, values]) => `\`${name}\`: ${valuesOf(values)}`);
  return texts.length > 0 ? texts.join('; ') : '–';
}

function valuesOf(values: MetricDescription['labels'][string]): string {
  if (typeof values === 'string') return values;
  if (values.length <= MAX_WRITTEN_VALUES) return values.join(', ');
  const written = values.slice(0, 2).join(', ');
  return `${written} … (${values.length} values, of the [protocol](PROTOCOL.md): its requests, or its error codes in lower case)`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
