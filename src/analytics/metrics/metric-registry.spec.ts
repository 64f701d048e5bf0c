import { MetricRegistry } from './metric-registry.js';

const WORDS = { help: 'Help.', unit: 'things', advice: 'Nothing.' };

describe('the metrics', () => {
  it('of a collector that fails are missing, told, and the others are there; when it works again, so are they', async () => {
    const metrics = new MetricRegistry();
    const broken = metrics.gauge({ ...WORDS, name: 'minimeet_broken' });
    const whole = metrics.gauge({ ...WORDS, name: 'minimeet_whole' });
    let isBroken = true;
    metrics.collect([broken], () => {
      broken.set(1);
      if (isBroken) throw new Error('no');
    });
    metrics.collect([whole], () => whole.set(2));
    const failed: string[] = [];
    const read = async (): Promise<Record<string, number | undefined>> =>
      Object.fromEntries(
        (await metrics.read((names, error) => failed.push(`${names.join()}: ${String(error)}`))).map(
          ({ name, values }) => [name, values[0]?.value],
        ),
      );

    expect(await read()).toEqual({ minimeet_collector_failures_total: 1, minimeet_whole: 2 });
    expect(failed).toEqual(['minimeet_broken: Error: no']);
    isBroken = false;
    expect(await read()).toEqual({ minimeet_collector_failures_total: 1, minimeet_broken: 1, minimeet_whole: 2 });
  });

  it('that a collector does not set any more are gone', async () => {
    const metrics = new MetricRegistry();
    const gauge = metrics.gauge({ ...WORDS, name: 'minimeet_rank', labels: { rank: ['1', '2'] } });
    let ranks = ['1', '2'];
    metrics.collect([gauge], () => ranks.forEach((rank) => gauge.set({ rank }, 7)));
    const series = async (): Promise<unknown[]> =>
      (await metrics.read(() => undefined)).find(({ name }) => name === 'minimeet_rank')?.values.map((v) => v.labels) ??
      [];
    expect(await series()).toEqual([{ rank: '1' }, { rank: '2' }]);
    ranks = ['1'];
    expect(await series()).toEqual([{ rank: '1' }]);
  });
});
