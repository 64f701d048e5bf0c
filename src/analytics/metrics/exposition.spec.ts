import { expose, formatFor } from './exposition.js';
import { MetricRegistry } from './metric-registry.js';

const WORDS = { unit: 'things', advice: 'Nothing.' };

function registry(): MetricRegistry {
  const metrics = new MetricRegistry();
  metrics
    .gauge({ ...WORDS, name: 'minimeet_odd', help: 'A "quoted" \\ help\nof two lines.', labels: { of: 'anything' } })
    .set({ of: 'a\\b"c\nd' }, NaN);
  const histogram = metrics.histogram({ ...WORDS, name: 'minimeet_wait_seconds', help: 'Waiting.', buckets: [0.5, 1] });
  histogram.observe(0.7);
  metrics.counter({ ...WORDS, name: 'minimeet_done_total', help: 'Done.', labels: { how: ['well', 'badly'] } });
  return metrics;
}

async function text(format: 'openmetrics' | 'text'): Promise<string> {
  const families = await registry().read((names, error) => {
    throw new Error(names.join(), { cause: error });
  });
  return expose(
    families.filter(({ name }) => name !== 'minimeet_collector_failures_total'),
    format,
  );
}

describe('the exposition', () => {
  it('in Prometheus’ text format', async () => {
    expect(await text('text')).toBe(
      [
        '# HELP minimeet_odd A "quoted" \\\\ help\\nof two lines.',
        '# TYPE minimeet_odd gauge',
        'minimeet_odd{of="a\\\\b\\"c\\nd"} NaN',
        '# HELP minimeet_wait_seconds Waiting.',
        '# TYPE minimeet_wait_seconds histogram',
        'minimeet_wait_seconds_bucket{le="0.5"} 0',
        'minimeet_wait_seconds_bucket{le="1"} 1',
        'minimeet_wait_seconds_bucket{le="+Inf"} 1',
        'minimeet_wait_seconds_sum 0.7',
        'minimeet_wait_seconds_count 1',
        '# HELP minimeet_done_total Done.',
        '# TYPE minimeet_done_total counter',
        'minimeet_done_total{how="well"} 0',
        'minimeet_done_total{how="badly"} 0',
        '',
      ].join('\n'),
    );
  });

  it('in OpenMetrics', async () => {
    const openMetrics = await text('openmetrics');
    expect(openMetrics).toContain('# HELP minimeet_odd A \\"quoted\\" \\\\ help\\nof two lines.\n');
    expect(openMetrics).toContain('minimeet_wait_seconds_bucket{le="1.0"} 1\n');
    expect(openMetrics).toContain('# TYPE minimeet_done counter\nminimeet_done_total{how="well"} 0\n');
    expect(openMetrics.endsWith('\n# EOF\n')).toBe(true);
  });

  it.each([
    [undefined, 'text'],
    ['*/*', 'text'],
    ['text/plain;version=0.0.4', 'text'],
    ['application/openmetrics-text; version=1.0.0,text/plain;q=0.5', 'openmetrics'],
  ])('for who accepts %s is in the format %s', (accept, format) => {
    expect(formatFor(accept)).toBe(format);
  });
});
