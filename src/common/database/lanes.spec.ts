import { jest } from '@jest/globals';
import { Lanes } from './lanes.js';

describe('lanes', () => {
  let lanes: Lanes<string>;
  let done: string[];
  const task = (name: string, work?: Promise<unknown>) => async () => {
    await work;
    done.push(name);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    lanes = new Lanes();
    done = [];
  });

  afterEach(() => void jest.useRealTimers());

  it('run the tasks of one key in their order, and others beside them', async () => {
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const tasks = [lanes.run('a', task('a1', slow)), lanes.run('a', task('a2')), lanes.run('b', task('b1'))];
    await tasks[2];
    finish();
    await Promise.all(tasks);
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('go on after a task that fails', async () => {
    const failing = lanes.run('a', () => Promise.reject(new Error('of the task')));
    const next = lanes.run('a', task('next'));
    await expect(failing).rejects.toThrow('of the task');
    await next;
    expect(done).toEqual(['next']);
  });

  it('go on after a while when a task never ends', async () => {
    void lanes.run('a', () => new Promise(() => undefined));
    const next = lanes.run('a', task('next'));
    await jest.advanceTimersByTimeAsync(49_000);
    expect(done).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    await next;
    expect(done).toEqual(['next']);
  });
});
