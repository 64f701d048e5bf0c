import { highlightsOf } from './highlights.js';
import { termsOf } from '../../messages/search/query.js';

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
