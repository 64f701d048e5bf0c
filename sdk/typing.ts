import { TIMES, type UserId } from '@minimeet/protocol';

export interface TypingPerson {
  userId: UserId;
  displayName: string;
}

/** Others are told again this often that it goes on: twice before it would fade with them. */
const TELL_EVERY_MS = TIMES.typingMs / 3;

/** The others who are typing, each until they stop, send, or have not been heard of for `TIMES.typingMs`. */
export class TypingPeople {
  readonly #changed: () => void;
  readonly #timers = new Map<UserId, ReturnType<typeof setTimeout>>();
  #people: readonly TypingPerson[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Everybody who types; the first to begin comes first. A new array whenever it changes. */
  get people(): readonly TypingPerson[] {
    return this.#people;
  }

  began(person: TypingPerson): void {
    clearTimeout(this.#timers.get(person.userId));
    this.#timers.set(
      person.userId,
      setTimeout(() => this.stopped(person.userId), TIMES.typingMs),
    );
    if (this.#people.some(({ userId }) => userId === person.userId)) return;
    this.#people = [...this.#people, person];
    this.#changed();
  }

  stopped(userId: UserId): void {
    clearTimeout(this.#timers.get(userId));
    if (!this.#timers.delete(userId)) return;
    this.#people = this.#people.filter((person) => person.userId !== userId);
    this.#changed();
  }

  clear(): void {
    for (const userId of [...this.#timers.keys()]) this.stopped(userId);
  }
}

/** Says that one is typing: as seldom as it keeps the others informed, however often it is called. */
export class TypingSender {
  readonly #send: (typing: boolean) => void;
  #toldAtMs = -Infinity;

  constructor(send: (typing: boolean) => void) {
    this.#send = send;
  }

  set(typing: boolean): void {
    const nowMs = performance.now();
    if (typing && nowMs - this.#toldAtMs < TELL_EVERY_MS) return;
    // Nobody must be told the end of typing that has faded by itself.
    if (!typing && nowMs - this.#toldAtMs > TIMES.typingMs) return;
    this.#toldAtMs = typing ? nowMs : -Infinity;
    this.#send(typing);
  }

  /** A message says it too. */
  sent(): void {
    this.#toldAtMs = -Infinity;
  }
}
