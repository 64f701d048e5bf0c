import type { Family } from './metric-registry.js';

export type ExpositionFormat = 'openmetrics' | 'text';

export const CONTENT_TYPES: Record<ExpositionFormat, string> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

/**
 * OpenMetrics 1.0 for clients that say they accept it, Prometheus' text format 0.0.4 for all others (curl, browsers).
 */
export function formatFor(accept: string | undefined): ExpositionFormat {
  return accept?.includes('application/openmetrics-text') ? 'openmetrics' : 'text';
}

type Value = Family['values'][number];

/**
 * The text of a scrape. prom-client writes one format for a registry, and renames its counters to write the other, so
 * the two cannot be asked for by turns. They differ little: in OpenMetrics the counter's family has no `_total`, bounds
 * are floats, and there is an end.
 */
export function expose(families: readonly Family[], format: ExpositionFormat): string {
  const lines = families.flatMap((family) => [
    ...head(family, format),
    ...family.values.map((value) => sample(family, value, format)),
  ]);
  return [...lines, ...(format === 'openmetrics' ? ['# EOF'] : []), ''].join('\n');
}

function head({ name, help, type }: Family, format: ExpositionFormat): string[] {
  const family = format === 'openmetrics' && type === 'counter' ? name.replace(/_total$/, '') : name;
  const escaped = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return [
    `# HELP ${family} ${format === 'openmetrics' ? escaped.replaceAll('"', '\\"') : escaped}`,
    `# TYPE ${family} ${type}`,
  ];
}

function sample({ name }: Family, sampled: Value, format: ExpositionFormat): string {
  const { labels, value } = sampled;
  const metricName = 'metricName' in sampled ? (sampled.metricName ?? name) : name;
  const written = Object.entries(labels).map(([label, content]) => `${label}="${labelValue(label, content, format)}"`);
  return `${metricName}${written.length > 0 ? `{${written.join(',')}}` : ''} ${number(value)}`;
}

function labelValue(label: string, content: string | number | undefined, format: ExpositionFormat): string {
  const isBound = format === 'openmetrics' && label === 'le' && typeof content === 'number';
  if (isBound) return Number.isInteger(content) ? `${content}.0` : number(content);
  return String(content).replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
