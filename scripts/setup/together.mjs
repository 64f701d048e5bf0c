/**
 * Like Promise.all, but waits for every one even when one fails: a failed set-up leaves nothing running.
 * @template {readonly unknown[] | []} T
 * @param {T} promises
 * @returns {Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>}
 */
export async function together(promises) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
