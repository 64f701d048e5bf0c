import { AppError } from '../../common/errors/index.js';
import { highlightsOf } from './highlights.js';
import { indexText } from '../../messages/search/index-text.js';
import { termsOf } from '../../messages/search/query.js';
import { Scorer } from '../../messages/search/ranking.js';

const owner = { roomId: '0197a1b2-0000-7000-8000-000000000001', senderId: null, sentAt: new Date() };
const score = (text: string, query: string) => new Scorer(termsOf(query)).score(indexText('room', owner, text) ?? '');
const marked = (text: string, query: string) =>
  highlightsOf(text, termsOf(query)).map(({ start, end }) => text.slice(start, end));

describe('highlights', () => {
  it.each([
    ['Hello world', 'world hello', ['Hello', 'world']],
    ['Hello world', 'wor', ['wor']],
    ['Hello world', 'hel world', ['world']],
    ['worlds world', 'world', ['world', 'world']],
    ['a Straße', 'stras', ['Straß']],
    ['a Straße', 'strasse', ['Straße']],
    ['STRASSE', 'straße', ['STRASSE']],
    ['Zażółć gęślą', 'zazolc gesla', ['Zażółć', 'gęślą']],
    ['Zażo\u0301łć', 'ZAŻÓ', ['Zażo\u0301']],
    ['👩‍💻 naïve 👍🏽', 'naive 👍', ['naïve', '👍🏽']],
    ['今日は東京都に行く', '東京', ['東京']],
    ['東京と京都', '京', ['京', '京']],
    ['東京都', '東京 京都', ['東京都']],
    ['한글을 좋아해요', '한글', ['한글']],
    ['ﬁnally', 'fi', ['ﬁ']],
    ['"quoted" *word*', '"quoted* word"', ['quoted', 'word']],
  ])('of %j for %j are %j', (text, query, parts) => {
    expect(marked(text, query)).toEqual(parts);
  });

  it('are sorted, without overlap and inside the text', () => {
    const text = 'ana banana ßßß 東京東京東京 👍🏽👍 ana';
    for (const query of ['ana an', 'a', 'ß', '東京 京東 東', '👍 ana', 'banana ana b']) {
      let end = 0;
      for (const range of highlightsOf(text, termsOf(query))) {
        expect(range.start).toBeGreaterThanOrEqual(end);
        expect(range.end).toBeGreaterThan(range.start);
        ({ end } = range);
      }
      expect(end).toBeGreaterThan(0);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  });
});

describe('a query', () => {
  it.each(['', ' ', '***', '"" () ^ :', '\u0000', '\ud83d'])('without a word is refused: %j', (query) => {
    expect(() => termsOf(query)).toThrow(expect.objectContaining({ code: 'INVALID_PAYLOAD' }) as AppError);
  });

  it('of more than 20 different words is refused; repeating them is none', () => {
    const words = Array.from({ length: 21 }, (_, i) => `word${i}`);
    expect(() => termsOf(words.join(' '))).toThrow(AppError);
    expect(termsOf(`${'same '.repeat(30)}end`)).toHaveLength(2);
  });
});

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
