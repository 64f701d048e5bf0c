import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { LIMITS, type Page, type RoomMember, type Session, type User } from '@minimeet/protocol';
import { AppConfig } from '../../src/common/config/index.js';
import { ProfilePictures } from '../../src/users/profile-pictures.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, problemOf, send } from '../support/http.js';
import type { Person } from '../support/person.js';
import { noise, type Part, pictureFacts, sendForm } from '../support/uploads.js';

describeOnEveryDatabase('profile pictures', (database) => {
  const { server, person } = database.useServer();
  let ann: Person;
  let ben: Person;

  beforeAll(async () => {
    ann = await person('Ann');
    ben = await person('Ben');
  });

  const put = (content: Part['content'], session: Session = ann.session) =>
    sendForm(`${server.origin}/api/users/me/picture`, session, [{ fileName: 'me.png', content }], 'PUT');
  const picture = async (width: number, height: number, session = ann.session): Promise<string> => {
    const { pictureUrl } = await expectOk<User>(put(await noise(width, height).png().toBuffer(), session));
    if (pictureUrl === null) throw new Error('There is no picture.');
    return pictureUrl;
  };
  const stored = async (): Promise<string[]> => {
    const root = path.join(server.app.get(AppConfig).dataDir, 'pictures');
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };

  it('are small squares that a page can show without a token, for ever, and never as a page', async () => {
    const url = await picture(800, 400);
    expect(url).toMatch(/^\/api\/pictures\/[0-9a-f]{32}$/);
    const response = await fetch(`${server.origin}${url}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(response.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const facts = await pictureFacts(Buffer.from(await response.arrayBuffer()));
    expect(facts).toMatchObject({ format: 'webp', width: LIMITS.picturePixels, height: LIMITS.picturePixels });
  });

  it('that are replaced or removed are gone, and have another path', async () => {
    const first = await picture(30, 30);
    const second = await picture(40, 40);
    expect(second).not.toBe(first);
    expect((await fetch(`${server.origin}${first}`)).status).toBe(404);
    expect(await ann.rest<User>('DELETE', 'users/me/picture')).toMatchObject({ pictureUrl: null });
    expect((await fetch(`${server.origin}${second}`)).status).toBe(404);
    expect(await ann.rest<User>('DELETE', 'users/me/picture')).toMatchObject({ pictureUrl: null });
    expect(await stored()).toEqual([]);
  });

  it.each<[string, () => Promise<Buffer> | Buffer | string, string]>([
    ['an SVG', () => '<svg xmlns="http://www.w3.org/2000/svg"/>', 'UNSUPPORTED_FILE'],
    ['text', () => 'me', 'UNSUPPORTED_FILE'],
    ['half a picture', async () => (await noise(100, 100).png().toBuffer()).subarray(0, 9_000), 'UNSUPPORTED_FILE'],
    ['nothing', () => '', 'INVALID_PAYLOAD'],
    ['too much', () => randomBytes(LIMITS.pictureBytes + 1), 'PAYLOAD_TOO_LARGE'],
  ])('are not made of %s, and nothing is left', async (_what, make, code) => {
    const before = await stored();
    expect(problemOf(await put(await make()))).toMatchObject({ code });
    expect(await stored()).toEqual(before);
  });

  it('are seen by everybody in the call, as soon as they change; a new name too', async () => {
    const { slug } = await ann.createRoom();
    const first = await picture(20, 20);
    await ben.join(slug);
    ann.leave();
    await ann.connect();
    expect((await ann.join(slug)).self.pictureUrl).toBe(first);
    expect((await ben.hears('participant_joined')).participant.pictureUrl).toBe(first);
    const second = await picture(20, 20);
    await ben.hears('participant_updated', ({ participant }) => participant.pictureUrl === second);
    await ann.rest('PATCH', 'users/me', { displayName: 'Annabel' });
    await ben.hears(
      'participant_updated',
      ({ participant }) => participant.displayName === 'Annabel' && participant.pictureUrl === second,
    );
    const { message } = await ann.request('chat_message', {
      id: crypto.randomUUID(),
      content: { type: 'text', text: 'hi' },
    });
    expect(message.senderName).toBe('Annabel');
    const members = await ben.rest<Page<RoomMember>>('GET', `rooms/${slug}/members`);
    expect(members.items.map(({ displayName, pictureUrl }) => [displayName, pictureUrl])).toEqual([
      ['Annabel', second],
      ['Ben', null],
    ]);
  });

  it('guests may have too; they go with the guest', async () => {
    const { slug } = await ann.createRoom();
    const { token } = await ann.rest<{ token: string }>('POST', `rooms/${slug}/invites`, {});
    const guest = await expectOk<Session>(
      send(server.origin, 'POST', '/api/auth/guest', { body: { displayName: 'Gus', invite: token } }),
    );
    const url = await picture(10, 10, guest);
    const me = await expectOk<User>(send(server.origin, 'GET', '/api/users/me', { token: guest.accessToken }));
    expect(me.pictureUrl).toBe(url);
    await ann.rest('DELETE', `rooms/${slug}`);
    await server.app.get(ProfilePictures, { strict: false }).sweep();
    expect((await fetch(`${server.origin}${url}`)).status).toBe(404);
  });

  it.each(['..%2fminimeet.sqlite', 'x', `${'0'.repeat(31)}G`, '0'.repeat(32)])('%s is no picture', async (id) => {
    expect(problemOf(await send(server.origin, 'GET', `/api/pictures/${id}`))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('come one at a time', async () => {
    const content = await noise(1_500, 1_500).png().toBuffer();
    const answers = await Promise.all([put(content), put(content), put(content)]);
    const codes = answers.map((answer) => (answer.status === 200 ? 'OK' : problemOf(answer).code));
    expect(codes.filter((code) => code === 'OK').length).toBeGreaterThan(0);
    expect(codes.every((code) => code === 'OK' || code === 'RATE_LIMITED')).toBe(true);
    await eventually(async () => (await stored()).length === 1 || undefined, 'more than one picture is left');
  });
});
