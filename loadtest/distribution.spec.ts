import { type Distribution, DistributionBuilder, type DistributionJson } from './distribution.js';

/** Repeatable numbers in 0..1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SHAPES: Record<string, (random: () => number) => number> = {
  uniform: (random) => random() * 1000,
  exponential: (random) => -Math.log(1 - random()) * 20,
  'over twenty orders of magnitude': (random) => 10 ** (random() * 20 - 8),
  'two far humps': (random) => (random() < 0.9 ? 5 + random() : 4000 + random() * 100),
  'mostly zero': (random) => (random() < 0.8 ? 0 : random() * 3),
  'whole numbers with ties': (random) => Math.floor(random() * 4),
};

function exactQuantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Finds the figures further from the exact ones than promised; empty when all is well. */
function wrongIn(summary: Distribution, values: readonly number[]): string[] {
  const sorted = [...values].sort((a, b) => a - b);
  const exact = {
    min: sorted[0] ?? NaN,
    p50: exactQuantile(sorted, 0.5),
    p95: exactQuantile(sorted, 0.95),
    p99: exactQuantile(sorted, 0.99),
    max: sorted.at(-1) ?? NaN,
    mean: values.reduce((sum, value) => sum + value / values.length, 0),
  };
  const allowed = { min: 0, p50: 0.01, p95: 0.01, p99: 0.01, max: 0, mean: 1e-6 };
  return (Object.keys(exact) as (keyof typeof exact)[])
    .filter((name) => !(Math.abs((summary[name] ?? NaN) - exact[name]) <= allowed[name] * exact[name]))
    .map((name) => `${name} is ${summary[name]} instead of ${exact[name]} of ${values.length}`);
}

function sample(shape: (random: () => number) => number, seed: number): number[] {
  const random = randomNumbers(seed);
  const length = 1 + Math.floor(random() ** 3 * 5000);
  return Array.from({ length }, () => shape(random));
}

function builderOf(values: readonly number[]): DistributionBuilder {
  const builder = new DistributionBuilder();
  for (const value of values) builder.add(value);
  return builder;
}

describe.each(Object.entries(SHAPES))('a distribution of values that are %s', (_name, shape) => {
  it('has quantiles within 1 % of the exact ones, whatever the size', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const values = sample(shape, seed);
      expect(wrongIn(builderOf(values).summary(), values)).toEqual([]);
    }
  });

  it('is the same when it was counted in parts that went through JSON', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const [first, second] = [sample(shape, seed), sample(shape, seed + 1000)];
      const whole = builderOf([...first, ...second]).summary();
      const sent = JSON.parse(JSON.stringify(builderOf(second))) as DistributionJson;
      const merged = builderOf(first).merge(sent).summary();
      expect({ ...merged, mean: null }).toEqual({ ...whole, mean: null });
      expect(merged.mean).toBeCloseTo(whole.mean ?? NaN, 6 - Math.ceil(Math.log10((whole.mean ?? 0) + 1)));
      expect(builderOf(first).merge(builderOf(second)).summary()).toEqual(merged);
      expect(DistributionBuilder.fromJSON(sent).summary()).toEqual(builderOf(second).summary());
    }
  });
});

it('is empty before the first value, also after a merge with another empty one', () => {
  const empty = { count: 0, min: null, mean: null, p50: null, p95: null, p99: null, max: null };
  expect(new DistributionBuilder().summary()).toEqual(empty);
  const sent = JSON.parse(JSON.stringify(new DistributionBuilder())) as DistributionJson;
  expect(new DistributionBuilder().merge(sent).summary()).toEqual(empty);
});

it('takes zero, the smallest and the largest numbers there are', () => {
  expect(builderOf([0, 0, 0]).summary()).toEqual({ count: 3, min: 0, mean: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  const huge = builderOf([Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE]).summary();
  expect(huge).toMatchObject({ p50: Number.MAX_VALUE, mean: Number.MAX_VALUE, max: Number.MAX_VALUE });
  const mixed = builderOf([0, Number.MIN_VALUE, 1, Number.MAX_VALUE]).summary();
  expect(mixed).toMatchObject({ count: 4, min: 0, max: Number.MAX_VALUE, p99: Number.MAX_VALUE });
  expect(mixed.p50).toBeLessThanOrEqual(1e-9);
});

it.each([-1, NaN, Infinity, -Infinity])('refuses %d', (value) => {
  const builder = new DistributionBuilder();
  expect(() => builder.add(value)).toThrow(RangeError);
  expect(builder.summary().count).toBe(0);
});

it('stays small however many values come', () => {
  const random = randomNumbers(7);
  const builder = new DistributionBuilder();
  for (let i = 0; i < 200_000; i++) builder.add(0.1 + random() * 100_000);
  expect(builder.toJSON().buckets.length).toBeLessThan(1500);
});
