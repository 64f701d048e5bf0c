import { addTo, type Histogram, percentile } from './percentile.js';

const of = (...values: number[]): Histogram => {
  const histogram: Histogram = new Map();
  for (const value of values) addTo(histogram, value, 1);
  return histogram;
};

describe('a percentile', () => {
  it.each<[number[], number, number | null]>([
    [[], 0.5, null],
    [[7], 0.5, 7],
    [[7], 0.95, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 2, 3], 0.5, 2],
    [[1, 1, 1, 1, 1, 1, 1, 1, 1, 9], 0.95, 9],
    [Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(percentile(of(...values), share)).toBe(expected);
  });
});
