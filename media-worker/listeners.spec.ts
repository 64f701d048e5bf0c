import { EventEmitter, once } from 'node:events';
import { tellEach } from './listeners.js';

describe('a listener that fails', () => {
  const emitter = new EventEmitter();
  const failed: [unknown, string][] = [];
  const settings = { onError: (...report: [unknown, string]) => failed.push(report) };

  function tell(...args: unknown[]): void {
    tellEach(emitter.rawListeners('fact'), args, 'fact', settings);
  }

  afterEach(() => {
    emitter.removeAllListeners();
    failed.length = 0;
  });

  it('by throwing does not keep the fact from the others, nor throw at the teller', () => {
    const heard: unknown[] = [];
    emitter.on('fact', () => {
      throw new Error('of the first');
    });
    emitter.on('fact', (fact) => heard.push(fact));
    tell('it rains');
    expect(heard).toEqual(['it rains']);
    expect(failed).toEqual([[new Error('of the first'), 'listener of fact']]);
  });

  it('by a promise is heard of too', async () => {
    tellEach([() => Promise.reject(new Error('later'))], [], 'fact', settings);
    await new Promise((resolve) => setImmediate(resolve));
    expect(failed).toEqual([[new Error('later'), 'listener of fact']]);
  });

  it('does not change that one who listens once hears once', async () => {
    const heard = once(emitter, 'fact');
    tell(1);
    tell(2);
    await expect(heard).resolves.toEqual([1]);
    expect(emitter.listenerCount('fact')).toBe(0);
  });
});
