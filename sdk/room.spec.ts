import type { Ack, ChatMessageRequest, OpenChatReply, TextContent, Participant } from '@minimeet/protocol';
import { MiniMeetClient } from './client.js';
import type { Room } from './room.js';
import { chatMessage, joinReply, ScriptedServer, until } from './testing/scripted-server.js';

const EVENTS = [
  'participant-joined',
  'participant-left',
  'participant-updated',
  'active-speakers',
  'connection-changed',
  'ended',
] as const;
const CHAT_EVENTS = ['message', 'message-changed'] as const;

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
      data: joinReply({ participants: [bob], activeSpeakers: ['bob'], messages: [chatMessage(1)] }),
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
    expect(room.chat.messages).toEqual([chatMessage(1)]);
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
    server.socket?.emit('chat_message', { message: chatMessage(1) });
    server.socket?.emit('participant_left', { participantId: 'bob', reason: 'timed-out' });
    await until(() => room.participants.size === 0);
    expect(events).toEqual(['participant-updated', 'active-speakers', 'message', 'participant-left timed-out']);
  });

  it('resumes after a lost connection and tells only what is different', async () => {
    const [bob, eve, zoe] = ['bob', 'eve', 'zoe'].map(participant) as [Participant, Participant, Participant];
    server.answer('join_room', () => ({
      ok: true,
      data: joinReply({ participants: [bob, eve], messages: [chatMessage(1)] }),
    }));
    const room = await client.join('room');
    const events = listen(room);
    server.answer('join_room', () => ({
      ok: true,
      data: joinReply({
        participants: [bob, zoe],
        messages: [chatMessage(1), chatMessage(2), chatMessage(3)],
        resumed: true,
      }),
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
    expect(room.chat.messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
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
    const sending = room.chat.sendMessage('Hello');
    await until(() => server.payloads('chat_message').length === 1);
    server.answer('chat_message', ({ id, content }) => ({
      ok: true,
      data: { message: { ...chatMessage(1), id, content: content as TextContent } },
    }));
    server.cut();
    const sent = await sending;
    const [first, second] = server.payloads('chat_message') as [ChatMessageRequest, ChatMessageRequest];
    expect(second).toEqual(first);
    server.socket?.emit('chat_message', { message: sent });
    server.socket?.emit('chat_message', { message: chatMessage(2) });
    await until(() => room.chat.messages.length === 2);
    expect(room.chat.messages.map(({ id }) => id)).toEqual([first.id, 'm2']);
  });

  it('tells the refusal of a message at once', async () => {
    const room = await client.join('room');
    server.answer('chat_message', () => ({
      ok: false,
      error: { code: 'INVALID_PAYLOAD', message: 'Too long.', retryable: false },
    }));
    await expect(room.chat.sendMessage('x')).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
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
    await expect(room.chat.sendMessage('x')).rejects.toMatchObject({ code: 'DISCONNECTED' });
  });

  it('does not come back by itself after it was removed, not even when it was just coming back', async () => {
    const room = await client.join('room');
    server.answer('join_room', () => {
      server.socket?.emit('removed', { reason: 'replaced' });
      return { ok: true, data: joinReply({ self: { ...joinReply().self, id: 'another' } }) };
    });
    server.cut();
    await until(() => room.connection === 'closed');
    await until(() => server.payloads('leave_room').length === 1);
    server.cut();
    await until(() => server.handshakes.length === 3);
    await client.connect();
    expect(server.payloads('join_room')).toHaveLength(2);
  });

  it('carries an invite and a password to the join', async () => {
    await client.join('room', { invite: 'token', password: 'secret' });
    expect(server.payloads('join_room')).toEqual([{ room: 'room', invite: 'token', password: 'secret' }]);
  });

  it('asks for signs and moderation by name', async () => {
    const room = await client.join('room');
    await room.raiseHand();
    await room.lowerHand();
    await room.lowerHand('bob');
    await room.sendReaction('👍');
    await room.setAway(true);
    await room.muteParticipant('bob', 'microphone');
    await room.muteAll('camera');
    await room.removeParticipant('bob');
    await room.removeParticipant('bob', { ban: true });
    await room.admit('eve');
    await room.deny('zoe');
    await room.setLocked(true);
    await room.setRole('bob', 'moderator');
    await room.endForAll();
    expect(server.requests.slice(1).filter(({ name }) => name !== 'report_quality')).toEqual([
      { name: 'raise_hand', payload: { raised: true } },
      { name: 'raise_hand', payload: { raised: false } },
      { name: 'raise_hand', payload: { raised: false, participantId: 'bob' } },
      { name: 'send_reaction', payload: { reaction: '👍' } },
      { name: 'set_display_state', payload: { away: true } },
      { name: 'mute_participant', payload: { participantId: 'bob', source: 'microphone' } },
      { name: 'mute_participant', payload: { source: 'camera' } },
      { name: 'remove_participant', payload: { participantId: 'bob' } },
      { name: 'remove_participant', payload: { participantId: 'bob', ban: true } },
      { name: 'admit_participant', payload: { participantId: 'eve', admit: true } },
      { name: 'admit_participant', payload: { participantId: 'zoe', admit: false } },
      { name: 'set_room_lock', payload: { locked: true } },
      { name: 'set_role', payload: { participantId: 'bob', role: 'moderator' } },
      { name: 'end_room', payload: {} },
    ]);
  });

  it('tells of signs, settings and who waits, each when it is different', async () => {
    const waiting = [{ id: 'p', userId: 'eve', displayName: 'Eve', isGuest: true, since: '2026-01-01T00:00:00Z' }];
    server.answer('join_room', () => ({ ok: true, data: joinReply({ lobby: waiting }) }));
    const room = await client.join('room');
    expect(room.lobby).toEqual(waiting);
    const told: unknown[] = [];
    room.on('reaction', (reaction) => told.push(reaction));
    room.on('muted', (muted) => told.push(muted));
    room.on('lobby-changed', (lobby) => told.push(lobby));
    room.on('settings-changed', (settings) => told.push(settings));
    room.on('room-changed', ({ name }) => told.push(name));
    const { room: summary } = joinReply();
    server.socket?.emit('reaction', { participantId: 'bob', reaction: '🎉' });
    server.socket?.emit('muted', { source: 'microphone', by: 'Bob' });
    server.socket?.emit('lobby_changed', { waiting });
    server.socket?.emit('lobby_changed', { waiting: [] });
    server.socket?.emit('room_changed', { room: { ...summary, locked: true } });
    server.socket?.emit('room_changed', { room: { ...summary, locked: true, name: 'Renamed' } });
    await until(() => room.name === 'Renamed');
    const settings = { access: 'open', locked: true, allowUnmute: true };
    expect(told).toEqual([
      { participantId: 'bob', reaction: '🎉' },
      { source: 'microphone', by: 'Bob' },
      [],
      settings,
      'Renamed',
    ]);
    expect(room.settings).toEqual(settings);
    expect(room.lobby).toEqual([]);
  });

  it('has the chat of the call, without naming its room', async () => {
    server.answer('join_room', () => ({
      ok: true,
      data: joinReply({ messages: [chatMessage(1)], lastReadSequence: 1 }),
    }));
    const room = await client.join('room');
    const events = listen(room);
    room.chat.setTyping(true);
    await until(() => server.payloads('typing').length === 1);
    expect(server.payloads('typing')).toEqual([{ typing: true }]);
    server.socket?.emit('chat_message', { message: chatMessage(2) });
    server.socket?.emit('message_changed', { message: { ...chatMessage(1), deletedAt: '2026-01-01T00:00:00Z' } });
    await until(() => events.length === 2);
    expect(events).toEqual(['message', 'message-changed']);
    await room.leave();
    expect(room.chat.connection).toBe('closed');
  });

  it('asks for the beginning of its chat when the join could not tell it, and has each message once', async () => {
    server.answer('join_room', () => ({ ok: true, data: joinReply({ chatPending: true }) }));
    const answers: Ack<OpenChatReply>[] = [
      { ok: false, error: { code: 'DATABASE_UNAVAILABLE', message: 'Later.', retryable: true } },
      { ok: true, data: { messages: [chatMessage(90), chatMessage(91)], lastReadSequence: 90 } },
    ];
    server.answer('open_chat', () => answers.shift() ?? 'silence');
    const room = await client.join('room');
    const heard: number[] = [];
    room.chat.on('message', ({ sequence }) => heard.push(sequence));
    room.chat.markRead();
    // Told before the beginning, which has it too; and one that comes after it.
    server.socket?.emit('chat_message', { message: chatMessage(91) });
    await until(() => room.chat.messages.length === 2);
    server.socket?.emit('chat_message', { message: chatMessage(92) });
    await until(() => room.chat.messages.length === 3);
    expect(heard).toEqual([90, 91, 92]);
    expect(room.chat).toMatchObject({ connection: 'connected', hasOlder: true, lastReadSequence: 90 });
    expect(server.payloads('open_chat')).toEqual([{}, {}]);
    expect(server.payloads('mark_read')).toEqual([]);
    expect(server.restPaths).toEqual([]);
  });

  it('has messages as they are after a lost connection, also those that were told before the beginning of its chat', async () => {
    server.answer('join_room', () => ({ ok: true, data: joinReply({ chatPending: true }) }));
    server.answer('open_chat', () => 'silence');
    const room = await client.join('room');
    server.socket?.emit('chat_message', { message: chatMessage(91) });
    // Behind the message, which nobody sees yet.
    server.socket?.emit('active_speakers', { participantIds: ['bob'] });
    await until(() => room.activeSpeakers.length === 1);
    const deleted = chatMessage(91, { deletedAt: '2026-01-01T00:01:00Z' });
    server.answer('join_room', () => ({ ok: true, data: joinReply({ messages: [chatMessage(90), deleted] }) }));
    server.cut();
    await until(() => room.chat.messages.length === 2);
    expect(room.chat.messages).toEqual([chatMessage(90), deleted]);
  });

  it('shows what is said from now on when the server refuses the beginning of its chat', async () => {
    server.answer('join_room', () => ({ ok: true, data: joinReply({ chatPending: true }) }));
    server.answer('open_chat', () => ({
      ok: false,
      error: { code: 'STORAGE_FULL', message: 'The disk is full.', retryable: false },
    }));
    const room = await client.join('room');
    const errors: string[] = [];
    room.chat.on('error', ({ code }) => errors.push(code));
    await until(() => errors.length === 1);
    server.socket?.emit('chat_message', { message: chatMessage(1) });
    await until(() => room.chat.messages.length === 1);
    expect(errors).toEqual(['STORAGE_FULL']);
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
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      events.push([name, ...args.filter((arg) => typeof arg === 'string')].join(' '));
    };
  for (const name of EVENTS) room.on(name, note(name));
  for (const name of CHAT_EVENTS) room.chat.on(name, note(name));
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
