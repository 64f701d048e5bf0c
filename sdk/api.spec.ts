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

  it('asks for people, invites and words by their routes', async () => {
    route = ({ method }) => ({ status: method === 'GET' ? 200 : 204, body: method === 'GET' ? {} : '' });
    const api = new MiniMeetApi({ url, session: sessionFor(900) });
    await api.setMemberRole('room', 'u/1', { role: 'moderator' });
    await api.removeMember('room', 'u/1');
    await api.leaveRoom('room');
    await api.bans('room');
    await api.liftBan('room', 'u');
    await api.invites('room', { limit: 5 });
    await api.revokeInvite('room', 'i');
    await api.messages('room', { after: '7', limit: 100 });
    await api.search({ q: 'a b', sender: 'u' });
    await api.searchRoom('room', { q: 'x', from: '2026-01-01', after: 'c' });
    await api.presence('u');
    expect(calls.map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual([
      'PATCH /api/rooms/room/members/u%2F1',
      'DELETE /api/rooms/room/members/u%2F1',
      'DELETE /api/rooms/room/members/me',
      'GET /api/rooms/room/bans',
      'DELETE /api/rooms/room/bans/u',
      'GET /api/rooms/room/invites?limit=5',
      'DELETE /api/rooms/room/invites/i',
      'GET /api/rooms/room/messages?after=7&limit=100',
      'GET /api/messages/search?q=a+b&sender=u',
      'GET /api/rooms/room/messages/search?q=x&from=2026-01-01&after=c',
      'GET /api/users/u/presence',
    ]);
  });

  it('uploads a file under its name, tells of its end, and downloads files as they are', async () => {
    let sent = '';
    route = ({ url: path }, body) => {
      sent = body;
      if (path?.endsWith('/attachments')) return { status: 201, body: { id: 'a' } };
      return { status: 200, body: 'bytes', type: 'image/webp' };
    };
    const api = new MiniMeetApi({ url, session: sessionFor(900) });
    const progress: number[] = [];
    const file = new Blob(['content'], { type: 'text/plain' });
    const onProgress = (ratio: number) => progress.push(ratio);
    await expect(api.uploadAttachment('room', file, { fileName: 'a ü.txt', onProgress })).resolves.toEqual({ id: 'a' });
    expect(sent).toContain('name="file"; filename="a ü.txt"');
    expect(sent).toContain('content');
    expect(progress).toEqual([1]);
    const preview = await api.attachmentPreview('room', 'a');
    expect([await preview.text(), preview.type]).toEqual(['bytes', 'image/webp']);
  });

  it('keeps who one is up to date with a new picture, after a refreshed token too', async () => {
    const [old, fresh] = [sessionFor(900), sessionFor(901)];
    const user = { ...old.user, pictureUrl: '/api/users/u/picture' };
    route = ({ url: path, headers }) => {
      if (path === '/api/auth/refresh') return { status: 200, body: fresh };
      return headers.authorization === `Bearer ${fresh.accessToken}`
        ? { status: 200, body: user }
        : problem(401, 'UNAUTHENTICATED');
    };
    const api = new MiniMeetApi({ url, session: old });
    await api.setPicture(new Blob(['x']));
    expect(api.session?.user).toEqual(user);
  });

  it('ends an upload that is aborted, with the reason of it, and makes errors of what the server refuses', async () => {
    const api = new MiniMeetApi({ url, session: sessionFor(900) });
    route = () => problem(413, 'PAYLOAD_TOO_LARGE');
    await expect(api.uploadAttachment('room', new Blob(['x']))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    const abort = new AbortController();
    route = () => {
      abort.abort();
      return { status: 200, body: {} };
    };
    const { signal } = abort;
    await expect(api.uploadAttachment('room', new Blob(['x']), { signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await expect(api.attachment('room', 'a', { signal })).rejects.toMatchObject({ name: 'AbortError' });
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
