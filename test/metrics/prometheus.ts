import { MetricsServer } from '../../src/analytics/metrics/metrics.server.js';
import type { RunningServer } from '../support/server.js';

/** One series of a scrape. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export function metricsUrl({ app }: RunningServer): string {
  return app.get(MetricsServer, { strict: false }).url;
}

export async function scrape(server: RunningServer, headers: Record<string, string> = {}): Promise<Sample[]> {
  const response = await fetch(metricsUrl(server), { headers });
  if (!response.ok) throw new Error(`The metrics answer ${response.status}.`);
  return parse(await response.text());
}

/** The samples of Prometheus' text format 0.0.4. @throws Error for a line that is none. */
function parse(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(`This is no sample: ${line}`);
      const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/g)];
      const entries = pairs.map(([, key = '', content = '']): [string, string] => [key, content]);
      return {
        name,
        labels: Object.fromEntries(entries),
        value: Number(value),
      };
    });
}

/** The sum of all series of a name that have these labels; `undefined` when there are none. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const fitting = samples.filter(
    (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  return fitting.length === 0 ? undefined : fitting.reduce((sum, { value }) => sum + value, 0);
}
