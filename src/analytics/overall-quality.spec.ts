import type { Quality } from '@minimeet/protocol';
import { noSamples, overallQuality } from './overall-quality.js';

describe('the quality of a whole stay', () => {
  it.each<[string, Partial<Record<Quality, number>>, Quality | null]>([
    ['nothing is known', {}, null],
    ['one sample decides alone', { poor: 1 }, 'poor'],
    ['all is good', { good: 360 }, 'good'],
    ['a bad moment does not spoil an hour', { good: 330, bad: 30 }, 'good'],
    ['a bad tenth does', { good: 324, bad: 36 }, 'bad'],
    ['what is worse counts as not better either', { good: 90, fair: 4, poor: 3, bad: 3 }, 'fair'],
    ['five poor and five bad of a hundred are a poor tenth', { good: 90, poor: 5, bad: 5 }, 'poor'],
    ['all is bad', { bad: 3 }, 'bad'],
  ])('%s', (_what, counts, expected) => {
    expect(overallQuality({ ...noSamples(), ...counts })).toBe(expected);
  });
});
