import { Limiter } from './limiter.js';

describe('a limiter', () => {
  it('runs some at once and the others in their order, also after failures', async () => {
    const limiter = new Limiter(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const results = [0, 1, 2, 3].map((index) =>
      limiter.run(async () => {
        started.push(index);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (index === 1) throw new Error('no');
        return index;
      }),
    );
    const settled = Promise.allSettled(results);
    expect(started).toEqual([0, 1]);
    ends[1]?.();
    await results[1]?.catch(() => undefined);
    await Promise.resolve();
    expect(started).toEqual([0, 1, 2]);
    ends[0]?.();
    await results[0];
    await Promise.resolve();
    expect(started).toEqual([0, 1, 2, 3]);
    ends[2]?.();
    ends[3]?.();
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });
});
