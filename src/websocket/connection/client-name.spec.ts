import { LIMITS } from '@minimeet/protocol';
import { clientName } from './client-name.js';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

describe('the name of a client', () => {
  it.each([
    ['web', CHROME, 'web, Chrome 156 on Linux'],
    ['web', SAFARI, 'web, Safari 18 on iOS'],
    [undefined, CHROME, 'Chrome 156 on Linux'],
    ['loadtest', 'node-XMLHttpRequest', 'loadtest'],
    ['loadtest', undefined, 'loadtest'],
    ['sdk', '<script>alert(1)</script>/5', 'sdk'],
    [undefined, undefined, null],
    [undefined, '', null],
  ])('%s with the User-Agent %s', (word, userAgent, name) => {
    expect(clientName(word, userAgent)).toBe(name);
  });

  it('never gets longer than its column', () => {
    const name = clientName('w'.repeat(LIMITS.clientLength), CHROME.replace('Linux', 'Linux'.repeat(10_000)));
    expect(name?.length).toBeLessThanOrEqual(128);
  });

  it.each([[null], [7], [''], [['web']], ['w'.repeat(LIMITS.clientLength + 1)], ['web\n'], ['a\u0000'], ['\u202eweb']])(
    'is refused when the client calls itself %j',
    (word) => {
      expect(() => clientName(word, CHROME)).toThrow('printable characters');
    },
  );
});
