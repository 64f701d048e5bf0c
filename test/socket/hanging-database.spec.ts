import { randomUUID } from 'node:crypto';
import type { JoinRoomReply } from '@minimeet/protocol';
import { type MariaDb, missingMariaDbProgram, startMariaDb } from '../support/mariadb.js';
import type { Person } from '../support/person.js';
import { useServer } from '../support/server.js';

const missing = missingMariaDbProgram();
const describeWithMariaDb = missing ? describe.skip : describe;

/** Longest that new media takes with a healthy database, on a slow machine, and the second that a join waits for the chat. */
const REBUILT_WITHIN_MS = 4_000;

describeWithMariaDb(
  `a call whose database hangs (needs mariadbd${missing ? `; ${missing} is not installed` : ''})`,
  () => {
    let mariaDb: MariaDb;
    let ann: Person;
    let joined: JoinRoomReply;
    let slug: string;

    afterEach(() => mariaDb.process.kill('SIGCONT'));
    const { server, person } = useServer(async () => {
      mariaDb = await startMariaDb();
      return { DATABASE_URL: await mariaDb.createDatabase(), LOG_LEVEL: 'error' };
    });
    afterAll(() => mariaDb.close());

    beforeEach(async () => {
      ann = await person('Ann');
      ({ slug } = await ann.createRoom());
      joined = await ann.joinWithMedia(slug);
      await ann.request('chat_message', { id: randomUUID(), content: { type: 'text', text: 'hello' } });
    });

    /** The reply of a join in time, without its chat; then the database answers, and the chat is told. */
    async function inTimeWithoutChat(join: () => Promise<JoinRoomReply>): Promise<JoinRoomReply> {
      const askedAtMs = performance.now();
      const reply = await join();
      expect(performance.now() - askedAtMs).toBeLessThan(REBUILT_WITHIN_MS);
      expect(reply).toMatchObject({ chatPending: true, messages: [], self: { id: joined.self.id } });
      expect(reply.media).toBeDefined();
      const opening = ann.request('open_chat', {});
      mariaDb.process.kill('SIGCONT');
      expect((await opening).messages).toHaveLength(1);
      return reply;
    }

    it('gives media anew to whose worker died', async () => {
      mariaDb.process.kill('SIGSTOP');
      for (const pid of server.workerPids()) process.kill(pid, 'SIGKILL');
      await ann.hears('media_reset');
      const { media } = await inTimeWithoutChat(() => ann.joinWithMedia(slug));
      expect(media?.sendTransport.id).not.toBe(joined.media?.sendTransport.id);
    }, 30_000);

    it('is resumed by whose connection was lost', async () => {
      // Before, since a handshake may ask the database.
      const old = ann.socket;
      await ann.connect();
      mariaDb.process.kill('SIGSTOP');
      old.io.engine.close();
      const { resumeToken } = joined;
      const { resumed } = await inTimeWithoutChat(() => ann.joinWithMedia(slug, { resumeToken }));
      expect(resumed).toBe(true);
    }, 30_000);
  },
);
