import { mentionedIn, mentionQueryAt, partsOf, suggestionsFor, withMention, type Person } from './mention-text.js';

const person = (displayName: string): Person => ({ userId: displayName, displayName, pictureUrl: null });
const people = ['Ann', 'Ann Lee', 'Łukasz Żak', 'Jörg Ann'].map(person);
const names = (found: Person[]) => found.map(({ displayName }) => displayName);

describe('calling somebody in a message', () => {
  it.each([
    ['@', 1, { start: 0, query: '' }],
    ['hi @an', 6, { start: 3, query: 'an' }],
    ['hi (@ann le', 11, { start: 4, query: 'ann le' }],
    ['hi @an there', 6, { start: 3, query: 'an' }],
  ])('begins with an @ that begins a word: "%s"', (text, caret, query) => {
    expect(mentionQueryAt(text, caret)).toEqual(query);
  });

  it.each([
    ['a@b.c', 5],
    ['hi', 2],
    ['@ ann', 5],
    ['@ann  is', 8],
    ['@ann\n', 5],
  ])('does not begin in "%s"', (text, caret) => {
    expect(mentionQueryAt(text, caret)).toBeNull();
  });

  it('finds people by the beginning of any word of their name, whatever its case and accents', () => {
    expect(names(suggestionsFor('ann', people))).toEqual(['Ann', 'Ann Lee', 'Jörg Ann']);
    expect(names(suggestionsFor('jor', people))).toEqual(['Jörg Ann']);
    expect(names(suggestionsFor('za', people))).toEqual(['Łukasz Żak']);
    expect(names(suggestionsFor('ann lee', people))).toEqual(['Ann Lee']);
    expect(suggestionsFor('nn', people)).toEqual([]);
  });

  it('puts the name in the place of what was typed, with one space after it', () => {
    expect(withMention('hi @an there', { start: 3, query: 'an' }, 'Ann Lee')).toEqual({
      text: 'hi @Ann Lee there',
      caret: 12,
    });
  });

  it('knows whom a text calls, and takes the longest name that fits', () => {
    expect(mentionedIn('@Jörg Ann, hello', people)).toEqual(['Jörg Ann']);
    expect(partsOf('hi @Ann Lee, @Ann and a@b', people)).toEqual([
      { text: 'hi ', person: null },
      { text: '@Ann Lee', person: people[1] },
      { text: ', ', person: null },
      { text: '@Ann', person: people[0] },
      { text: ' and a@b', person: null },
    ]);
    expect(partsOf('', people)).toEqual([]);
  });
});
