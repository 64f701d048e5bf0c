import type { ChatMessage, ChatMessageRequest, TextContent, Participant } from '@minimeet/protocol';
import { MiniMeetClient } from './client.js';
import type { Room } from './room.js';
import { joinReply, ScriptedServer, until } from './testing/scripted-server.js';

const EVENTS = [
  'participant-joined',
  'participant-left',
  'participant-updated',
  'message',
  'active-speakers',
  'connection-changed',
  'ended',
] as const;

describe('a room, without media', () => {
  let server: ScriptedServer;
  let client: MiniMeetClient;

  beforeEach(async () => {
    server = await ScriptedServer.create();
    server.answer('join_room', () => ({ ok: true, data: joinReply() }));
    client = new MiniMeetClient({ url: server.url, accessToken: 'token' });
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('is joined with one request', async () => {
    const bob = participant('bob');
    server.answer('join_room', () => ({
      ok: true,
      data: joinReply({ participants: [bob], activeSpeakers: ['bob'], messages: [message(1)] }),
    }));
    const room = await client.join('room');
    expect(server.requests).toEqual([{ name: 'join_room', payload: { room: 'room' } }]);
    expect(room).toMatchObject({
      slug: 'room',
      name: 'Room',
      connection: 'connected',
      media: null,
      activeSpeakers: ['bob'],
    });
    expect(room.self.id).toBe('me');
    expect([...room.participants]).toEqual([['bob', bob]]);
    expect(room.messages).toEqual([message(1)]);
  });

  it('refuses a second room, and takes one after the first was left', async () => {
    const room = await client.join('room');
    await expect(client.join('other')).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await room.leave();
    expect(room.connection).toBe('closed');
    await expect(client.join('other')).resolves.toMatchObject({ slug: 'other' });
  });

  it('throws what the server says to the join, and can try again', async () => {
    server.answer('join_room', () => ({
      ok: false,
      error: { code: 'NOT_FOUND', message: 'No such room.', retryable: false },
    }));
    await expect(client.join('room')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    server.answer('join_room', () => ({ ok: true, data: joinReply() }));
    await expect(client.join('room')).resolves.toMatchObject({ connection: 'connected' });
  });

  it('follows what the server tells, after the join even when it came before', async () => {
    server.answer('join_room', () => {
      server.socket?.emit('participant_joined', { participant: participant('bob') });
      return { ok: true, data: joinReply() };
    });
    const room = await client.join('room');
    const events = listen(room);
    await until(() => room.participants.size === 1);
    server.socket?.emit('participant_updated', { participant: { ...participant('bob'), displayName: 'Robert' } });
    server.socket?.emit('active_speakers', { participantIds: ['bob'] });
    server.socket?.emit('chat_message', { message: message(1) });
    server.socket?.emit('participant_left', { participantId: 'bob', reason: 'timed-out' });
    await until(() => room.participants.size === 0);
    expect(events).toEqual(['participant-updated', 'active-speakers', 'message', 'participant-left timed-out']);
  });

  it('resumes after a lost connection and tells only what is different', async () => {
    const [bob, eve, zoe] = ['bob', 'eve', 'zoe'].map(participant) as [Participant, Participant, Participant];
    server.answer('join_room', () => ({
      ok: true,
      data: joinReply({ participants: [bob, eve], messages: [message(1)] }),
    }));
    const room = await client.join('room');
    const events = listen(room);
    server.answer('join_room', () => ({
      ok: true,
      data: joinReply({ participants: [bob, zoe], messages: [message(1), message(2), message(3)], resumed: true }),
    }));
    server.cut();
    await until(() => room.connection === 'reconnecting');
    await until(() => room.connection === 'connected');
    expect(server.payloads('join_room')[1]).toEqual({ room: 'room', resumeToken: 'token' });
    expect(events).toEqual([
      'connection-changed reconnecting',
      'participant-left left',
      'participant-joined',
      'message',
      'message',
      'connection-changed connected',
    ]);
    expect(room.messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('tries to come back until it may, and ends when it may not', async () => {
    const room = await client.join('room');
    const events = listen(room);
    let tries = 0;
    server.answer('join_room', () => {
      tries += 1;
      return tries < 3
        ? { ok: false, error: { code: 'DRAINING', message: 'Wait.', retryable: true } }
        : { ok: false, error: { code: 'NOT_FOUND', message: 'Gone.', retryable: false } };
    });
    server.cut();
    await until(() => room.connection === 'closed');
    expect(tries).toBe(3);
    expect(events).toEqual(['connection-changed reconnecting', 'connection-changed closed', 'ended failed']);
  });

  it('sends a message over a lost ack under the same id, and has it once', async () => {
    const room = await client.join('room');
    server.answer('chat_message', () => 'silence');
    const sending = room.sendMessage('Hello');
    await until(() => server.payloads('chat_message').length === 1);
    server.answer('chat_message', ({ id, content }) => ({
      ok: true,
      data: { message: { ...message(1), id, content: content as TextContent } },
    }));
    server.cut();
    const sent = await sending;
    const [first, second] = server.payloads('chat_message') as [ChatMessageRequest, ChatMessageRequest];
    expect(second).toEqual(first);
    server.socket?.emit('chat_message', { message: sent });
    server.socket?.emit('chat_message', { message: message(2) });
    await until(() => room.messages.length === 2);
    expect(room.messages.map(({ id }) => id)).toEqual([first.id, 'm2']);
  });

  it('tells the refusal of a message at once', async () => {
    const room = await client.join('room');
    server.answer('chat_message', () => ({
      ok: false,
      error: { code: 'INVALID_PAYLOAD', message: 'Too long.', retryable: false },
    }));
    await expect(room.sendMessage('x')).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
  });

  it.each([
    ['removed', { reason: 'kicked' }, 'kicked'],
    ['room_ended', { reason: 'deleted' }, 'deleted'],
  ])('ends when the server says %s', async (name, payload, reason) => {
    const room = await client.join('room');
    const events = listen(room);
    server.socket?.emit(name, payload);
    await until(() => room.connection === 'closed');
    expect(events).toEqual(['connection-changed closed', `ended ${reason}`]);
    await expect(room.sendMessage('x')).rejects.toMatchObject({ code: 'DISCONNECTED' });
  });

  it('is left when the client is closed', async () => {
    const room = await client.join('room');
    const events = listen(room);
    client.close();
    expect(events).toEqual(['connection-changed closed', 'ended left']);
  });
});

function listen(room: Room): string[] {
  const events: string[] = [];
  for (const name of EVENTS) {
    room.on(name, (...args: unknown[]) => {
      events.push([name, ...args.filter((arg) => typeof arg === 'string')].join(' '));
    });
  }
  return events;
}

function participant(id: string): Participant {
  return {
    id,
    userId: id,
    displayName: id,
    role: 'member',
    joinedAt: '2026-01-01T00:00:00Z',
    publications: [],
    pictureUrl: null,
    handRaisedAt: null,
    away: false,
  };
}

function message(sequence: number): ChatMessage {
  const content = { type: 'text' as const, text: `message ${sequence}` };
  return {
    id: `m${sequence}`,
    roomId: 'r',
    sequence,
    senderId: 'u',
    senderName: 'Ada',
    content,
    replyTo: null,
    mentions: [],
    reactions: [],
    sentAt: '2026-01-01T00:00:00Z',
    editedAt: null,
    deletedAt: null,
  };
}
