import { SerialQueue } from './serial-queue.js';

describe('a serial queue', () => {
  it('runs one task at a time, in order, whatever became of the one before', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const task =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const results = [queue.run(task('a')), queue.run(task('b', true)), queue.run(task('c'))];
    expect(await Promise.allSettled(results)).toMatchObject([
      { value: 'a' },
      { reason: { message: 'b' } },
      { value: 'c' },
    ]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
