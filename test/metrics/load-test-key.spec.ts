import { LIMITS } from '@minimeet/protocol';
import { io } from 'socket.io-client';
import { problemOf, send } from '../support/http.js';
import { Person } from '../support/person.js';
import { startServer, useServer } from '../support/server.js';

const KEY = 'a load-test key of more than 32 characters';
const HEADER = 'X-Load-Test-Key';

const { server } = useServer({ LOAD_TEST_KEY: KEY, LOG_LEVEL: 'error' });
let ann: Person;

beforeAll(async () => {
  ann = await Person.register(server.origin, 'Ann');
});

/** How a handshake with this auth ends: the code of its refusal, or `welcome`. */
async function connectWith(origin: string, auth: object): Promise<string> {
  const socket = io(origin, { transports: ['websocket'], reconnection: false, forceNew: true, auth });
  try {
    return await new Promise<string>((resolve) => {
      socket.once('welcome', () => resolve('welcome'));
      socket.once('connect_error', (error: Error & { data?: { code: string } }) =>
        resolve(error.data?.code ?? error.message),
      );
    });
  } finally {
    socket.disconnect();
  }
}

describe('the load-test key', () => {
  it('lifts the limit of requests, and neither checks nor caps', async () => {
    const socket = io(server.origin, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { token: ann.session.accessToken, loadTestKey: KEY },
    });
    const ask = (name: string, payload: object): Promise<unknown> => socket.timeout(10_000).emitWithAck(name, payload);
    const acks = await Promise.all(
      Array.from({ length: LIMITS.requestBurst + 300 }, () => ask('set_speaking', { speaking: false })),
    );
    for (const ack of acks) expect(ack).toMatchObject({ ok: false, error: { code: 'WRONG_STATE' } });
    expect(await ask('set_speaking', { speaking: 1 })).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    const tooLong = { id: 'x'.repeat(LIMITS.messageBytes), content: {} };
    expect(await ask('chat_message', tooLong)).toMatchObject({ error: { code: 'PAYLOAD_TOO_LARGE' } });
    socket.disconnect();
  });

  it('lifts the limit of wrong passwords', async () => {
    const login = (headers: Record<string, string>) =>
      send(server.origin, 'POST', '/api/auth/login', {
        headers,
        body: { email: ann.session.user.email, password: 'not this one' },
      });
    const codes: string[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) codes.push(problemOf(await login({ [HEADER]: KEY })).code);
    expect(new Set(codes)).toEqual(new Set(['INVALID_CREDENTIALS']));
    for (let attempt = 0; attempt < 11; attempt += 1) codes.push(problemOf(await login({})).code);
    expect(codes.at(-1)).toBe('RATE_LIMITED');
  });

  it('is refused when it is wrong, on every route and in the handshake', async () => {
    const wrong = { [HEADER]: `${KEY}x` };
    for (const path of ['/api/users/me', '/api/auth/login', '/health/live']) {
      const method = path.endsWith('login') ? 'POST' : 'GET';
      expect(problemOf(await send(server.origin, method, path, { headers: wrong })).code).toBe('FORBIDDEN');
    }
    const { accessToken: token } = ann.session;
    expect(await connectWith(server.origin, { token, loadTestKey: `${KEY}x` })).toBe('FORBIDDEN');
    expect(await connectWith(server.origin, { token, loadTestKey: '' })).toBe('FORBIDDEN');
    expect(await connectWith(server.origin, { token, loadTestKey: [KEY] })).toBe('FORBIDDEN');
    expect(await connectWith(server.origin, { token, loadTestKey: KEY })).toBe('welcome');
    expect(await connectWith(server.origin, { token })).toBe('welcome');
  });

  it('is refused by a server that was started without one', async () => {
    const other = await startServer();
    const { session } = await Person.register(other.origin, 'Ben');
    expect(await connectWith(other.origin, { token: session.accessToken, loadTestKey: KEY })).toBe('FORBIDDEN');
    const answer = await send(other.origin, 'GET', '/health/live', { headers: { [HEADER]: KEY } });
    expect(problemOf(answer).code).toBe('FORBIDDEN');
    await other.close();
  });
});

describe('the client in the handshake', () => {
  it('is refused when it is not what it may be', async () => {
    const { accessToken: token } = ann.session;
    expect(await connectWith(server.origin, { token, client: 'x'.repeat(LIMITS.clientLength + 1) })).toBe(
      'INVALID_PAYLOAD',
    );
    expect(await connectWith(server.origin, { token, client: { name: 'web' } })).toBe('INVALID_PAYLOAD');
    expect(await connectWith(server.origin, { token, client: 'web' })).toBe('welcome');
  });
});
