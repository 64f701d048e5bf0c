import type { ChatMessage } from '@minimeet/protocol';
import { ChatLog, type LogNews } from './chat-log.js';
import { chatMessage } from './testing/scripted-server.js';

const range = (from: number, to: number): ChatMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => chatMessage(from + index));
const sequences = (messages: readonly ChatMessage[]): number[] => messages.map(({ sequence }) => sequence);
const told = ({ added, changed }: LogNews) => ({ added: sequences(added), changed: sequences(changed) });
const edited = (sequence: number, text: string): ChatMessage =>
  chatMessage(sequence, { content: { type: 'text', text }, editedAt: '2026-01-01T00:01:00Z' });

describe('the log of a chat', () => {
  let log: ChatLog;

  beforeEach(() => {
    log = new ChatLog();
    log.start(range(11, 13));
  });

  it('takes each message once, and tells of a changed one as changed', () => {
    expect(told(log.add([chatMessage(14), chatMessage(13)]))).toEqual({ added: [14], changed: [] });
    expect(told(log.add([chatMessage(14), edited(12, 'new')]))).toEqual({ added: [], changed: [12] });
    expect(log.messages[1]).toEqual(edited(12, 'new'));
    expect(sequences(log.messages)).toEqual([11, 12, 13, 14]);
  });

  it('holds back what comes after a hole until the hole is filled, and then tells all in order', () => {
    expect(told(log.add([chatMessage(16)]))).toEqual({ added: [], changed: [] });
    expect(told(log.add([chatMessage(15)]))).toEqual({ added: [], changed: [] });
    expect(log.hasHole).toBe(true);
    expect(told(log.add([chatMessage(14)]))).toEqual({ added: [14, 15, 16], changed: [] });
    expect(log.hasHole).toBe(false);
  });

  it('is whole after as many pages as it takes', () => {
    log.add(range(300, 320));
    expect(told(log.addAfter(range(14, 113), log.expectPage())).added).toEqual(sequences(range(14, 113)));
    expect(log.hasHole).toBe(true);
    expect(told(log.addAfter(range(114, 299), log.expectPage())).added).toEqual(sequences(range(114, 320)));
    expect(log.hasHole).toBe(false);
    expect(sequences(log.messages)).toEqual(sequences(range(11, 320)));
  });

  it('does not wait for sequences that the server does not have', () => {
    log.add([chatMessage(20)]);
    expect(told(log.addAfter([chatMessage(15), chatMessage(17)], log.expectPage())).added).toEqual([15, 17]);
    expect(told(log.addAfter([], log.expectPage())).added).toEqual([20]);
    expect(log.hasHole).toBe(false);
  });

  it('follows on a hole that nobody can fill', () => {
    log.add([chatMessage(16), chatMessage(18)]);
    expect(told(log.giveUp()).added).toEqual([16, 18]);
    expect(told(log.add([chatMessage(19)])).added).toEqual([19]);
  });

  it('keeps what was told over what a page says that was asked for before', () => {
    log.add([chatMessage(16)]);
    const expected = log.expectPage();
    log.add([edited(14, 'newer')]);
    log.add([chatMessage(16, { deletedAt: '2026-01-01T00:02:00Z' })]);
    log.addAfter(range(14, 16), expected);
    expect(log.messages.at(3)).toEqual(edited(14, 'newer'));
    expect(log.messages.at(5)?.deletedAt).not.toBeNull();
    const next = log.expectPage();
    expect(told(log.refresh([edited(14, 'newest')], next)).changed).toEqual([14]);
  });

  it('knows what is older only when it is asked for, in the state of its page or newer', () => {
    expect(told(log.add([edited(5, 'unknown')]))).toEqual({ added: [], changed: [] });
    const expected = log.expectPage();
    log.add([edited(8, 'meanwhile')]);
    expect(sequences(log.addBefore(range(6, 10), expected))).toEqual([6, 7, 8, 9, 10]);
    expect(log.first).toBe(6);
    expect(log.messages[2]).toEqual(edited(8, 'meanwhile'));
    expect(log.addBefore([], log.expectPage())).toEqual([]);
    expect(log.first).toBe(1);
  });

  it('shows in an answer what the answered message says now, also when that one is not here', () => {
    const quote = (sequence: number) => ({ id: `m${sequence}`, sequence, senderName: 'Bob', text: 'before' });
    log.add([chatMessage(14, { replyTo: quote(12) }), chatMessage(15, { replyTo: quote(3) })]);
    expect(told(log.add([edited(12, 'x'.repeat(300))])).changed).toEqual([14, 12]);
    expect(log.messages.at(3)?.replyTo?.text).toBe('x'.repeat(200));
    const gone = chatMessage(3, { content: { type: 'text', text: '' }, deletedAt: '2026-01-01T00:02:00Z' });
    expect(told(log.add([gone]))).toEqual({ added: [], changed: [15] });
    expect(log.messages.at(4)?.replyTo?.text).toBe('');
  });

  it('begins with the first message of a room in which nothing was said', () => {
    const empty = new ChatLog();
    expect(told(empty.start([])).added).toEqual([]);
    expect(told(empty.add([chatMessage(2)])).added).toEqual([]);
    expect(told(empty.add([chatMessage(1)])).added).toEqual([1, 2]);
  });
});
