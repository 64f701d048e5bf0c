import { indexedTerm } from './database-search.js';
import { indexText } from './index-text.js';
import { termsOf } from './query.js';
import { Scorer } from './ranking.js';

const owner = { roomId: '0197a1b2-0000-7000-8000-000000000001', senderId: null, sentAt: new Date() };
const score = (text: string, query: string) =>
  new Scorer(termsOf(query).map(indexedTerm)).score(indexText('room', owner, text) ?? '');

describe('how well a message fits', () => {
  it('is nothing unless every word is there', () => {
    expect(score('alpha beta', 'alpha gamma')).toBeNull();
    expect(score('alphabet beta', 'alpha beta')).toBeNull();
    expect(score('alpha betamax', 'alpha beta')).toBeGreaterThan(0);
  });

  it('is nothing for a run whose parts are elsewhere', () => {
    expect(score('東京と京都', '東京都')).toBeNull();
    expect(score('東京都', '東京都')).toBeGreaterThan(0);
    expect(score('東京 京都', '東京都')).toBeNull();
  });

  it.each([
    ['a whole word than the beginning of one', 'plan', 'the plan', 'the planet'],
    ['more of a word than one of it', 'plan', 'plan after plan after plan', 'plan after this after that'],
    ['a short message than a long one', 'plan', 'a plan', `a plan ${'and more '.repeat(30)}`],
    ['words side by side than words far apart', 'red plan', 'one red plan of many', 'red of many one plan'],
  ])('is better for %s', (_what, query, better, worse) => {
    expect(score(better, query)).toBeGreaterThan(score(worse, query) ?? Infinity);
  });
});
