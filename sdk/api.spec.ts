import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Session } from '@minimeet/protocol';
import { MiniMeetApi } from './api.js';

interface Answer {
  status: number;
  body: unknown;
  type?: string;
}
type Route = (request: IncomingMessage, body: string) => Answer;

describe('the REST calls', () => {
  let server: Server;
  let url: string;
  let calls: string[];
  let route: Route;

  beforeEach(async () => {
    calls = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        calls.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
        const { status, body: reply, type = 'application/json' } = route(request, body);
        response.writeHead(status, { 'content-type': type });
        response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('signs in, tells of the session, and sends its token', async () => {
    const session = sessionFor(900);
    route = () => ({ status: 200, body: session });
    const told: unknown[] = [];
    const api = new MiniMeetApi({ url, onSession: (value) => told.push(value) });
    await api.login({ email: 'a@b.c', password: 'secret' });
    await api.room('a room');
    expect(told).toEqual([session]);
    expect(calls).toEqual(['POST /api/auth/login -', `GET /api/rooms/a%20room Bearer ${session.accessToken}`]);
  });

  it('refreshes a token that is about to expire once, for all calls that need it', async () => {
    const fresh = sessionFor(900);
    route = ({ url: path }) => ({
      status: 200,
      body: path === '/api/auth/refresh' ? fresh : { items: [], next: null },
    });
    const api = new MiniMeetApi({ url, session: sessionFor(5) });
    await Promise.all([api.listRooms(), api.me(), api.accessToken()]);
    expect(calls.filter((call) => call.includes('refresh'))).toHaveLength(1);
    expect(calls.filter((call) => call.endsWith(`Bearer ${fresh.accessToken}`))).toHaveLength(2);
  });

  it('refreshes once after a 401 and asks again', async () => {
    const [old, fresh] = [sessionFor(900), sessionFor(901)];
    route = ({ url: path, headers }) => {
      if (path === '/api/auth/refresh') return { status: 200, body: fresh };
      if (headers.authorization === `Bearer ${fresh.accessToken}`) return { status: 200, body: fresh.user };
      return problem(401, 'UNAUTHENTICATED');
    };
    const api = new MiniMeetApi({ url, session: old });
    const answers = await Promise.all([api.me(), api.me()]);
    expect(answers).toEqual([fresh.user, fresh.user]);
    expect(calls.filter((call) => call.includes('refresh'))).toHaveLength(1);
  });

  it('forgets a session whose refresh token is refused', async () => {
    route = () => problem(401, 'INVALID_REFRESH_TOKEN');
    const told: unknown[] = [];
    const api = new MiniMeetApi({ url, session: sessionFor(1), onSession: (value) => told.push(value) });
    await expect(api.me()).rejects.toMatchObject({ code: 'INVALID_REFRESH_TOKEN', retryable: false });
    expect(told).toEqual([null]);
    await expect(api.me()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('makes typed errors of problem documents, and of what is none', async () => {
    const api = new MiniMeetApi({ url, session: sessionFor(900) });
    route = () => problem(400, 'INVALID_PAYLOAD', { name: ['name is too long'] });
    await expect(api.createRoom({ name: 'x' })).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
      details: { name: ['name is too long'] },
    });
    route = () => ({ status: 502, body: '<h1>Bad gateway</h1>', type: 'text/html' });
    await expect(api.me()).rejects.toMatchObject({ code: 'INTERNAL', retryable: true });
    const nowhere = new MiniMeetApi({ url: 'http://127.0.0.1:1', session: sessionFor(900) });
    await expect(nowhere.me()).rejects.toMatchObject({ code: 'DISCONNECTED', retryable: true });
  });

  it('gives a call as it is, and its samples as text', async () => {
    route = ({ url: path }) =>
      path?.endsWith('/export')
        ? { status: 200, body: 'at,name\r\n', type: 'text/csv; charset=utf-8' }
        : { status: 200, body: { id: 'c/1' } };
    const api = new MiniMeetApi({ url, session: sessionFor(900) });
    await expect(api.call('c/1')).resolves.toEqual({ id: 'c/1' });
    await expect(api.exportCall('c/1')).resolves.toBe('at,name\r\n');
    await api.analyticsSummary({ from: '2026-01-01T00:00:00Z' });
    await api.worstRooms();
    expect(calls.map((call) => call.split(' ')[1])).toEqual([
      '/api/calls/c%2F1',
      '/api/calls/c%2F1/export',
      '/api/analytics/summary?from=2026-01-01T00%3A00%3A00Z',
      '/api/analytics/worst-rooms',
    ]);
  });
});

function problem(status: number, code: string, details?: Record<string, string[]>): Answer {
  const body = { type: 'about:blank', title: code, status, detail: 'No.', code, retryable: false, details };
  return { status, body, type: 'application/problem+json' };
}

function sessionFor(seconds: number): Session {
  const payload = Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + seconds })).toString('base64url');
  const user = {
    id: 'u',
    email: 'a@b.c',
    displayName: 'A',
    pictureUrl: null,
    showLastSeen: true,
    createdAt: '2026-01-01T00:00:00Z',
  };
  return { accessToken: `h.${payload}.s`, refreshToken: `r${seconds}`, user };
}
