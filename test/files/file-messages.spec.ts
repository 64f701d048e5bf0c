import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { jest } from '@jest/globals';
import type { Attachment, MessagePage } from '@minimeet/protocol';
import { AttachmentClaims } from '../../src/attachments/attachment-claims.js';
import { AttachmentSweep } from '../../src/attachments/attachment-sweep.js';
import { AppConfig } from '../../src/common/config/index.js';
import { MessageStore } from '../../src/messages/message-store.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, problemOf, send } from '../support/http.js';
import type { Person } from '../support/person.js';
import { download, noise, sendForm } from '../support/uploads.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

describeOnEveryDatabase('messages with files', (database) => {
  const { server, person } = database.useServer({ ATTACHMENT_MIN_FREE_BYTES: '1' });
  let ann: Person;
  let ben: Person;
  let slug: string;
  let roomId: string;
  let url: string;

  beforeAll(async () => {
    ann = await person('Ann');
    ben = await person('Ben');
  });

  beforeEach(async () => {
    ({ slug, id: roomId } = await ann.createRoom());
    url = `${server.origin}/api/rooms/${slug}/attachments`;
    await ann.join(slug);
    await ben.join(slug);
    ben.heard.length = 0;
  });

  const uploadText = (person = ann): Promise<Attachment> =>
    expectOk<Attachment>(sendForm(url, person.session, [{ fileName: 'notes.txt', content: 'notes' }]));
  const uploadImage = async (): Promise<Attachment> => {
    const content = await noise(60, 40).png().toBuffer();
    return expectOk<Attachment>(sendForm(url, ann.session, [{ fileName: 'dots.png', content }]));
  };
  const carrying = ({ kind: type, id: attachmentId }: Attachment, text?: string): object => ({
    id: randomUUID(),
    content: { type, attachmentId, ...(text !== undefined && { text }) },
  });
  const folder = (): string => path.join(server.app.get(AppConfig).dataDir, 'attachments', roomId);
  const sweep = (): AttachmentSweep => server.app.get(AttachmentSweep, { strict: false });

  it('reach the others, with all that is known of the file, and let them download it', async () => {
    const attachment = await uploadImage();
    const { message } = await ann.request('chat_message', carrying(attachment, 'look'));
    expect(message.content).toEqual({ type: 'image', attachment, text: 'look' });
    expect(await ben.hears('chat_message')).toEqual({ message });
    expect((await download(`${url}/${attachment.id}`, ben.session)).status).toBe(200);
    expect((await download(`${url}/${attachment.id}/preview`, ben.session)).status).toBe(200);
    const history = await ben.rest<MessagePage>('GET', `rooms/${slug}/messages`);
    expect(history.items).toEqual([message]);
  });

  it('need no words, and can get some later', async () => {
    const { message } = await ann.request('chat_message', carrying(await uploadText()));
    expect(message.content).toMatchObject({ type: 'file', text: '' });
    const edited = await ann.request('edit_message', { messageId: message.id, text: 'my notes' });
    expect(edited.message.content).toEqual({ ...message.content, text: 'my notes' });
  });

  it('sent twice with one id are one message', async () => {
    const request = carrying(await uploadText());
    const first = await ann.request('chat_message', request);
    expect(await ann.request('chat_message', request)).toEqual(first);
    const both = carrying(await uploadText());
    const [one, other] = await Promise.all([ann.request('chat_message', both), ann.request('chat_message', both)]);
    expect(one).toEqual(other);
  });

  it('have a file for themselves: of two that want the same, one gets it', async () => {
    const attachment = await uploadText();
    const acks = await Promise.all([1, 2, 3, 4].map(() => ann.ask('chat_message', carrying(attachment))));
    expect(acks.filter(({ ok }) => ok)).toHaveLength(1);
    for (const ack of acks) if (!ack.ok) expect(ack.error.code).toBe('CONFLICT');
    const history = await ann.rest<MessagePage>('GET', `rooms/${slug}/messages`);
    expect(history.items).toHaveLength(1);
  });

  it('carry what their sender has uploaded into this room, as what it is', async () => {
    const attachment = await uploadText();
    expect(await ben.refused('chat_message', carrying(attachment))).toMatchObject({ code: 'NOT_FOUND' });
    const unknown = { ...attachment, id: randomUUID() };
    expect(await ann.refused('chat_message', carrying(unknown))).toMatchObject({ code: 'NOT_FOUND' });
    const asImage = { ...attachment, kind: 'image' as const };
    expect(await ann.refused('chat_message', carrying(asImage))).toMatchObject({ code: 'INVALID_PAYLOAD' });
    const other = await ann.createRoom();
    await ann.join(other.slug);
    expect(await ann.refused('chat_message', carrying(attachment))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that are deleted take their file along, also from the disk; sent again they stay deleted', async () => {
    const attachment = await uploadImage();
    const request = carrying(attachment, 'look');
    const { message } = await ann.request('chat_message', request);
    expect(await readdir(folder())).toHaveLength(2);
    await ann.request('delete_message', { messageId: message.id });
    const answer = await send(server.origin, 'GET', `/api/rooms/${slug}/attachments/${attachment.id}`, {
      token: ann.session.accessToken,
    });
    expect(problemOf(answer)).toMatchObject({ code: 'NOT_FOUND' });
    await eventually(async () => (await readdir(folder())).length === 0 || undefined, 'the file is still there');
    const again = await ann.request('chat_message', request);
    expect(again.message).toMatchObject({ id: message.id, content: { type: 'text', text: '' } });
    expect(again.message.deletedAt).not.toBeNull();
    expect(await ann.refused('chat_message', carrying(attachment))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that are deleted take nobody else’s file along', async () => {
    const attachment = await uploadText();
    await ann.request('chat_message', carrying(attachment));
    const own = { id: randomUUID(), content: { type: 'text', text: 'mine' } };
    await ben.request('chat_message', own);
    await ben.request('delete_message', { messageId: own.id });
    const { message } = await ben.request('chat_message', { ...carrying(attachment), id: own.id });
    expect(message.deletedAt).not.toBeNull();
    expect((await download(`${url}/${attachment.id}`, ann.session)).status).toBe(200);
    expect(await readdir(folder())).toEqual([attachment.id]);
  });

  it('keep their file; one that was not sent ends after a day', async () => {
    const sent = await uploadText();
    await ann.request('chat_message', carrying(sent));
    const unsent = await uploadText();
    await sweep().clean(new Date(Date.now() + DAY_MS - 60_000));
    expect((await download(`${url}/${unsent.id}`, ann.session)).status).toBe(200);
    await sweep().clean(new Date(Date.now() + DAY_MS + 60_000));
    expect((await download(`${url}/${unsent.id}`, ann.session)).status).toBe(404);
    expect(await readdir(folder())).toEqual([sent.id]);
    expect((await download(`${url}/${sent.id}`, ben.session)).status).toBe(200);
  });

  it('are all that files are kept for: what a crash left is swept away', async () => {
    const sent = await uploadImage();
    await ann.request('chat_message', carrying(sent));
    const orphan = randomUUID();
    await writeFile(path.join(folder(), orphan), 'x');
    await writeFile(path.join(folder(), `${orphan}.webp`), 'x');
    const goneRoom = path.join(path.dirname(folder()), randomUUID());
    await mkdir(goneRoom);
    await writeFile(path.join(goneRoom, randomUUID()), 'x');
    await sweep().clean(new Date());
    expect((await readdir(folder())).sort()).toEqual([sent.id, `${sent.id}.webp`]);
    expect(await readdir(goneRoom)).toEqual([]);
  });

  it('that are refused leave their file to be sent with another one', async () => {
    const attachment = await uploadText();
    const lost = { ...carrying(attachment), replyTo: randomUUID() };
    expect(await ann.refused('chat_message', lost)).toMatchObject({ code: 'NOT_FOUND' });
    const stored = (await ann.request('chat_message', { id: randomUUID(), content: { type: 'text', text: 'hi' } }))
      .message;
    const another = { ...carrying(attachment), id: stored.id };
    expect((await ann.request('chat_message', another)).message).toEqual(stored);
    expect((await ann.request('chat_message', carrying(attachment))).message.content).toMatchObject({ attachment });
  });

  describe('in the middle of which the server ended', () => {
    const claims = (): AttachmentClaims => server.app.get(AttachmentClaims, { strict: false });
    const messages = (): MessageStore => server.app.get(MessageStore, { strict: false });
    const sweepLater = () => sweep().clean(new Date(Date.now() + 11 * 60_000));
    const statusOf = async ({ id }: Attachment) => (await download(`${url}/${id}`, ben.session)).status;

    it('leave their file to be sent with another one when they were not stored', async () => {
      const attachment = await uploadText();
      await claims().claim({ id: attachment.id, roomId, messageId: randomUUID() }, ann.session.user.id);
      await sweep().clean(new Date());
      expect(await ann.refused('chat_message', carrying(attachment))).toMatchObject({ code: 'CONFLICT' });
      await sweepLater();
      expect(await statusOf(attachment)).toBe(404);
      await ann.request('chat_message', carrying(attachment));
      expect(await statusOf(attachment)).toBe(200);
    });

    it('keep their file when they were stored, and when they were not deleted', async () => {
      const attachment = await uploadText();
      const tie = { id: attachment.id, roomId, messageId: randomUUID() };
      const content = {
        type: attachment.kind,
        attachment: await claims().claim(tie, ann.session.user.id),
        text: '',
      };
      const author = { userId: ann.session.user.id, displayName: 'Ann' };
      await messages().write(roomId, [
        { kind: 'append', id: tie.messageId, author, content, replyTo: null, mentions: [] },
      ]);
      await sweepLater();
      expect(await claims().doubt(roomId, tie.messageId)).toEqual([tie]);
      await sweepLater();
      await sweep().clean(new Date(Date.now() + 2 * DAY_MS));
      expect(await statusOf(attachment)).toBe(200);
    });

    it('keep their file when they are stored while an earlier attempt at them gives it up', async () => {
      const attachment = await uploadText();
      const request = { ...carrying(attachment), id: randomUUID() };
      const tie = { id: attachment.id, roomId, messageId: request.id };
      await claims().claim(tie, ann.session.user.id);
      const store = messages();
      const find = store.find.bind(store);
      const found = jest.spyOn(store, 'find').mockImplementationOnce(async (ids) => {
        const before = await find(ids);
        await ann.request('chat_message', request);
        return before;
      });
      await claims().settle([tie]);
      found.mockRestore();
      expect(await statusOf(attachment)).toBe(200);
      await sweep().clean(new Date(Date.now() + 2 * DAY_MS));
      expect(await statusOf(attachment)).toBe(200);
    });

    it('take their file along when they were deleted', async () => {
      const attachment = await uploadImage();
      const { message } = await ann.request('chat_message', carrying(attachment));
      await claims().doubt(roomId, message.id);
      await messages().write(roomId, [
        { kind: 'delete', messageId: message.id, by: ann.session.user.id, moderates: false },
      ]);
      await sweepLater();
      expect(await statusOf(attachment)).toBe(404);
      expect(await readdir(folder())).toEqual([]);
    });
  });

  it('go with their room', async () => {
    await ann.request('chat_message', carrying(await uploadImage()));
    await ann.rest('DELETE', `rooms/${slug}`);
    await eventually(() => !existsSync(folder()) || undefined, 'the files are still there');
  });
});
