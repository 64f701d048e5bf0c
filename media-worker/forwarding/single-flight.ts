/** Makes each thing once: callers for the same key share one promise, and a failed one is forgotten. */
export class SingleFlight<Key, Value> {
  readonly #promises = new Map<Key, Promise<Value>>();

  /** @returns the promise in the making or made, or that of `make()`. */
  get(key: Key, make: () => Promise<Value>): Promise<Value> {
    const known = this.#promises.get(key);
    if (known) {
      return known;
    }
    const promise = make();
    this.#promises.set(key, promise);
    promise.catch(() => {
      this.forget(key, promise);
    });
    return promise;
  }

  has(key: Key): boolean {
    return this.#promises.has(key);
  }

  /** Forgets what was made, so that the next caller makes it anew; with `promise`, only if it is still that one. */
  forget(key: Key, promise?: Promise<Value>): void {
    if (!promise || this.#promises.get(key) === promise) {
      this.#promises.delete(key);
    }
  }
}
