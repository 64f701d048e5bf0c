import { safeUrl } from './light-markdown.js';

describe('an address in a chat', () => {
  it.each(['https://a.example/x?y#z', 'HTTP://a.example', 'mailto:ann@example.org'])('leads somewhere: %s', (url) => {
    expect(safeUrl(url)).toBe(url);
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '//a.example',
    '/r/room',
    'file:///x',
    '',
  ])('does not: "%s"', (url) => {
    expect(safeUrl(url)).toBeNull();
  });
});
