import { setTimeout as sleep } from 'node:timers/promises';
import { EventLoopDelay } from './event-loop-delay.js';

describe('the delay of the event loop', () => {
  it('is small while nothing blocks, and shows what does; reading it changes nothing', async () => {
    const delay = new EventLoopDelay();
    await sleep(300);
    expect(delay.seconds()['0.5']).toBeLessThan(0.05);
    const untilMs = performance.now() + 250;
    while (performance.now() < untilMs);
    await sleep(60);
    const first = delay.seconds();
    expect(first['1']).toBeGreaterThan(0.2);
    expect(first['1']).toBeLessThan(2);
    expect(first['0.99']).toBeLessThanOrEqual(first['1']);
    expect(delay.seconds()['1']).toBeGreaterThanOrEqual(first['1']);
    delay.stop();
  });
});
