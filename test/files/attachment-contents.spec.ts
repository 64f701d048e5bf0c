import { randomBytes } from 'node:crypto';
import { type Attachment, LIMITS, type Room, type Session } from '@minimeet/protocol';
import sharp from 'sharp';
import { expectOk, problemOf, register, send } from '../support/http.js';
import { useServer } from '../support/server.js';
import { download, noise, type Part, pictureFacts, sendForm } from '../support/uploads.js';

describe('attachments are what they contain:', () => {
  const { server } = useServer({ ATTACHMENT_MIN_FREE_BYTES: '1' });
  let session: Session;
  let slug: string;
  let url: string;

  beforeAll(async () => {
    session = await register(server.origin);
  });

  beforeEach(async () => {
    const room = send(server.origin, 'POST', '/api/rooms', { token: session.accessToken, body: { name: 'Room' } });
    ({ slug } = await expectOk<Room>(room));
    url = `${server.origin}/api/rooms/${slug}/attachments`;
  });

  // What was not sent counts for the person, wherever it is.
  afterEach(() => send(server.origin, 'DELETE', `/api/rooms/${slug}`, { token: session.accessToken }));

  const upload = (part: Part): Promise<Attachment> =>
    expectOk<Attachment>(sendForm(url, session, [{ fileName: 'a file', ...part }]));

  describe('whatever they are called', () => {
    const mp4 = Buffer.concat([
      Buffer.from([0, 0, 0, 0x18]),
      Buffer.from('ftypisom\0\0\x02\0isomiso2'),
      randomBytes(1_000),
    ]);

    it.each<[string, () => Promise<Buffer | string> | Buffer | string, string, string]>([
      ['a PNG called .exe', () => noise(8, 6).png().toBuffer(), 'image', 'image/png'],
      ['a JPEG', () => noise(8, 6).jpeg().toBuffer(), 'image', 'image/jpeg'],
      ['a WebP', () => noise(8, 6).webp().toBuffer(), 'image', 'image/webp'],
      ['an AVIF', () => noise(64, 64).avif().toBuffer(), 'image', 'image/avif'],
      ['a GIF', () => noise(8, 6).gif().toBuffer(), 'image', 'image/gif'],
      ['an MP4', () => mp4, 'video', 'video/mp4'],
      ['an SVG', () => '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'file', 'text/plain'],
      [
        'an SVG with its XML',
        () => '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        'file',
        'application/xml',
      ],
      ['a PDF', () => '%PDF-1.7\n%\xe2\xe3', 'file', 'application/pdf'],
      ['text', () => 'Grüße 👋\n\tund mehr\r\n', 'file', 'text/plain'],
      ['text with a zero', () => 'a\0 is no text', 'file', 'application/octet-stream'],
      ['bytes that are no UTF-8', () => Buffer.from([0x68, 0xff, 0xfe, 0x41]), 'file', 'application/octet-stream'],
      ['half a PNG', async () => (await noise(200, 200).png().toBuffer()).subarray(0, 40_000), 'file', 'image/png'],
      [
        'the first bytes of a JPEG',
        async () => (await noise(8, 6).jpeg().toBuffer()).subarray(0, 30),
        'file',
        'image/jpeg',
      ],
    ])('%s', async (_what, make, kind, mediaType) => {
      const attachment = await upload({ fileName: 'setup.exe', type: 'image/jpeg', content: await make() });
      expect(attachment).toMatchObject({ kind, mediaType, hasPreview: kind === 'image' });
    });
  });

  describe('images', () => {
    it('have a small upright preview without what the camera wrote', async () => {
      const content = await noise(2_000, 1_000)
        .withExif({ IFD0: { Copyright: 'secret place' } })
        .withMetadata({ orientation: 6 })
        .jpeg({ quality: 30 })
        .toBuffer();
      const { id, ...attachment } = await upload({ fileName: 'photo.jpg', content });
      expect(attachment).toMatchObject({ kind: 'image', width: 1_000, height: 2_000, hasPreview: true });
      const { headers, bytes } = await download(`${url}/${id}/preview`, session);
      expect(headers.get('content-type')).toBe('image/webp');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(headers.get('content-disposition')).toBe('attachment; filename=photo.jpg.webp');
      const preview = await pictureFacts(bytes);
      expect(preview).toMatchObject({
        format: 'webp',
        width: LIMITS.previewPixels / 2,
        height: LIMITS.previewPixels,
      });
      expect([preview.exif, preview.orientation]).toEqual([undefined, undefined]);
    });

    it('that move have a still preview', async () => {
      const raw = { width: 20, height: 30, channels: 3, pageHeight: 10 } as const;
      const content = await sharp(randomBytes(20 * 30 * 3), { raw })
        .gif()
        .toBuffer();
      expect((await pictureFacts(content)).pages).toBe(3);
      const { id, width, height } = await upload({ content });
      expect({ width, height }).toEqual({ width: 20, height: 10 });
      const { bytes } = await download(`${url}/${id}/preview`, session);
      expect((await pictureFacts(bytes)).pages ?? 1).toBe(1);
    });

    it('that would need more memory than there is get no preview, at once', async () => {
      const small = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } })
        .png()
        .toBuffer();
      const bomb = Buffer.from(small);
      bomb.writeUInt32BE(60_000, 16);
      bomb.writeUInt32BE(60_000, 20);
      bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
      const before = process.memoryUsage().rss;
      const startedAt = performance.now();
      const { id, ...attachment } = await upload({ content: bomb });
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
      expect(attachment).toMatchObject({ kind: 'image', width: 60_000, height: 60_000, hasPreview: false });
      expect(
        problemOf(
          await send(server.origin, 'GET', `/api/rooms/${slug}/attachments/${id}/preview`, {
            token: session.accessToken,
          }),
        ),
      ).toMatchObject({ code: 'NOT_FOUND' });
    });
  });
});

/** Of a PNG's chunk (ISO 3309). */
function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
