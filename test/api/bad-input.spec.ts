import { LIMITS, type Room, type Session } from '@minimeet/protocol';
import { useServer } from '../support/server.js';
import { expectOk, newAccount, problemOf, register, type RequestOptions, send } from '../support/http.js';

/** Values that are no text. */
const NOT_TEXT: unknown[] = [
  null,
  7,
  true,
  [],
  {},
  ['x'],
  { toString: 'x' },
  '',
  ' \t ',
  'a\u0000b',
  'lone \ud800',
  'x'.repeat(10_000),
];
const NOT_AN_ACCESS: unknown[] = [null, 7, true, [], {}, ['open'], '', 'Open', 'public', 'x'.repeat(10_000)];
const NOT_A_PASSWORD: unknown[] = [
  null,
  7,
  [],
  {},
  ['open sesame'],
  '',
  'abc',
  'x'.repeat(129),
  'nul \u0000',
  'lone \ud800',
];
const NOT_A_BOOLEAN: unknown[] = [null, 0, 1, 'true', '', [], {}];
const NOT_A_NUMBER: unknown[] = [null, '7', true, [], {}, -1, 0, 1.5, 1e300];

/** Every body of the API: a right one, and what is wrong for each of its fields. */
const BODIES: { method: string; path: string; right: object; wrong: Record<string, unknown[]>; optional?: string[] }[] =
  [
    {
      method: 'POST',
      path: 'auth/register',
      right: newAccount(),
      wrong: {
        email: [...NOT_TEXT, 'no address', 'a@b', `${'x'.repeat(300)}@example.org`],
        password: NOT_TEXT,
        displayName: NOT_TEXT,
      },
    },
    {
      method: 'POST',
      path: 'auth/login',
      right: { email: 'a@example.org', password: 'correct horse' },
      wrong: { email: [null, 7, [], {}, 'x'.repeat(255)], password: [null, 7, [], {}, '', 'x'.repeat(129), 'a\u0000'] },
    },
    {
      method: 'POST',
      path: 'auth/refresh',
      right: { refreshToken: 'x' },
      wrong: { refreshToken: [null, 7, [], {}, '', 'x'.repeat(129)] },
    },
    {
      method: 'POST',
      path: 'auth/logout',
      right: { refreshToken: 'x' },
      wrong: { refreshToken: [null, 7, [], {}, '', 'x'.repeat(129)] },
    },
    {
      method: 'POST',
      path: 'auth/guest',
      right: { displayName: 'Gil', invite: 'x' },
      wrong: { displayName: NOT_TEXT, invite: [null, 7, [], {}, '', 'x'.repeat(129)] },
    },
    {
      method: 'PATCH',
      path: 'users/me',
      right: { displayName: 'Ann' },
      wrong: { displayName: NOT_TEXT },
      optional: ['displayName'],
    },
    {
      method: 'POST',
      path: 'rooms',
      right: { name: 'Room', access: 'password', password: 'open sesame' },
      wrong: { name: NOT_TEXT, access: NOT_AN_ACCESS, password: NOT_A_PASSWORD },
      optional: ['access'],
    },
    {
      method: 'PATCH',
      path: 'rooms/:slug',
      right: { name: 'Room', access: 'password', password: 'open sesame', locked: false, allowUnmute: true },
      wrong: {
        name: NOT_TEXT,
        access: NOT_AN_ACCESS,
        password: NOT_A_PASSWORD,
        locked: NOT_A_BOOLEAN,
        allowUnmute: NOT_A_BOOLEAN,
      },
      optional: ['name', 'access', 'locked', 'allowUnmute'],
    },
    {
      method: 'PATCH',
      path: 'rooms/:slug/members/me',
      right: { role: 'host' },
      wrong: { role: [null, 7, true, [], {}, ['host'], '', 'guest', 'Host', 'owner', 'x'.repeat(10_000)] },
    },
    {
      method: 'POST',
      path: 'rooms/:slug/invites',
      right: { expiresInSeconds: 3600, maxUses: 5 },
      wrong: { expiresInSeconds: NOT_A_NUMBER, maxUses: NOT_A_NUMBER },
      optional: ['expiresInSeconds', 'maxUses'],
    },
  ];

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

describe('bad input over REST', () => {
  const { server } = useServer();
  let session: Session;
  let room: Room;

  beforeAll(async () => {
    session = await register(server.origin);
    room = await expectOk<Room>(ask('POST', 'rooms', { body: { name: 'Room' } }));
  });

  const ask = (method: string, path: string, options: RequestOptions = {}) =>
    send(server.origin, method, `/api/${path.replace(':slug', room?.slug)}`, {
      token: session.accessToken,
      ...options,
    });

  describe.each(BODIES)('$method $path', ({ method, path, right, wrong, optional = [] }) => {
    async function expectInvalid(options: RequestOptions, field?: string): Promise<void> {
      const { status, body } = await ask(method, path, options);
      const shown = { request: JSON.stringify(options).slice(0, 200), status, code: (body as { code?: string }).code };
      expect(shown).toEqual({ ...shown, status: 400, code: 'INVALID_PAYLOAD' });
      if (field !== undefined) expect(Object.keys((body as { details: object }).details)).toEqual([field]);
    }

    it('names each field that is wrong', async () => {
      for (const [field, values] of Object.entries(wrong)) {
        for (const value of values) await expectInvalid({ body: { ...right, [field]: value } }, field);
      }
    });

    it('names each field that is missing', async () => {
      for (const field of Object.keys(right).filter((name) => !optional.includes(name))) {
        await expectInvalid({ body: { ...right, [field]: undefined } }, field);
      }
    });

    it('refuses unknown fields', async () => {
      await expectInvalid({ body: { ...right, isAdmin: true } }, 'isAdmin');
      const text = JSON.stringify(right).slice(1);
      await expectInvalid({ raw: `{"__proto__":{"isAdmin":true},${text}` });
      await expectInvalid({ raw: `{"constructor":{"prototype":{"isAdmin":true}},${text}` });
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    });

    it('refuses what is no JSON object', async () => {
      for (const raw of [
        '[]',
        '[{}]',
        '"text"',
        '7',
        'null',
        'true',
        '{',
        '{"a":}',
        '\u0000',
        '{"a":1}{"b":2}',
        DEEP,
      ]) {
        await expectInvalid({ raw });
      }
      await expectInvalid({ raw: `{"x":${DEEP}}` });
      await expectInvalid({ raw: JSON.stringify(right), headers: { 'Content-Type': 'text/plain' } });
      await expectInvalid({ raw: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
      await expectInvalid({
        raw: JSON.stringify(right),
        headers: { 'Content-Type': 'application/json; charset=latin1' },
      });
      await expectInvalid({ raw: 'not gzip', headers: { 'Content-Encoding': 'gzip' } });
    });

    it('refuses a body that is too large', async () => {
      const problem = problemOf(await ask(method, path, { body: { x: 'x'.repeat(LIMITS.messageBytes) } }));
      expect(problem).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE', retryable: false });
    });
  });

  it.each(
    [
      ['rooms?limit=0', 'limit'],
      ['rooms?limit=101', 'limit'],
      ['rooms?limit=x', 'limit'],
      ['rooms?limit=1&limit=2', 'limit'],
      ['rooms?limit[a]=1', 'limit[a]'],
      ['rooms?after=x', 'after'],
      ['rooms?after=', 'after'],
      [`rooms?after=${Buffer.from('1 ; DROP TABLE room').toString('base64url')}`, 'after'],
      [`rooms?after=${Buffer.from(`99999999999999 ${'0'.repeat(36)}`).toString('base64url')}`, undefined],
      [`rooms?after=${'x'.repeat(300)}`, 'after'],
      ['rooms/:slug/members?after=%00', 'after'],
      ['rooms/:slug/bans?after=x', 'after'],
      ['rooms/:slug/bans?limit=0', 'limit'],
      ['rooms/:slug/invites?after=%00', 'after'],
      ['rooms/:slug/invites?mine=true', 'mine'],
      ['rooms/:slug/calls?after=x', 'after'],
      ['rooms/:slug/messages?before=0', 'before'],
      ['rooms/:slug/messages?before=1e99', 'before'],
      ['rooms/:slug/messages?before=abc', 'before'],
      ['rooms/:slug/messages?other=1', 'other'],
    ].map(([path = '', field]) => ({ start: path.slice(0, 50), path, field })),
  )('GET $start names the wrong query field', async ({ path, field }) => {
    const answer = await ask('GET', path);
    if (field === undefined) expect(answer.status).toBe(200);
    else
      expect(problemOf(answer)).toMatchObject({
        code: 'INVALID_PAYLOAD',
        details: { [field]: expect.any(Array) as string[] },
      });
  });

  it.each([
    ['GET', 'nothing'],
    ['GET', ''],
    ['PUT', 'rooms'],
    ['GET', `rooms/${'x'.repeat(500)}`],
    ['GET', 'rooms/%00'],
    ['GET', `rooms/${encodeURIComponent("' OR 1=1 --")}`],
    ['GET', 'calls/no-uuid'],
    ['GET', 'calls/%F0%9F%A6%8A'],
    ['DELETE', 'rooms/__proto__'],
    ['DELETE', 'rooms/:slug/members/__proto__'],
    ['DELETE', 'rooms/:slug/members/no-uuid'],
    ['DELETE', 'rooms/:slug/members/no-uuid?ban=true'],
    ['DELETE', `rooms/:slug/members/${encodeURIComponent("' OR 1=1 --")}`],
    ['DELETE', 'rooms/:slug/bans/%00'],
    ['DELETE', 'rooms/:slug/invites/%F0%9F%A6%8A'],
  ])('%s %s is NOT_FOUND', async (method, path) => {
    expect(problemOf(await ask(method, path))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it.each(['ban=1', 'ban=', 'ban=TRUE', 'ban=true&ban=false', 'ban[a]=true', 'by=me'])(
    'DELETE rooms/:slug/members/…?%s is an INVALID_PAYLOAD',
    async (query) => {
      expect(problemOf(await ask('DELETE', `rooms/:slug/members/no-uuid?${query}`)).code).toBe('INVALID_PAYLOAD');
    },
  );

  it('a path that is no UTF-8 is an INVALID_PAYLOAD', async () => {
    expect(problemOf(await ask('GET', 'rooms/%ED%A0%80')).code).toBe('INVALID_PAYLOAD');
    expect(problemOf(await ask('GET', 'rooms/%')).code).toBe('INVALID_PAYLOAD');
  });

  it('leaves the server as it was', async () => {
    expect((await ask('GET', 'rooms/:slug')).status).toBe(200);
    expect((await send(server.origin, 'GET', '/health/ready')).status).toBe(200);
  });
});
