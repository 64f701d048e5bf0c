import { bearerToken } from './access-tokens.js';

const tokenOf = (authorization?: string) => bearerToken({ headers: { authorization } });

describe('the token of a header', () => {
  it.each(['Bearer a.b-c_d', 'bearer a.b-c_d', 'BEARER \t a.b-c_d'])('is read from %j', (header) => {
    expect(tokenOf(header)).toBe('a.b-c_d');
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic a.b', 'Bearera.b', 'Bearer a.b c', 'x Bearer a.b'])(
    'is not there in %j',
    (header) => {
      expect(tokenOf(header)).toBeNull();
    },
  );

  it.each([
    ['letters', 'x'.repeat(100_000)],
    ['white space', `Bearer${' '.repeat(100_000)}`],
    ['words', 'Bearer '.repeat(15_000)],
  ])('is looked for without delay in very many %s', (_what, header) => {
    const startedAtMs = performance.now();
    expect(tokenOf(header)).toBeNull();
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });
});
