import { AppError } from '../../common/errors/index.js';
import { termsOf } from './query.js';

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
