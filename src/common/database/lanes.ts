/** Longest that a task waits for the one before it: as long as MySQL waits for a lock by default. */
const MAX_WAIT_MS = 50_000;

/**
 * Runs tasks of one key one after another, in the order in which they came; other keys do not wait for them. A task
 * that hangs, on a connection that is lost silently, holds back the next one for `MAX_WAIT_MS` at most.
 */
export class Lanes<Key> {
  private readonly last = new Map<Key, Promise<void>>();

  run<Result>(key: Key, task: () => Promise<Result>): Promise<Result> {
    const result = atMost(this.last.get(key)).then(task);
    const end = result.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(key, end);
    void end.then(() => {
      if (this.last.get(key) === end) this.last.delete(key);
    });
    return result;
  }
}

async function atMost(before: Promise<void> | undefined): Promise<void> {
  if (!before) return;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, MAX_WAIT_MS)));
  await Promise.race([before, tooLong]);
  clearTimeout(timer);
}
