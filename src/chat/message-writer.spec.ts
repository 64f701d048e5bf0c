import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChatMessage, RoomId } from '@minimeet/protocol';
import { EventBus } from '../common/events/index.js';
import { type MessageChange, MessageStore, type NewMessage, type Outcome } from '../messages/message-store.js';
import { MessageWriter } from './message-writer.js';

const ROOM = 'a room';

/** Keeps messages in memory, and fails when it is told to: before it has stored them, or after. */
class FakeStore extends MessageStore {
  readonly batches: number[] = [];
  readonly stored = new Map<string, ChatMessage>();
  failure: 'before' | 'after' | null = null;

  async write(roomId: RoomId, changes: readonly MessageChange[]): Promise<Outcome[]> {
    this.batches.push(changes.length);
    await nextTurn();
    if (this.failure === 'before') throw connectionLost();
    const outcomes = changes.map((change) => this.append(roomId, change as NewMessage));
    if (this.failure === 'after') throw connectionLost();
    return outcomes;
  }

  page = (): Promise<ChatMessage[]> => Promise.resolve([]);
  find = (): Promise<ChatMessage[]> => Promise.resolve([]);
  lastSequence = (): Promise<number> => Promise.resolve(this.stored.size);
  unreadCounts = (): Promise<Map<RoomId, number>> => Promise.resolve(new Map<RoomId, number>());

  private append(roomId: RoomId, { id, author, content }: NewMessage): Outcome {
    const known = this.stored.get(id);
    if (known) return { message: known, changed: false };
    if (content.type !== 'text') return { failure: new Error('only text') };
    const message: ChatMessage = {
      id,
      roomId,
      sequence: this.stored.size + 1,
      senderId: author.userId,
      senderName: author.displayName,
      content: { type: 'text', text: content.text ?? '' },
      replyTo: null,
      mentions: [],
      reactions: [],
      sentAt: new Date().toISOString(),
      editedAt: null,
      deletedAt: null,
    };
    this.stored.set(id, message);
    return { message, changed: true };
  }
}

function connectionLost(): Error {
  return Object.assign(new Error('the connection was lost'), { code: 'PROTOCOL_CONNECTION_LOST' });
}

function append(id = randomUUID() as string): NewMessage {
  const author = { userId: 'ann', displayName: 'Ann' };
  return { kind: 'append', id, author, content: { type: 'text', text: 'Hello' }, replyTo: null, mentions: [] };
}

let store: FakeStore;
let writer: MessageWriter;
let told: string[];

beforeEach(() => {
  const events = new EventBus();
  store = new FakeStore();
  writer = new MessageWriter(store, events);
  told = [];
  events.subscribe('chat-stored', ({ message }) => void told.push(message.id));
});

it('writes what comes in one turn together, and tells it in its order before it is acknowledged', async () => {
  const changes = Array.from({ length: 10 }, () => append());
  const written = await Promise.all(
    changes.map(async (change) => {
      const { message } = await writer.write(ROOM, change);
      expect(told).toContain(change.id);
      return message.sequence;
    }),
  );
  expect(store.batches).toEqual([10]);
  expect(written).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(told).toEqual(changes.map(({ id }) => id));
});

it('writes what comes meanwhile together afterwards, and rooms beside each other', async () => {
  const first = writer.write(ROOM, append());
  await nextTurn();
  const later = Array.from({ length: 5 }, () => writer.write(ROOM, append()));
  const elsewhere = writer.write('another room', append());
  await Promise.all([first, ...later, elsewhere]);
  expect(store.batches.toSorted((a, b) => a - b)).toEqual([1, 1, 5]);
});

it('acknowledges and tells nothing that the database has not taken', async () => {
  store.failure = 'before';
  const change = append();
  await expect(writer.write(ROOM, change)).rejects.toMatchObject({ code: 'PROTOCOL_CONNECTION_LOST' });
  expect(told).toEqual([]);
  store.failure = null;
  expect(await writer.write(ROOM, change)).toMatchObject({ changed: true });
  expect(told).toEqual([change.id]);
});

it('tells once what was stored by an attempt of which nobody heard, when it is sent again', async () => {
  store.failure = 'after';
  const change = append();
  await expect(writer.write(ROOM, change)).rejects.toMatchObject({ code: 'PROTOCOL_CONNECTION_LOST' });
  expect([told, store.stored.size]).toEqual([[], 1]);
  store.failure = null;
  await writer.write(ROOM, change);
  await writer.write(ROOM, change);
  expect([told, store.stored.size]).toEqual([[change.id], 1]);
});

it('finishes what was asked for before the server ends', async () => {
  const written = [writer.write(ROOM, append()), writer.write('another room', append())];
  await writer.beforeApplicationShutdown();
  expect(store.stored.size).toBe(2);
  await Promise.all(written);
});

it('does not let changes pile up without bound while the database is silent', async () => {
  store.failure = 'before';
  const asked = await Promise.allSettled(Array.from({ length: 6_000 }, () => writer.write(ROOM, append())));
  const refused = asked.filter(
    (one) => one.status === 'rejected' && (one.reason as Error).message.startsWith('Too many'),
  );
  expect(refused).toHaveLength(1_000);
});
