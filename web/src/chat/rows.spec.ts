import type { ChatMessage, MessageContent } from '@minimeet/protocol';
import { rowsOf } from './rows.js';

const NOON = Date.parse('2026-03-04T12:00:00Z');

function message(sequence: number, changes: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id: `m${sequence}`,
    roomId: 'r',
    sequence,
    senderId: 'ann',
    senderName: 'Ann',
    content: { type: 'text', text: 'x' },
    replyTo: null,
    mentions: [],
    reactions: [],
    sentAt: new Date(NOON + sequence * 1000).toISOString(),
    editedAt: null,
    deletedAt: null,
    ...changes,
  };
}

const shown = (messages: ChatMessage[], newAfter: number | null = null) =>
  rowsOf(messages, newAfter, 'me').map((row) => {
    if (row.kind !== 'message') return row.kind;
    return row.follows ? `${row.message.id} follows` : row.message.id;
  });

describe('the rows of a chat', () => {
  it('put what one person says shortly after one another under one name', () => {
    const later = new Date(NOON + 10 * 60_000).toISOString();
    const messages = [
      message(1),
      message(2),
      message(3, { senderId: 'ben' }),
      message(4),
      message(5, { sentAt: later }),
    ];
    expect(shown(messages)).toEqual(['day', 'm1', 'm2 follows', 'm3', 'm4', 'm5']);
  });

  it('begin anew with a reply and around what was done to the room', () => {
    const content: MessageContent = { type: 'system', event: 'room-locked', subject: null, value: null };
    const replyTo = { id: 'm1', sequence: 1, senderName: 'Ann', text: 'x' };
    const messages = [message(1), message(2, { replyTo }), message(3), message(4, { content }), message(5)];
    expect(shown(messages)).toEqual(['day', 'm1', 'm2', 'm3 follows', 'm4', 'm5']);
  });

  it('head every day', () => {
    const nextDay = new Date(NOON + 24 * 3_600_000).toISOString();
    expect(shown([message(1), message(2, { sentAt: nextDay })])).toEqual(['day', 'm1', 'day', 'm2']);
  });

  it('head what one has not read, from the first message of somebody else on, once', () => {
    const own = message(2, { senderId: 'me' });
    expect(shown([message(1), own, message(3), message(4)], 1)).toEqual(['day', 'm1', 'm2', 'new', 'm3', 'm4 follows']);
    expect(shown([message(1), own], 1)).toEqual(['day', 'm1', 'm2']);
  });
});
