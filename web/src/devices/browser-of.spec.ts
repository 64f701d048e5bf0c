import { browserOf } from './browser-of.js';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('the browser, for advice on permissions', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
      'chromium',
    ],
    [`${MAC} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, 'chromium'],
    ['Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36', 'android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 'firefox'],
    [`${MAC} Version/26.0 Safari/605.1.15`, 'safari'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/156.0 Mobile/15E148', 'ios'],
    ['Something else', null],
  ])('of "%s" is %s', (userAgent, browser) => {
    expect(browserOf(userAgent, 0)).toBe(browser);
  });

  it('of an iPad, which says that it is a Mac, is told by its screen', () => {
    expect(browserOf(`${MAC} Version/26.0 Safari/605.1.15`, 5)).toBe('ios');
  });
});
