import type { Presence, WatchPresenceRequest } from '@minimeet/protocol';
import { MiniMeetClient } from './client.js';
import { ScriptedServer, until } from './testing/scripted-server.js';

const presence = (userId: string, status: Presence['status'] = 'online'): Presence => ({
  userId,
  status,
  lastSeenAt: null,
});

describe('watching who is there', () => {
  let server: ScriptedServer;
  let client: MiniMeetClient;
  const sent = () => server.payloads('watch_presence').map((payload) => (payload as WatchPresenceRequest).userIds);

  beforeEach(async () => {
    server = await ScriptedServer.create();
    server.answer('watch_presence', ({ userIds }) => ({
      ok: true,
      data: { presences: userIds.map((userId) => presence(userId)) },
    }));
    client = new MiniMeetClient({ url: server.url, accessToken: 'token' });
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('tells how it is and what changes, of the people asked for', async () => {
    await client.connect();
    const watch = client.watchPresence(['ann', 'bob']);
    const told: string[] = [];
    watch.on('presence-changed', ({ userId, status }) => told.push(`${userId} ${status}`));
    await until(() => watch.presences.size === 2);
    server.socket?.emit('presence_changed', { presence: presence('eve', 'away') });
    server.socket?.emit('presence_changed', { presence: presence('bob', 'in-call') });
    await until(() => watch.presences.get('bob')?.status === 'in-call');
    expect(told).toEqual(['ann online', 'bob online', 'bob in-call']);
  });

  it('asks once for all that the page watches, and no more for what it does not', async () => {
    await client.connect();
    const first = client.watchPresence(['ann', 'bob']);
    const second = client.watchPresence(['bob', 'eve']);
    await until(() => second.presences.size === 2);
    const third = client.watchPresence(['ann']);
    expect(third.presences.get('ann')).toEqual(presence('ann'));
    first.watch(['bob']);
    third.close();
    await until(() => sent().length === 2);
    second.close();
    first.close();
    await until(() => sent().length === 3);
    expect(sent()).toEqual([['ann', 'bob', 'eve'], ['bob', 'eve'], []]);
    expect(first.presences.has('ann')).toBe(false);
  });

  it('asks when there is a connection, and again after a lost one', async () => {
    const watch = client.watchPresence(['ann']);
    await client.connect();
    await until(() => watch.presences.size === 1);
    server.answer('watch_presence', () => ({ ok: true, data: { presences: [presence('ann', 'offline')] } }));
    server.cut();
    await until(() => watch.presences.get('ann')?.status === 'offline');
    expect(sent()).toEqual([['ann'], ['ann']]);
  });
});
