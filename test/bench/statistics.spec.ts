import { median, percentile, slope } from './statistics.js';

it('percentiles are samples (nearest rank)', () => {
  const samples = [5, 1, 4, 2, 3];
  expect([median(samples), percentile(samples, 0.95), percentile(samples, 0.2)]).toEqual([3, 5, 1]);
  expect(() => percentile([], 0.5)).toThrow();
});

it('the slope of a line with noise around it is the slope of the line', () => {
  expect(
    slope([
      [0, 12],
      [0, 8],
      [50, 158],
      [50, 162],
      [100, 310],
    ]),
  ).toBeCloseTo(3, 1);
});
