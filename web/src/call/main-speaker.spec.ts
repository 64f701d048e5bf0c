import { mainSpeaker } from './main-speaker.js';

describe('the person who is shown large', () => {
  it('is the longest-present while nobody has spoken', () => {
    expect(mainSpeaker(null, ['a', 'b'], [])).toBe('a');
  });

  it('is who speaks', () => {
    expect(mainSpeaker('a', ['a', 'b'], ['b'])).toBe('b');
  });

  it('stays while they speak, though somebody else is louder', () => {
    expect(mainSpeaker('a', ['a', 'b'], ['b', 'a'])).toBe('a');
  });

  it('stays in silence', () => {
    expect(mainSpeaker('b', ['a', 'b'], [])).toBe('b');
  });

  it('is never oneself', () => {
    expect(mainSpeaker('b', ['a', 'b'], ['me'])).toBe('b');
  });

  it('is somebody else when they have left, and nobody in an empty room', () => {
    expect(mainSpeaker('gone', ['a'], [])).toBe('a');
    expect(mainSpeaker('gone', [], ['gone'])).toBeNull();
  });
});
