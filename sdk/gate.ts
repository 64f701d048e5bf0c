/** Keeps what happens in order: while it is closed, actions wait; opening runs them. */
export class Gate {
  #waiting: (() => void)[] | null = null;

  close(): void {
    this.#waiting ??= [];
  }

  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    waiting.forEach((action) => action());
  }

  pass(action: () => void): void {
    if (this.#waiting) this.#waiting.push(action);
    else action();
  }
}
