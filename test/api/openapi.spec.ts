import { readFile, writeFile } from 'node:fs/promises';
import { useServer } from '../support/server.js';
import { send } from '../support/http.js';

const FILE = new URL('../../docs/openapi.json', import.meta.url);

describe('docs/openapi.json', () => {
  const { server } = useServer();

  it('is what the server serves (else run this spec with UPDATE_OPENAPI=1)', async () => {
    const { body } = await send(server.origin, 'GET', '/api/openapi.json');
    const text = `${JSON.stringify(body, null, 2)}\n`;
    if (process.env['UPDATE_OPENAPI'] === '1') await writeFile(FILE, text);
    expect(text).toBe(await readFile(FILE, 'utf8'));
  });
});
