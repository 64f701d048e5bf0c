import { speakingOrder } from './speaking-order.js';

describe('the order of people', () => {
  it('is the order of joining while everybody on the first page can be seen speaking', () => {
    expect(speakingOrder([], ['a', 'b', 'c', 'd'], ['b'], 2)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('swaps a speaker from a later page with the last silent person of the first', () => {
    expect(speakingOrder(['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], ['d'], 2)).toEqual(['a', 'd', 'c', 'b']);
  });

  it('does not push out somebody who speaks as well', () => {
    expect(speakingOrder(['a', 'b', 'c'], ['a', 'b', 'c'], ['c', 'b'], 2)).toEqual(['c', 'b', 'a']);
  });

  it('leaves people where they are when the speaker falls silent', () => {
    expect(speakingOrder(['a', 'd', 'c', 'b'], ['a', 'b', 'c', 'd'], [], 2)).toEqual(['a', 'd', 'c', 'b']);
  });

  it('closes the gap of who left and appends who joined', () => {
    expect(speakingOrder(['a', 'b', 'c'], ['a', 'c', 'e'], [], 2)).toEqual(['a', 'c', 'e']);
  });

  it('ignores speakers who are not there', () => {
    expect(speakingOrder(['a', 'b'], ['a', 'b'], ['gone'], 1)).toEqual(['a', 'b']);
  });
});
