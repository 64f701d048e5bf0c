import { nextPath } from './next-path.js';

describe('where signing in leads', () => {
  it('leads back to the page that asked for it', () => {
    expect(nextPath(new URLSearchParams({ next: '/r/abc?invite=x' }))).toBe('/r/abc?invite=x');
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''])(
    'leads to the rooms instead of %s',
    (next) => {
      expect(nextPath(new URLSearchParams({ next }))).toBe('/');
    },
  );

  it('leads to the rooms when nothing asked', () => {
    expect(nextPath(new URLSearchParams())).toBe('/');
  });
});
