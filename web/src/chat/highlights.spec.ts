import { snippetOf } from './highlights.js';

const shown = (text: string, highlights: { start: number; end: number }[]) =>
  snippetOf(text, highlights)
    .map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('');

describe('the snippet of a hit', () => {
  it('is the whole of a short text, with its hits marked', () => {
    expect(
      shown('the cat and the dog', [
        { start: 4, end: 7 },
        { start: 16, end: 19 },
      ]),
    ).toBe('the [cat] and the [dog]');
    expect(shown('no hit', [])).toBe('no hit');
  });

  it('begins at a word before the first hit, and ends before it gets long', () => {
    const text = `${'word '.repeat(50)}needle ${'more '.repeat(60)}`;
    const snippet = shown(text, [{ start: 250, end: 256 }]);
    expect(snippet).toMatch(/^…word .*word \[needle\] more .*…$/);
    expect(snippet.length).toBeLessThan(220);
  });
});
