import type { Session } from '@minimeet/protocol';
import { AuthService } from '../../src/auth/auth.service.js';
import { problemOf, register, send } from '../support/http.js';
import { type MariaDb, missingMariaDbProgram, startMariaDb } from '../support/mariadb.js';
import { useServer } from '../support/server.js';

const missing = missingMariaDbProgram();
const describeWithMariaDb = missing ? describe.skip : describe;

describeWithMariaDb(`a database that dies (needs mariadbd${missing ? `; ${missing} is not installed` : ''})`, () => {
  let mariaDb: MariaDb;
  const { server } = useServer(async () => {
    mariaDb = await startMariaDb();
    return { DATABASE_URL: await mariaDb.createDatabase(), LOG_LEVEL: 'error' };
  });
  let session: Session;

  beforeAll(async () => {
    session = await register(server.origin);
    await mariaDb.close();
  });

  it('is told to clients as something that passes', async () => {
    const token = session.accessToken;
    const requests: [string, string, object?][] = [
      ['POST', '/api/auth/login', { email: 'a@example.org', password: 'correct horse' }],
      ['POST', '/api/auth/refresh', { refreshToken: session.refreshToken }],
      ['POST', '/api/rooms', { name: 'Room' }],
      ['GET', '/api/rooms'],
      ['GET', '/health/ready'],
    ];
    for (const [method, path, body] of requests) {
      const problem = problemOf(await send(server.origin, method, path, { token, body }));
      expect(problem).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE', retryable: true });
      expect(problem.detail).not.toMatch(/127\.0\.0\.1|connect|ECONN/);
    }
  }, 60_000);

  it('leaves the process alive, and people with a token who they are', async () => {
    expect((await send(server.origin, 'GET', '/health/live')).status).toBe(200);
    expect(await server.app.get(AuthService, { strict: false }).authenticate(session.accessToken)).toEqual({
      userId: session.user.id,
      displayName: session.user.displayName,
      pictureUrl: null,
      guestRoomId: null,
    });
  }, 60_000);
});
