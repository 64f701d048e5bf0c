import type { ChatMessage, MessageId } from '@minimeet/protocol';
import { requoted } from './quote.js';

/** The outcome for messages that were brought, in the order in which to tell of them. */
export interface LogNews {
  /** New messages, by their sequence. */
  added: ChatMessage[];
  /** Here before, and different now. */
  changed: ChatMessage[];
}

/**
 * The messages of a room from some sequence on, in the server's order, each once, without a hole: later messages wait
 * until a hole is filled.
 */
export class ChatLog {
  readonly #waiting = new Map<number, ChatMessage>();
  /** Messages that were told while a page was on its way; they are newer than the page's. */
  readonly #told = new Map<MessageId, { at: number; message: ChatMessage }>();
  #messages: readonly ChatMessage[] = [];
  #first = 1;
  /** The sequence of the newest message without a hole before it. */
  #last = 0;
  #clock = 0;
  #pagesOnTheirWay = 0;

  /** Oldest first; a new array whenever it changes. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /** Sequence of the oldest message that is or could be here; 1 when nothing was said before. */
  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  /** Messages after `last` are known to be missing. */
  get hasHole(): boolean {
    return this.#waiting.size > 0;
  }

  /** The newest messages, at the beginning. */
  start(messages: readonly ChatMessage[]): LogNews {
    const first = messages[0]?.sequence ?? 1;
    this.#first = first;
    this.#last = first - 1;
    return this.add(messages);
  }

  /** Takes a message that the server tells of as it happens. One that is older than all messages here is left out. */
  add(messages: readonly ChatMessage[]): LogNews {
    this.#clock += 1;
    if (this.#pagesOnTheirWay > 0)
      for (const message of messages) this.#told.set(message.id, { at: this.#clock, message });
    return this.#merge(messages);
  }

  /** A page will be asked for. @returns what `addAfter`, `addBefore` or `refresh` wants, with the page or without. */
  expectPage(): number {
    this.#pagesOnTheirWay += 1;
    return this.#clock;
  }

  /** The page did not come. */
  forgetPage(): void {
    this.#pagesOnTheirWay -= 1;
    if (this.#pagesOnTheirWay === 0) this.#told.clear();
  }

  /**
   * Adds a page after `last`. Sequences missing before its end do not exist; an empty page ends before those that wait.
   */
  addAfter(page: readonly ChatMessage[], expected: number): LogNews {
    const { added, changed } = this.#merge(this.#newest(page, expected));
    const end = page.at(-1)?.sequence ?? Math.min(...this.#waiting.keys()) - 1;
    const late = Number.isFinite(end) ? this.#takeUpTo(end) : [];
    this.forgetPage();
    return { added: [...added, ...late, ...this.#takeWaiting()], changed };
  }

  /** Gives up on missing messages: those that wait follow on the hole. */
  giveUp(): LogNews {
    return { added: this.#takeUpTo(Math.max(this.#last, ...this.#waiting.keys())), changed: [] };
  }

  /** Adds a page of messages before `first`; an empty one is the room's beginning. @returns the new ones. */
  addBefore(page: readonly ChatMessage[], expected: number): ChatMessage[] {
    const older = this.#newest(page, expected).filter(({ sequence }) => sequence < this.#first);
    this.#messages = [...older, ...this.#messages];
    this.#first = Math.min(this.#first, page[0]?.sequence ?? 1);
    this.forgetPage();
    return older;
  }

  /** Takes the server's present versions of messages that may have changed unheard. */
  refresh(page: readonly ChatMessage[], expected: number): LogNews {
    const news = this.#merge(this.#newest(page, expected));
    this.forgetPage();
    return news;
  }

  #newest(page: readonly ChatMessage[], expected: number): ChatMessage[] {
    return page.map((message) => {
      const told = this.#told.get(message.id);
      return told && told.at > expected ? told.message : message;
    });
  }

  #merge(messages: readonly ChatMessage[]): LogNews {
    const [added, changed]: [ChatMessage[], ChatMessage[]] = [[], []];
    for (const message of messages) {
      // The server tells of the message alone, not of its answers.
      if (message.editedAt !== null || message.deletedAt !== null) this.#requote(message, changed);
      if (message.sequence < this.#first) continue;
      if (message.sequence > this.#last) this.#waiting.set(message.sequence, message);
      else this.#put(message, added, changed);
    }
    return { added: [...added, ...this.#takeWaiting()], changed };
  }

  /** Into what is whole: in the place of what it was before, if it was. */
  #put(message: ChatMessage, added: ChatMessage[], changed: ChatMessage[]): void {
    const index = this.#messages.findLastIndex(({ sequence }) => sequence <= message.sequence);
    const before = this.#messages[index];
    if (before?.sequence !== message.sequence) {
      this.#messages = this.#messages.toSpliced(index + 1, 0, message);
      added.push(message);
    } else if (JSON.stringify(before) !== JSON.stringify(message)) {
      this.#messages = this.#messages.with(index, message);
      changed.push(message);
    }
  }

  #requote(quoted: ChatMessage, changed: ChatMessage[]): void {
    const after = this.#messages.map((message) => requoted(message, quoted));
    const different = after.filter((message, index) => message !== this.#messages[index]);
    if (different.length === 0) return;
    this.#messages = after;
    changed.push(...different);
  }

  #takeUpTo(end: number): ChatMessage[] {
    const added = [...this.#waiting.values()].filter(({ sequence }) => sequence <= end).sort(bySequence);
    added.forEach(({ sequence }) => this.#waiting.delete(sequence));
    if (added.length > 0) this.#messages = [...this.#messages, ...added];
    this.#last = Math.max(this.#last, end);
    return added;
  }

  #takeWaiting(): ChatMessage[] {
    let end = this.#last;
    while (this.#waiting.has(end + 1)) end += 1;
    return this.#takeUpTo(end);
  }
}

function bySequence(a: ChatMessage, b: ChatMessage): number {
  return a.sequence - b.sequence;
}
