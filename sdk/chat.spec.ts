import type { ChatMessage, ChatMessageRequest, MarkReadReply, OpenChatReply } from '@minimeet/protocol';
import type { Chat } from './chat.js';
import { MiniMeetClient } from './client.js';
import { chatMessage, ScriptedServer, until } from './testing/scripted-server.js';

describe('a chat without its call', () => {
  let server: ScriptedServer;
  let client: MiniMeetClient;
  let stored: ChatMessage[];
  let lastRead: number;

  beforeEach(async () => {
    server = await ScriptedServer.create();
    stored = range(1, 60);
    lastRead = 60;
    server.rest = (path) => (path.startsWith('/api/rooms/room/messages') ? pageOf(path) : { id: 'r', slug: 'room' });
    server.answer('open_chat', () => opened({ messages: stored.slice(-50), lastReadSequence: lastRead }));
    server.answer('mark_read', ({ sequence }) => ({ ok: true, data: readUpTo(sequence) }));
    client = new MiniMeetClient({ url: server.url, accessToken: 'token' });
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('is opened with the newest messages, and names its room in all that it asks', async () => {
    const chat = await client.openChat('room');
    expect(sequences(chat)).toEqual(range(11, 60).map(({ sequence }) => sequence));
    expect(chat).toMatchObject({ connection: 'connected', hasOlder: true, lastReadSequence: 60, unreadCount: 0 });
    answerWithMessage();
    await chat.sendMessage({ type: 'image', attachmentId: 'a' }, { id: 'mine', replyTo: 'm60', mentions: ['bob'] });
    await chat.editMessage('m61', 'edited', ['eve']);
    await chat.react('m60', '👍', true);
    await chat.deleteMessage('m61');
    chat.setTyping(true);
    await until(() => server.payloads('typing').length === 1);
    expect(server.requests).toEqual([
      { name: 'open_chat', payload: { room: 'room' } },
      {
        name: 'chat_message',
        payload: {
          room: 'room',
          id: 'mine',
          content: { type: 'image', attachmentId: 'a' },
          replyTo: 'm60',
          mentions: ['bob'],
        },
      },
      { name: 'edit_message', payload: { room: 'room', messageId: 'm61', text: 'edited', mentions: ['eve'] } },
      { name: 'react', payload: { room: 'room', messageId: 'm60', reaction: '👍', on: true } },
      { name: 'delete_message', payload: { room: 'room', messageId: 'm61' } },
      { name: 'typing', payload: { room: 'room', typing: true } },
    ]);
  });

  it('is opened once, and again after it was closed', async () => {
    const chat = await client.openChat('room');
    await expect(client.openChat('room')).rejects.toMatchObject({ code: 'WRONG_STATE' });
    chat.close();
    expect(chat.connection).toBe('closed');
    await expect(chat.sendMessage('x')).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await expect(client.openChat('room')).resolves.toMatchObject({ connection: 'connected' });
    await until(() => server.payloads('close_chat').length === 1);
  });

  it('throws the refusal to open it, and can be tried again', async () => {
    server.answer('open_chat', () => ({
      ok: false,
      error: { code: 'FORBIDDEN', message: 'No member.', retryable: false },
    }));
    await expect(client.openChat('room')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    server.answer('open_chat', () => opened({ messages: [], lastReadSequence: 0 }));
    await expect(client.openChat('room')).resolves.toMatchObject({ hasOlder: false });
  });

  it('hears of its own room only', async () => {
    const chat = await client.openChat('room');
    server.socket?.emit('chat_message', { message: chatMessage(61, { roomId: 'other' }) });
    server.socket?.emit('typing', { roomId: 'other', userId: 'eve', displayName: 'Eve', typing: true });
    server.socket?.emit('chat_message', { message: chatMessage(61) });
    await until(() => chat.messages.length === 51);
    expect(chat.messages.at(-1)).toEqual(chatMessage(61));
    expect(chat.typingPeople).toEqual([]);
  });

  it('is whole, in order and each message once after a lost connection, whatever was said meanwhile', async () => {
    const chat = await client.openChat('room');
    const heard: number[] = [];
    chat.on('message', ({ sequence }) => heard.push(sequence));
    stored = [...stored, ...range(61, 400)];
    server.cut();
    await until(() => chat.connection === 'reconnecting');
    await until(() => chat.connection === 'connected');
    server.socket?.emit('chat_message', { message: say(401) });
    await until(() => chat.messages.at(-1)?.sequence === 401);
    expect(heard).toEqual(range(61, 401).map(({ sequence }) => sequence));
    expect(sequences(chat)).toEqual(range(11, 401).map(({ sequence }) => sequence));
    expect(server.restPaths.filter((path) => path.includes('after'))).toEqual(
      [60, 160, 260].map((after) => `/api/rooms/room/messages?after=${after}&limit=100`),
    );
  });

  it('shows what there is when what is missing may not be had', async () => {
    const chat = await client.openChat('room');
    const codes: string[] = [];
    chat.on('error', ({ code }) => codes.push(code));
    server.rest = () => undefined;
    server.socket?.emit('chat_message', { message: chatMessage(63) });
    await until(() => chat.messages.at(-1)?.sequence === 63);
    expect(codes).toEqual(['NOT_FOUND']);
  });

  it('knows after a lost connection what was edited, deleted and said in between', async () => {
    const chat = await client.openChat('room');
    const changed: number[] = [];
    chat.on('message-changed', ({ sequence }) => changed.push(sequence));
    const deletedAt = '2026-01-01T00:05:00Z';
    stored = [...stored, ...range(61, 140)].map((message) =>
      [20, 55, 70].includes(message.sequence) ? { ...message, deletedAt } : message,
    );
    server.cut();
    await until(() => chat.messages.at(-1)?.sequence === 140 && changed.length === 2);
    expect(changed.sort()).toEqual([20, 55]);
    expect(chat.messages.filter((message) => message.deletedAt).map(({ sequence }) => sequence)).toEqual([20, 55, 70]);
  });

  it('fills a hole in what it hears, and goes on trying when the history does not answer', async () => {
    const chat = await client.openChat('room');
    const page = server.rest;
    let failures = 0;
    server.rest = (path) => {
      if (failures++ < 1) throw new Error('down');
      return page(path);
    };
    stored = [...stored, ...range(61, 63)];
    server.socket?.emit('chat_message', { message: chatMessage(63) });
    await until(() => chat.messages.at(-1)?.sequence === 63);
    expect(sequences(chat).slice(-4)).toEqual([60, 61, 62, 63]);
    expect(failures).toBe(2);
  });

  it('puts older messages in front, up to the first', async () => {
    const chat = await client.openChat('room');
    const loaded: number[] = [];
    chat.on('older-loaded', (messages) => loaded.push(messages.length));
    await Promise.all([chat.loadOlder(), chat.loadOlder()]);
    expect(sequences(chat)).toEqual(range(1, 60).map(({ sequence }) => sequence));
    expect(chat.hasOlder).toBe(false);
    await chat.loadOlder();
    expect(loaded).toEqual([10]);
  });

  it('tells of a change to a message that it does not have, and keeps none of it', async () => {
    const chat = await client.openChat('room');
    const changed: string[] = [];
    chat.on('message-changed', ({ id }) => changed.push(id));
    server.socket?.emit('message_changed', { message: chatMessage(3, { editedAt: '2026-01-01T00:01:00Z' }) });
    server.socket?.emit('message_changed', { message: chatMessage(60, { editedAt: '2026-01-01T00:01:00Z' }) });
    await until(() => changed.length === 2);
    expect(changed).toEqual(['m3', 'm60']);
    expect(sequences(chat)[0]).toBe(11);
  });

  it('counts what is unread, also what is older than all that is here, and what others devices have read', async () => {
    lastRead = 5;
    const chat = await client.openChat('room');
    await until(() => chat.unreadCount === 55);
    chat.markRead(58);
    expect(chat.unreadCount).toBe(2);
    server.socket?.emit('chat_message', { message: chatMessage(61) });
    server.socket?.emit('chat_message', { message: chatMessage(62, { senderId: 'u' }) });
    await until(() => chat.unreadCount === 3);
    server.socket?.emit('read', { roomId: 'r', userId: 'u', sequence: 61 });
    await until(() => chat.unreadCount === 0);
    server.socket?.emit('read', { roomId: 'r', userId: 'bob', sequence: 62 });
    await until(() => chat.readMarks.get('bob') === 62);
  });

  it('does not take a read mark back, and says one again that the server may have missed', async () => {
    const chat = await client.openChat('room');
    stored.push(chatMessage(61));
    server.socket?.emit('chat_message', { message: chatMessage(61) });
    await until(() => chat.unreadCount === 1);
    server.answer('mark_read', () => 'silence');
    chat.markRead();
    chat.markRead(3);
    await until(() => server.payloads('mark_read').length === 1);
    server.answer('mark_read', ({ sequence }) => ({ ok: true, data: readUpTo(sequence) }));
    server.cut();
    await until(() => server.payloads('mark_read').length === 2);
    expect(server.payloads('mark_read')).toEqual([
      { room: 'room', sequence: 61 },
      { room: 'room', sequence: 61 },
    ]);
    expect(chat).toMatchObject({ lastReadSequence: 61, unreadCount: 0 });
  });

  it('shows who is typing until they have sent, and never oneself', async () => {
    const chat = await client.openChat('room');
    const seen: string[] = [];
    chat.on('typing-changed', (people) => seen.push(people.map(({ displayName }) => displayName).join()));
    server.socket?.emit('typing', { roomId: 'r', userId: 'u', displayName: 'Ada', typing: true });
    server.socket?.emit('typing', { roomId: 'r', userId: 'bob', displayName: 'Bob', typing: true });
    server.socket?.emit('chat_message', { message: chatMessage(61) });
    await until(() => seen.length === 2);
    expect(seen).toEqual(['Bob', '']);
  });

  it('ends when it may not be opened again, and says why', async () => {
    const chat = await client.openChat('room');
    const codes: string[] = [];
    chat.on('error', ({ code }) => codes.push(code));
    server.answer('open_chat', () => ({
      ok: false,
      error: { code: 'FORBIDDEN', message: 'Not any more.', retryable: false },
    }));
    server.cut();
    await until(() => chat.connection === 'closed');
    expect(codes).toEqual(['FORBIDDEN']);
  });

  function pageOf(path: string) {
    const query = new URL(path, 'http://x').searchParams;
    const limit = Number(query.get('limit') ?? 50);
    const [before, after] = [query.get('before'), query.get('after')];
    const items =
      after === null
        ? stored.filter(({ sequence }) => sequence < Number(before)).slice(-limit)
        : stored.filter(({ sequence }) => sequence > Number(after)).slice(0, limit);
    return { items, next: null };
  }

  function say(sequence: number): ChatMessage {
    stored.push(chatMessage(sequence));
    return chatMessage(sequence);
  }

  function readUpTo(sequence: number): MarkReadReply {
    lastRead = Math.max(lastRead, sequence);
    return { lastReadSequence: lastRead, unreadCount: stored.filter((message) => message.sequence > lastRead).length };
  }

  function answerWithMessage(): void {
    const message = chatMessage(61, { senderId: 'u' });
    server.answer('chat_message', ({ id }: ChatMessageRequest) => ({
      ok: true,
      data: { message: { ...message, id } },
    }));
    for (const name of ['edit_message', 'delete_message', 'react'] as const)
      server.answer(name, () => ({ ok: true, data: { message } }));
  }
});

function opened(data: OpenChatReply): { ok: true; data: OpenChatReply } {
  return { ok: true, data };
}

function range(from: number, to: number): ChatMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => chatMessage(from + index));
}

function sequences(chat: Chat): number[] {
  return chat.messages.map(({ sequence }) => sequence);
}
