import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { type Attachment, LIMITS } from '@minimeet/protocol';
import { AppConfig } from '../../src/common/config/index.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, problemOf, send } from '../support/http.js';
import type { Person } from '../support/person.js';
import { download, formOf, noise, type Part, sendForm, startUpload } from '../support/uploads.js';

const MAX_BYTES = 1_000_000;

describeOnEveryDatabase('attachments', (database) => {
  const { server, person } = database.useServer({
    ATTACHMENT_MAX_BYTES: String(MAX_BYTES),
    ATTACHMENT_ROOM_BYTES: String(3 * MAX_BYTES),
    ATTACHMENT_MIN_FREE_BYTES: '1',
  });
  let ann: Person;
  let ben: Person;
  let eve: Person;
  let slug: string;
  let url: string;

  beforeAll(async () => {
    ann = await person('Ann');
    ben = await person('Ben');
    eve = await person('Eve');
  });

  beforeEach(async () => {
    ({ slug } = await ann.createRoom());
    await ben.join(slug);
    await ben.request('leave_room');
    url = `${server.origin}/api/rooms/${slug}/attachments`;
  });

  // What was not sent counts for the person, wherever it is.
  afterEach(() => send(server.origin, 'DELETE', `/api/rooms/${slug}`, { token: ann.session.accessToken }));

  const upload = (part: Part, person = ann): Promise<Attachment> =>
    expectOk<Attachment>(sendForm(url, person.session, [{ fileName: 'a file', ...part }]));
  const refusal = async (parts: Part[], person = ann) => problemOf(await sendForm(url, person.session, parts));
  /** Every file below DATA_DIR/attachments. */
  const stored = async (): Promise<string[]> => {
    const root = path.join(server.app.get(AppConfig).dataDir, 'attachments');
    try {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    } catch {
      // The folder of a deleted room went while it was read.
      return stored();
    }
  };
  /** Waits until there is nothing on the disk that was not there before. */
  const leavesNothing = (before: string[]): Promise<unknown> =>
    eventually(
      async () => (await stored()).every((name) => before.includes(name)) || undefined,
      'something is left on the disk',
    );

  const hasBegun = (before: string[]): Promise<unknown> =>
    eventually(
      async () => (await stored()).some((name) => !before.includes(name)) || undefined,
      'the upload has not begun',
    );

  describe('of any kind', () => {
    it('come back as they were sent, under their name', async () => {
      const content = randomBytes(300_000);
      const attachment = await upload({ fileName: 'Übersicht – „final“.dat', content });
      expect(attachment).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        kind: 'file',
        fileName: 'Übersicht – „final“.dat',
        mediaType: 'application/octet-stream',
        bytes: 300_000,
        width: null,
        height: null,
        hasPreview: false,
      });
      const { status, headers, bytes } = await download(`${url}/${attachment.id}`, ann.session);
      expect(status).toBe(200);
      expect(bytes.equals(content)).toBe(true);
      expect(headers.get('content-disposition')).toBe(
        `attachment; filename="?bersicht ? ?final?.dat"; filename*=UTF-8''%C3%9Cbersicht%20%E2%80%93%20%E2%80%9Efinal%E2%80%9C.dat`,
      );
    });

    it('are never rendered as a page, nor kept for others', async () => {
      const page = '<!doctype html><script>alert(1)</script>';
      const { id, kind, mediaType } = await upload({ fileName: 'page.html', type: 'text/html', content: page });
      expect({ kind, mediaType }).toEqual({ kind: 'file', mediaType: 'text/plain' });
      const { headers } = await download(`${url}/${id}`, ann.session);
      expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-disposition')).toBe('attachment; filename=page.html');
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('private, no-cache');
    });

    it('are sent in ranges, and not at all when they are known', async () => {
      const content = randomBytes(10_000);
      const { id } = await upload({ content });
      const whole = await download(`${url}/${id}`, ann.session);
      expect(whole.headers.get('accept-ranges')).toBe('bytes');
      const etag = whole.headers.get('etag') ?? '';
      expect(etag).toBe(`"${createHash('sha256').update(content).digest('hex')}"`);

      const part = await download(`${url}/${id}`, ann.session, { Range: 'bytes=9000-', 'If-Range': etag });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe('bytes 9000-9999/10000');
      expect(part.bytes.equals(content.subarray(9000))).toBe(true);

      const known = await download(`${url}/${id}`, ann.session, {
        'If-None-Match': etag,
        // Or else fetch would say `no-cache`.
        'Cache-Control': 'max-age=0',
      });
      expect([known.status, known.bytes.length]).toEqual([304, 0]);

      const beyond = await send(server.origin, 'GET', `/api/rooms/${slug}/attachments/${id}`, {
        token: ann.session.accessToken,
        headers: { Range: 'bytes=20000-' },
      });
      expect(problemOf(beyond)).toMatchObject({ status: 416, code: 'RANGE_NOT_SATISFIABLE' });
      expect(beyond.headers.get('content-range')).toBe('bytes */10000');
      expect(beyond.headers.get('content-disposition')).toBeNull();
    });

    it.each([
      ['../../etc/passwd', 'passwd'],
      ['C:\\Users\\ann\\report.pdf', 'report.pdf'],
      ['..', 'file'],
      ['', 'file'],
      ['photo\u202egpj.exe', 'photogpj.exe'],
      ['a\tb\u0085.txt', 'ab.txt'],
      [`${'x'.repeat(400)}.jpeg`, `${'x'.repeat(LIMITS.fileNameLength - 5)}.jpeg`],
      ['"; filename=x', '%22; filename=x'],
    ])('named %j are called %j', async (fileName, shown) => {
      expect(
        (await upload({ fileName: fileName.replaceAll('"', '%22').replaceAll('\\', '\\\\'), content: 'x' })).fileName,
      ).toBe(shown);
    });
  });

  describe('are for members', () => {
    it('only, and before they are sent for who uploaded them', async () => {
      const { id } = await upload({ content: 'mine' });
      const get = async (person: Person, name = id) =>
        problemOf(
          await send(server.origin, 'GET', `/api/rooms/${slug}/attachments/${name}`, {
            token: person.session.accessToken,
          }),
        );
      expect(await get(ben)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await get(eve)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await get(ann, randomUUID())).toMatchObject({ code: 'NOT_FOUND' });
      expect(await get(ann, '..%2f..%2fminimeet.sqlite')).toMatchObject({ code: 'NOT_FOUND' });
      expect(await refusal([{ fileName: 'x', content: 'x' }], eve)).toMatchObject({ code: 'FORBIDDEN' });
      const nobody = await send(server.origin, 'GET', `/api/rooms/${slug}/attachments/${id}`);
      expect(problemOf(nobody)).toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('of this room, under no other', async () => {
      const { id } = await upload({ content: 'mine' });
      const other = await ann.createRoom();
      const answer = await send(server.origin, 'GET', `/api/rooms/${other.slug}/attachments/${id}`, {
        token: ann.session.accessToken,
      });
      expect(problemOf(answer)).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  describe('are refused, and leave nothing', () => {
    it.each<[string, Part[]]>([
      ['an empty file', [{ fileName: 'x', content: '' }]],
      ['no file', []],
      ['a field of text instead', [{ content: 'x' }]],
      ['another field', [{ field: 'picture', fileName: 'x', content: 'x' }]],
      [
        'two files',
        [
          { fileName: 'x', content: 'x' },
          { fileName: 'y', content: 'y' },
        ],
      ],
      [
        'a field beside the file',
        [
          { fileName: 'x', content: 'x' },
          { field: 'room', content: 'other' },
        ],
      ],
      [
        'a field before the file',
        [
          { field: 'room', content: 'other' },
          { fileName: 'x', content: randomBytes(500_000) },
        ],
      ],
    ])('%s', async (_what, parts) => {
      const before = await stored();
      expect(await refusal(parts)).toMatchObject({ code: 'INVALID_PAYLOAD' });
      await leavesNothing(before);
    });

    it.each<[string, string, string]>([
      ['JSON', 'application/json', '{}'],
      ['a form without a boundary', 'multipart/form-data', 'x'],
      ['no form at all', 'multipart/form-data; boundary=x', 'hello'],
      [
        'a broken form',
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nabc',
      ],
      [
        'a form with broken headers',
        'multipart/form-data; boundary=x',
        '--x\r\n\u0001\u0002: form-data\r\n\r\nabc\r\n--x--\r\n',
      ],
    ])('%s', async (_what, type, raw) => {
      const before = await stored();
      const answer = await send(server.origin, 'POST', `/api/rooms/${slug}/attachments`, {
        token: ann.session.accessToken,
        raw,
        headers: { 'Content-Type': type },
      });
      expect(problemOf(answer)).toMatchObject({ code: 'INVALID_PAYLOAD' });
      await leavesNothing(before);
    });

    it('forms where the API takes JSON', async () => {
      const answer = await sendForm(`${server.origin}/api/rooms`, ann.session, [{ fileName: 'x', content: 'x' }]);
      expect(problemOf(answer)).toMatchObject({ code: 'INVALID_PAYLOAD' });
    });

    it('a byte too much; exactly as many as allowed are taken', async () => {
      const before = await stored();
      expect(await refusal([{ fileName: 'x', content: randomBytes(MAX_BYTES + 1) }])).toMatchObject({
        status: 413,
        code: 'PAYLOAD_TOO_LARGE',
      });
      await leavesNothing(before);
      expect((await upload({ content: randomBytes(MAX_BYTES) })).bytes).toBe(MAX_BYTES);
    });

    it('a file that says how large it is, before its first byte', async () => {
      const { body, contentType } = formOf([{ fileName: 'x', content: randomBytes(10) }]);
      const { outgoing, answer } = startUpload(url, ann.session, {
        'Content-Type': contentType,
        'Content-Length': 50 * MAX_BYTES,
      });
      outgoing.write(body.subarray(0, 50));
      expect((await answer).status).toBe(413);
      outgoing.destroy();
    });

    it('an endless file at once, and end its connection', async () => {
      const before = await stored();
      const { outgoing, answer } = startUpload(url, ann.session, {
        'Content-Type': 'multipart/form-data; boundary=x',
        'Transfer-Encoding': 'chunked',
      });
      outgoing.write('--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n');
      const chunk = randomBytes(64 * 1024);
      let isClosed = false;
      outgoing.on('close', () => (isClosed = true));
      // The connection ends while this still writes.
      outgoing.on('error', () => undefined);
      const endless = setInterval(() => isClosed || outgoing.write(chunk), 5);
      try {
        expect(await answer).toMatchObject({
          status: 413,
          text: expect.stringContaining('PAYLOAD_TOO_LARGE') as string,
        });
        await eventually(() => isClosed || undefined, 'the connection is still open', 5_000);
      } finally {
        clearInterval(endless);
      }
      await leavesNothing(before);
    });

    it('whose connection is lost half-way', async () => {
      const before = await stored();
      const { outgoing } = startUpload(url, ann.session, {
        'Content-Type': 'multipart/form-data; boundary=x',
        'Content-Length': 500_000,
      });
      outgoing.write('--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n');
      outgoing.write(randomBytes(200_000));
      await hasBegun(before);
      outgoing.destroy();
      await leavesNothing(before);
      // Nor does it count as unsent, or as a part of the room's space.
      for (let i = 0; i < 2; i += 1) await upload({ content: randomBytes(MAX_BYTES) });
    });

    it('into a room that is deleted meanwhile', async () => {
      const before = await stored();
      const { body, contentType } = formOf([{ fileName: 'x', content: randomBytes(200_000) }]);
      const { outgoing, answer } = startUpload(url, ann.session, {
        'Content-Type': contentType,
        'Content-Length': body.length,
      });
      outgoing.write(body.subarray(0, 100_000));
      await hasBegun(before);
      await ann.rest('DELETE', `rooms/${slug}`);
      outgoing.end(body.subarray(100_000));
      expect(await answer).toMatchObject({ status: 404, text: expect.stringContaining('NOT_FOUND') as string });
      await leavesNothing(before);
    });
  });

  describe('have limits', () => {
    it('of the room together, also when they come at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, () =>
          sendForm(url, ann.session, [{ fileName: 'x', content: randomBytes(MAX_BYTES - 1_000) }]),
        ),
      );
      const refused = answers.filter(({ status }) => status !== 201).map(problemOf);
      expect(refused.length).toBeGreaterThanOrEqual(3);
      for (const problem of refused) expect(problem).toMatchObject({ status: 507, code: 'STORAGE_FULL' });
      const other = await ann.createRoom();
      await expectOk(
        sendForm(`${server.origin}/api/rooms/${other.slug}/attachments`, ann.session, [
          { fileName: 'x', content: 'x' },
        ]),
      );
    });

    it('of those that a person has not sent', async () => {
      const cleo = await person('Cleo');
      const { slug: hers } = await cleo.createRoom();
      const answers = await Promise.all(
        Array.from({ length: LIMITS.unsentAttachments + 5 }, (_, i) =>
          sendForm(`${server.origin}/api/rooms/${hers}/attachments`, cleo.session, [
            { fileName: 'x', content: `file ${i}` },
          ]),
        ),
      );
      const refused = answers.filter(({ status }) => status !== 201).map(problemOf);
      expect(refused.length).toBeGreaterThanOrEqual(5);
      for (const problem of refused) expect(problem).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    });
  });

  it('of a deleted room go with it', async () => {
    const before = await stored();
    await upload({ content: await noise(30, 30).png().toBuffer() });
    await upload({ content: 'text' });
    const added = (await stored()).filter((name) => !before.includes(name));
    expect(added.length).toBe(3);
    await ann.rest('DELETE', `rooms/${slug}`);
    await leavesNothing(before);
  });
});
