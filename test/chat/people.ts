import { randomUUID } from 'node:crypto';
import type { ChatMessage, ChatMessageRequest, MessagePage, TextContent } from '@minimeet/protocol';
import { Person } from '../support/person.js';

/** `LOAD_TEST_KEY` of a server whose people may send as much as they like. */
export const LOAD_TEST_KEY = 'a-key-for-tests-of-many-messages';

export const text = (words: string): TextContent => ({ type: 'text', text: words });

/** What a text message says. */
export function wordsOf({ content }: ChatMessage): string {
  if (content.type === 'system') throw new Error(`A system message: ${content.event}`);
  return content.text;
}

/** Sends a text; in the call's room when none is named. */
export async function say(person: Person, words: string, more: Partial<ChatMessageRequest> = {}): Promise<ChatMessage> {
  const request = { id: randomUUID(), content: text(words), ...more };
  return (await person.request('chat_message', request)).message;
}

/** All of a room's messages, oldest first, by paging back from the newest. */
export async function wholeHistory(person: Person, slug: string): Promise<ChatMessage[]> {
  const messages: ChatMessage[] = [];
  let before = '';
  for (;;) {
    const { items, next } = await person.rest<MessagePage>('GET', `rooms/${slug}/messages?limit=100${before}`);
    messages.unshift(...items);
    if (next === null) return messages;
    before = `&before=${next}`;
  }
}

/** Makes members of people who have not been in the room. */
export async function becomeMembers(slug: string, ...people: Person[]): Promise<void> {
  for (const person of people) {
    await person.join(slug);
    await person.request('leave_room');
  }
}
