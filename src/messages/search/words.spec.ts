import { indexText } from './index-text.js';
import { wordsOf } from './words.js';

const folded = (text: string) => wordsOf(text).map((word) => word.folded);

describe('the words of a text', () => {
  it.each([
    ['Hello, WORLD!', ['hello', 'world']],
    ['snake_case kebab-case a.b@c.org', ['snake', 'case', 'kebab', 'case', 'a', 'b', 'c', 'org']],
    ['Zażółć GĘŚLĄ jaźń', ['zazolc', 'gesla', 'jazn']],
    ['Straße STRASSE Strasse', ['strasse', 'strasse', 'strasse']],
    ['naïve naïve NAIVE', ['naive', 'naive', 'naive']],
    ['Ångström øre Þór ẞ', ['angstrom', 'ore', 'thor', 'ss']],
    ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
    ['Москва МОСКВА́', ['москва', 'москва']],
    ['İstanbul ISTANBUL ıstanbul', ['istanbul', 'istanbul', 'istanbul']],
    ['ﬁne ｆｕｌｌ　ｗｉｄｔｈ', ['fine', 'full', 'width']],
    ['हिन्दी', ['हिन्दी']],
    ['مُحَمَّد محمد', ['محمد', 'محمد']],
    ['iPhone東京 2026年', ['iphone', '東京', '2026', '年']],
    ['が か\u3099', ['が', 'が']],
    ['한글 한글', ['한글', '한글']],
    ['👍🏽👍 ok❤️❤', ['👍', '👍', 'ok', '❤', '❤']],
    ['👩‍💻 🇵🇱 1️⃣', ['👩‍💻', '🇵🇱', '1']],
    ['\ud83d \u0000a\u0001 \udc4d', ['a']],
    ['"*^(:-)~ ', []],
    ['', []],
  ])('%j are %j', (text, words) => {
    expect(folded(text)).toEqual(words);
  });

  it('stand where they say, whatever letters they are made of', () => {
    for (const text of texts(2_000)) {
      let end = 0;
      for (const word of wordsOf(text)) {
        expect(word.start).toBeGreaterThanOrEqual(end);
        expect(word.end).toBeGreaterThan(word.start);
        expect(folded(text.slice(word.start, word.end)).join('')).toContain(word.folded);
        for (const part of word.parts ?? []) expect(part.start).toBeGreaterThanOrEqual(word.start);
        ({ end } = word);
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }
  });
});

describe('what the index holds of a text', () => {
  const owner = {
    roomId: '0197a1b2-0000-7000-8000-000000000001',
    senderId: '0197a1b2-0000-7000-8000-0000000000ff',
    sentAt: new Date('2026-11-26T12:00:00Z'),
  };

  it('is made of letters that no database takes for anything else, in words that its index takes', () => {
    for (const text of texts(2_000)) {
      const indexed = indexText('room', owner, text);
      if (indexed === null) expect(wordsOf(text)).toEqual([]);
      else expect(indexed).toMatch(/^[a-z0-9_]{9,78}( [a-z0-9_]{9,78})*$/);
    }
  });

  it('fits into its column, however long and foreign the text is', () => {
    for (const sign of ['東', '\ud55c', '👩‍💻', 'ж ', 'a '])
      expect(indexText('room', owner, sign.repeat(4_000))?.length).toBeLessThanOrEqual(65_535);
    const all = Array.from({ length: 4_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    expect(indexText('room', owner, all)?.length).toBeLessThanOrEqual(65_535);
  });

  it('is nothing for a text without words', () => {
    expect(indexText('room', owner, '?! …')).toBeNull();
    expect(indexText('room', owner, null)).toBeNull();
  });
});

/** Texts of letters, marks, signs, emoji and broken characters in any order; the same in every run. */
function texts(count: number): string[] {
  const pieces = [
    ...'aZß ąŁ.-_"*\u0000\u0301\u0323\u3099',
    ...['東京', 'が', 'か\u3099', '한', '\u1112\u1161\u11ab', 'ก็', 'İ', 'ﬃ', '½', 'ᾳ', 'Ǆ'],
    ...['👍🏽', '👩‍💻', '🇵🇱', '1️⃣', '❤', '\ud83d', '\udc4d', '\ufe0f', '\u200d', 'ع\u064f', 'कि'],
  ];
  let state = 1;
  const next = (end: number) => (state = (state * 48_271) % 2_147_483_647) % end;
  return Array.from({ length: count }, () =>
    Array.from({ length: next(12) }, () => pieces[next(pieces.length)] ?? '').join(''),
  );
}
