import { MiniMeetClient } from './client.js';
import { ScriptedServer, until } from './testing/scripted-server.js';

describe('the lobby', () => {
  let server: ScriptedServer;
  let client: MiniMeetClient;
  const asked = () => server.payloads('request_admission').length;

  beforeEach(async () => {
    server = await ScriptedServer.create();
    client = new MiniMeetClient({ url: server.url, accessToken: 'token' });
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  it.each([
    [true, 'admitted'],
    [false, 'denied'],
  ])('is waited in until the room answers: %s', async (admitted, answer) => {
    const waiting = client.requestAdmission('room');
    await until(() => asked() === 1);
    server.socket?.emit('admission', { room: 'other', admitted: !admitted });
    server.socket?.emit('admission', { room: 'room', admitted });
    await expect(waiting).resolves.toBe(answer);
    expect(server.payloads('request_admission')).toEqual([{ room: 'room' }]);
  });

  it('is asked for again after a lost connection', async () => {
    const waiting = client.requestAdmission('room');
    await until(() => asked() === 1);
    server.cut();
    await until(() => asked() === 2);
    server.socket?.emit('admission', { room: 'room', admitted: true });
    await expect(waiting).resolves.toBe('admitted');
  });

  it('is not waited in by who is refused', async () => {
    server.answer('request_admission', () => ({
      ok: false,
      error: { code: 'BANNED', message: 'No.', retryable: false },
    }));
    await expect(client.requestAdmission('room')).rejects.toMatchObject({ code: 'BANNED' });
  });

  it('is left when the waiting is aborted, and not asked for any more', async () => {
    const abort = new AbortController();
    const waiting = client.requestAdmission('room', { signal: abort.signal });
    await until(() => asked() === 1);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => server.payloads('leave_room').length === 1);
    const before = server.handshakes.length;
    server.cut();
    await until(() => server.handshakes.length > before);
    await client.connect();
    expect(asked()).toBe(1);
    await expect(client.requestAdmission('room', { signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
