import type { ChatMessage, MarkReadReply, UserId } from '@minimeet/protocol';

/** Up to where everybody has read, as far as it is known, and how much oneself has not. Marks never go back. */
export class ReadMarks {
  readonly #marks = new Map<UserId, number>();
  /** Unread ones that came before the oldest message that is here. */
  #unreadBefore = 0;
  #unreadHere = 0;
  #self: UserId = '';

  get all(): ReadonlyMap<UserId, number> {
    return this.#marks;
  }

  get lastReadSequence(): number {
    return this.#marks.get(this.#self) ?? 0;
  }

  /** Messages of others after one's own mark. */
  get unreadCount(): number {
    return this.#unreadBefore + this.#unreadHere;
  }

  start(self: UserId, lastReadSequence: number): void {
    this.#self = self;
    this.set(self, lastReadSequence);
  }

  /** @returns whether it is news. */
  set(userId: UserId, sequence: number): boolean {
    if (sequence <= (this.#marks.get(userId) ?? -1)) return false;
    this.#marks.set(userId, sequence);
    return true;
  }

  /** Counts anew. `first` is the oldest sequence that is here. @returns whether the count is another one. */
  count(messages: readonly ChatMessage[], first: number): boolean {
    const before = this.unreadCount;
    if (this.lastReadSequence >= first - 1) this.#unreadBefore = 0;
    this.#unreadHere = this.#unreadOf(messages);
    return this.unreadCount !== before;
  }

  /** More of what was unread is here now. */
  older(messages: readonly ChatMessage[]): void {
    this.#unreadBefore = Math.max(0, this.#unreadBefore - this.#unreadOf(messages));
  }

  /**
   * Takes the server's count of now, which includes messages before `first`. @returns whether the count is another one.
   */
  learn({ unreadCount }: MarkReadReply, first: number): boolean {
    const before = this.unreadCount;
    this.#unreadBefore = this.lastReadSequence >= first - 1 ? 0 : Math.max(0, unreadCount - this.#unreadHere);
    return this.unreadCount !== before;
  }

  #unreadOf(messages: readonly ChatMessage[]): number {
    const read = messages.findLastIndex(({ sequence }) => sequence <= this.lastReadSequence);
    return messages.slice(read + 1).filter(({ senderId }) => senderId !== this.#self).length;
  }
}
