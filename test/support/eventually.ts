import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until `probe` gives something, and gives that back.
 * @throws Error with what was missing, after `withinMs`.
 */
export async function eventually<Value>(
  probe: () => Value | undefined | Promise<Value | undefined>,
  missing: string | (() => string),
  withinMs = 15_000,
): Promise<Value> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (performance.now() > deadlineMs) throw new Error(typeof missing === 'string' ? missing : missing());
    await sleep(20);
  }
}
