import type { ChatMessage, MessageId } from '@minimeet/protocol';

/** The messages of a room that this client has seen, in the server's order, each once. */
export class ChatLog {
  readonly #ids = new Set<MessageId>();
  #messages: readonly ChatMessage[] = [];

  /** Oldest first; a new array whenever it changes. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /** @returns those that were not here before, oldest first. */
  add(messages: readonly ChatMessage[]): ChatMessage[] {
    const fresh = messages.filter(({ id }) => !this.#ids.has(id)).sort(bySequence);
    if (fresh.length === 0) return fresh;
    fresh.forEach(({ id }) => this.#ids.add(id));
    this.#messages = [...this.#messages, ...fresh].sort(bySequence);
    return fresh;
  }
}

function bySequence(a: ChatMessage, b: ChatMessage): number {
  return a.sequence - b.sequence;
}
