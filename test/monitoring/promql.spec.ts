import { metricsOf, seriesOf, unknownMetrics } from './promql.js';

describe('the metrics of an expression', () => {
  it.each([
    ['minimeet_rooms', ['minimeet_rooms']],
    ['up{job="minimeet"} == 0', ['up']],
    ['sum by (job, le) (rate(a_bucket{le="0.5",x=~"b_total|c"}[5m])) / 2', ['a_bucket']],
    ['absent(a{x="y"}) unless on () (up == 0)', ['a', 'up']],
    ['instance:a:ratio10m < 0.95 and instance:b:increase10m >= 5e3', ['instance:a:ratio10m', 'instance:b:increase10m']],
    ['predict_linear(a[6h], 24 * 3600) < 0', ['a']],
    ['max(a) without (x) or -b', ['a', 'b']],
  ])('%s', (promql, metrics) => {
    expect(metricsOf(promql)).toEqual(metrics);
  });
});

describe('metrics that nobody offers', () => {
  const known = seriesOf('# HELP a b\n# TYPE a histogram\n# TYPE c_total counter\n# TYPE d counter\n# TYPE e gauge\n');

  it('are found', () => {
    expect(unknownMetrics(['rate(c_total[5m]) / minimeet_invented_total', 'e_bucket'], known)).toEqual([
      'minimeet_invented_total',
      'e_bucket',
    ]);
  });

  it('are not those of a histogram, a counter or a gauge that exist', () => {
    expect(unknownMetrics(['a_bucket + a_sum / a_count', 'c_total', 'd_total', 'e'], known)).toEqual([]);
  });
});
