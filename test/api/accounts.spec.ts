import type { Session, User } from '@minimeet/protocol';
import { JwtService } from '@nestjs/jwt';
import { describeOnEveryDatabase } from '../support/databases.js';
import { expectOk, newAccount, problemOf, register, send } from '../support/http.js';

const SECRET = 'a secret that only this test knows, 32+';

describeOnEveryDatabase('accounts', (database) => {
  const { server } = database.useServer({ JWT_SECRET: SECRET });

  const post = (path: string, body: unknown) => send(server.origin, 'POST', `/api/auth/${path}`, { body });
  const me = (token: string) => send(server.origin, 'GET', '/api/users/me', { token });
  const refresh = (refreshToken: string) => post('refresh', { refreshToken });

  describe('registering', () => {
    it('gives an account and signs in', async () => {
      const account = newAccount('  Ann  ');
      const answer = await post('register', account);
      expect(answer.status).toBe(201);
      const { user, accessToken } = answer.body as Session;
      expect(user).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        email: account.email,
        displayName: 'Ann',
        pictureUrl: null,
        showLastSeen: true,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      });
      expect((await me(accessToken)).body).toEqual(user);
      expect(Math.abs(Date.now() - Date.parse(user.createdAt))).toBeLessThan(10_000);
    });

    it('keeps every character of a name', async () => {
      const { user } = await register(server.origin, '日本 🦊 Ñandú');
      expect(user.displayName).toBe('日本 🦊 Ñandú');
    });

    it('refuses an address that is taken, in any case of letters, also when both ask at once', async () => {
      const account = newAccount();
      const shouted = { ...account, email: account.email.toUpperCase() };
      const answers = await Promise.all([post('register', account), post('register', shouted)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(problemOf(await post('register', shouted)).code).toBe('EMAIL_TAKEN');
    });

    it.each(['password', 'Password1!', 'qwerty123', 'ILOVEYOU', 'p@ssw0rd', 'sunshine2024', 'aaaaaaaaaa'])(
      'refuses the common password %s',
      async (password) => {
        const answer = await post('register', { ...newAccount(), password });
        expect(problemOf(answer)).toMatchObject({ status: 422, code: 'PASSWORD_TOO_COMMON', retryable: false });
      },
    );

    it.each(['short 7', 'x'.repeat(129)])('refuses the password %s for its length', async (password) => {
      const problem = problemOf(await post('register', { ...newAccount(), password }));
      expect(problem).toMatchObject({ status: 400, code: 'INVALID_PAYLOAD' });
      expect(Object.keys(problem.details ?? {})).toEqual(['password']);
    });

    it('takes 128 characters, and means all of them', async () => {
      const account = { ...newAccount(), password: 'correct horse '.repeat(10).slice(0, 128) };
      await expectOk(post('register', account));
      const wrong = { email: account.email, password: `${account.password.slice(0, 127)}X` };
      expect(problemOf(await post('login', wrong)).code).toBe('INVALID_CREDENTIALS');
    });

    it('lets a hundred people in from one address within a minute', async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => post('register', newAccount())));
      expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    }, 60_000);
  });

  describe('signing in', () => {
    it('works with the address in any case of letters', async () => {
      const account = newAccount();
      await expectOk(post('register', account));
      const session = await expectOk<Session>(
        post('login', { email: account.email.toUpperCase(), password: account.password }),
      );
      expect(session.user.email).toBe(account.email);
    });

    it('answers the same for an unknown address and a wrong password', async () => {
      const { email, password } = newAccount();
      await expectOk(post('register', { email, password, displayName: 'Ann' }));
      const wrong = await post('login', { email, password: 'not the password' });
      const unknown = await post('login', { email: newAccount().email, password });
      expect(problemOf(wrong)).toMatchObject({ status: 401, code: 'INVALID_CREDENTIALS' });
      expect(unknown.body).toEqual(wrong.body);
    });

    it('slows down who guesses, for this account only, and counts no right passwords', async () => {
      const account = newAccount();
      await expectOk(post('register', account));
      for (let time = 0; time < 15; time += 1) await expectOk(post('login', login(account)));
      const guesses = await Promise.all(
        Array.from({ length: 12 }, (_, time) => post('login', { email: account.email, password: `guess ${time}` })),
      );
      expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
      const refused = await post('login', login(account));
      expect(problemOf(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED', retryable: true });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const other = newAccount();
      await expectOk(post('register', other));
      await expectOk(post('login', login(other)));
    }, 30_000);
  });

  describe('access tokens', () => {
    it('changes one’s name, seen at once with the same token', async () => {
      const { accessToken: token } = await register(server.origin);
      const body = { displayName: 'Another name' };
      const user = await expectOk<User>(send(server.origin, 'PATCH', '/api/users/me', { token, body }));
      expect(user.displayName).toBe('Another name');
      expect((await me(token)).body).toEqual(user);
    });

    it('lasts 15 minutes', async () => {
      const { accessToken } = await register(server.origin);
      const claims = new JwtService().decode<{ iat: number; exp: number }>(accessToken);
      expect(claims.exp - claims.iat).toBe(15 * 60);
    });

    it('refuses forged and expired ones', async () => {
      const { user } = await register(server.origin);
      const claims = { sub: user.id, name: user.displayName };
      const jwt = new JwtService();
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const genuine = jwt.sign(claims, { secret: SECRET, expiresIn: 60 });
      expect((await me(genuine)).status).toBe(200);
      const forged = {
        none: `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, exp: 9_999_999_999 })}.`,
        'another secret': jwt.sign(claims, { secret: 'somebody else’s secret of 32 signs', expiresIn: 60 }),
        'another algorithm': jwt.sign(claims, { secret: SECRET, algorithm: 'HS512', expiresIn: 60 }),
        expired: jwt.sign(claims, { secret: SECRET, expiresIn: -1 }),
        'a changed payload': genuine.replace(/\.[^.]+\./, `.${part({ ...claims, name: 'Root', exp: 9_999_999_999 })}.`),
        'an unknown account': jwt.sign(
          { ...claims, sub: '00000000-0000-7000-8000-000000000000' },
          { secret: SECRET, expiresIn: 60 },
        ),
        'no JWT': 'abc',
        'an empty one': '',
      };
      for (const [kind, token] of Object.entries(forged)) {
        expect({ kind, code: problemOf(await me(token)).code }).toEqual({ kind, code: 'UNAUTHENTICATED' });
      }
      expect(problemOf(await send(server.origin, 'GET', '/api/users/me')).code).toBe('UNAUTHENTICATED');
    });
  });

  describe('refresh tokens', () => {
    it('are exchanged for new ones, once', async () => {
      const first = await register(server.origin);
      const second = await expectOk<Session>(refresh(first.refreshToken));
      expect(second.refreshToken).not.toBe(first.refreshToken);
      expect(second.user).toEqual(first.user);
      const third = await expectOk<Session>(refresh(second.refreshToken));
      expect((await me(third.accessToken)).status).toBe(200);
    });

    it('end with their whole family when a used one comes again', async () => {
      const first = await register(server.origin);
      const second = await expectOk<Session>(refresh(first.refreshToken));
      expect(problemOf(await refresh(first.refreshToken))).toMatchObject({
        status: 401,
        code: 'INVALID_REFRESH_TOKEN',
      });
      expect(problemOf(await refresh(second.refreshToken)).code).toBe('INVALID_REFRESH_TOKEN');
    });

    it('leave other sign-ins of the account alone', async () => {
      const account = newAccount();
      const here = await expectOk<Session>(post('register', account));
      const there = await expectOk<Session>(post('login', login(account)));
      await expectOk(refresh(here.refreshToken));
      await refresh(here.refreshToken);
      await expectOk(refresh(there.refreshToken));
    });

    it('are won by exactly one of 20 requests at once', async () => {
      const { refreshToken } = await register(server.origin);
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const codes = answers.filter(({ status }) => status !== 200).map((answer) => problemOf(answer).code);
      expect(new Set(codes)).toEqual(new Set(['INVALID_REFRESH_TOKEN']));
    });

    it('end by signing out, which never fails', async () => {
      const { refreshToken } = await register(server.origin);
      const second = await expectOk<Session>(refresh(refreshToken));
      expect((await post('logout', { refreshToken: second.refreshToken })).status).toBe(204);
      expect(problemOf(await refresh(second.refreshToken)).code).toBe('INVALID_REFRESH_TOKEN');
      expect((await post('logout', { refreshToken: 'never heard of' })).status).toBe(204);
    });
  });
});

function login({ email, password }: ReturnType<typeof newAccount>) {
  return { email, password };
}
