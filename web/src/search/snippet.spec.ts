import { snippetOf } from './snippet.js';

const marked = (text: string, ranges: { start: number; end: number }[]) =>
  snippetOf(text, ranges)
    .map(({ text: piece, found }) => (found ? `[${piece}]` : piece))
    .join('');

describe('what is shown of a message that was found', () => {
  it('is all of a short one, with what was found marked', () => {
    expect(
      marked('the plan of the plans', [
        { start: 4, end: 8 },
        { start: 16, end: 20 },
      ]),
    ).toBe('the [plan] of the [plan]s');
  });

  it('is the whole text when nothing is marked, as of a file that was found by its name', () => {
    expect(marked('nothing', [])).toBe('nothing');
    expect(marked('', [])).toBe('');
  });

  it('begins shortly before the find in a long one, at a word, and says that more is before and after', () => {
    const text = `${'word '.repeat(100)}needle ${'word '.repeat(100)}`;
    const shown = marked(text, [{ start: 500, end: 506 }]);
    expect(shown).toMatch(/^…word .*\[needle\] word .*…$/);
    expect(shown.length).toBeLessThan(340);
  });

  it('does not cut an emoji in two', () => {
    const text = `${'🙂'.repeat(200)}needle`;
    const shown = snippetOf(text, [{ start: 401, end: 406 }]);
    expect(shown[1]?.text.isWellFormed()).toBe(true);
  });
});
