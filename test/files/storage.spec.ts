import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { problemOf } from '../support/http.js';
import { Person } from '../support/person.js';
import { startServer } from '../support/server.js';
import { noise, sendForm } from '../support/uploads.js';

describe('the disk', () => {
  it.each(['attachments', 'pictures'])('loses %s that broke off with a server when it starts again', async (folder) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'minimeet-'));
    const incoming = path.join(dataDir, folder, 'incoming');
    await mkdir(incoming, { recursive: true });
    await writeFile(path.join(incoming, 'half'), 'half a file');
    const server = await startServer({ DATA_DIR: dataDir });
    try {
      expect(await readdir(incoming)).toEqual([]);
    } finally {
      await server.close();
      await rm(dataDir, { recursive: true });
    }
  });

  it('is never filled by files: too little space left is STORAGE_FULL', async () => {
    const server = await startServer({ ATTACHMENT_MIN_FREE_BYTES: String(2 ** 52) });
    try {
      const ann = await Person.register(server.origin, 'Ann');
      const { slug } = await ann.createRoom();
      const url = `${server.origin}/api/rooms/${slug}/attachments`;
      const file = [{ fileName: 'x', content: 'x' }];
      expect(problemOf(await sendForm(url, ann.session, file))).toMatchObject({ status: 507, code: 'STORAGE_FULL' });
      const picture = [{ fileName: 'x', content: await noise(20, 20).png().toBuffer() }];
      const answer = await sendForm(`${server.origin}/api/users/me/picture`, ann.session, picture, 'PUT');
      expect(problemOf(answer)).toMatchObject({ status: 507, code: 'STORAGE_FULL' });
    } finally {
      await server.close();
    }
  });
});
