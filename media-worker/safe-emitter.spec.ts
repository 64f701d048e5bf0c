import { once } from 'node:events';
import { SafeEmitter } from './safe-emitter.js';

class Teller extends SafeEmitter<{ fact: [unknown] }> {
  say(fact: unknown): void {
    this.tell('fact', fact);
  }
}

describe('a listener that fails', () => {
  let failed: [unknown, string][];
  let teller: Teller;

  beforeEach(() => {
    failed = [];
    teller = new Teller({ onError: (...report) => failed.push(report) });
  });

  it('by throwing does not keep the fact from the others, nor throw at the teller', () => {
    const heard: unknown[] = [];
    teller.on('fact', () => {
      throw new Error('of the first');
    });
    teller.on('fact', (fact) => heard.push(fact));
    teller.say('it rains');
    expect(heard).toEqual(['it rains']);
    expect(failed).toEqual([[new Error('of the first'), 'listener of fact']]);
  });

  it('by a promise is heard of too', async () => {
    const later = (): unknown => Promise.reject(new Error('later'));
    teller.on('fact', later);
    teller.say('it rains');
    await new Promise((resolve) => setImmediate(resolve));
    expect(failed).toEqual([[new Error('later'), 'listener of fact']]);
  });

  it('does not change that one who listens once hears once', async () => {
    const heard = once(teller, 'fact');
    teller.say(1);
    teller.say(2);
    await expect(heard).resolves.toEqual([1]);
    expect(teller.listenerCount('fact')).toBe(0);
  });
});
