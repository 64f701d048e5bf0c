import { mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { servePage } from './web-page.js';

@Module({})
class Empty {}

let folder: string;
let app: NestExpressApplication;

/** The answer with its body as it travels, which `fetch` would have unpacked. */
async function ask(file: string, headers: Record<string, string> = {}): Promise<IncomingMessage & { body: string }> {
  const url = `${await app.getUrl()}${file}`;
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('error', reject).on('end', () => resolve(Object.assign(response, { body })));
    }).on('error', reject);
  });
}

/** Asks for a file, and breaks the connection off at its beginning. */
async function askAndGo(file: string): Promise<void> {
  const url = `${await app.getUrl()}${file}`;
  await new Promise<void>((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      response.once('close', resolve).on('error', () => undefined);
      request.destroy();
    }).on('error', reject);
  });
}

/** How often this process has a file open. */
async function openCount(file: string): Promise<number> {
  const numbers = await readdir('/proc/self/fd');
  const names = await Promise.all(numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')));
  return names.filter((name) => name === file).length;
}

async function serve(files: Record<string, string>): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), 'minimeet-page-'));
  await mkdir(path.join(folder, 'assets'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  app = await NestFactory.create<NestExpressApplication>(Empty, { logger: false });
  servePage(app, folder);
  await app.listen(0, '127.0.0.1');
}

afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('a page that is built', () => {
  beforeEach(() =>
    serve({
      'index.html': '<h1>The page</h1>',
      'assets/main-1.js': 'plain',
      'assets/main-1.js.br': 'brotli',
      'assets/main-1.js.gz': 'gzip',
    }),
  );

  it.each(['/', '/r/some-room', '/assets'])('is served for %s, and asked for again each time', async (route) => {
    const { statusCode, headers, body } = await ask(route, { Accept: 'text/html' });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html;charset=utf-8', 'cache-control': 'no-cache' });
    expect(body).toContain('The page');
    const again = await ask(route, { Accept: 'text/html', 'If-None-Match': headers.etag ?? '' });
    expect(again.statusCode).toBe(304);
  });

  it.each([
    ['br, gzip', 'br', 'brotli'],
    ['gzip', 'gzip', 'gzip'],
    ['identity', undefined, 'plain'],
  ])(
    'has its files as they were compressed by the build, for a browser that takes %s',
    async (takes, encoding, text) => {
      const { headers, body } = await ask('/assets/main-1.js', { 'Accept-Encoding': takes });
      expect(body).toBe(text);
      expect(headers['content-encoding']).toBe(encoding);
      expect(headers).toMatchObject({
        'content-type': 'text/javascript',
        'cache-control': 'public, max-age=31536000, immutable',
      });
    },
  );

  it.each([
    ['a file that is not there', '/assets/main-2.js', { Accept: 'text/html' }],
    ['a path outside of it', '/..%2fpackage.json', { Accept: 'text/html' }],
    ['a program that wants no page', '/r/some-room', { Accept: 'application/json' }],
    ['the API', '/api/unknown', { Accept: 'text/html' }],
  ])('is not served for %s', async (_what, file, headers) => {
    const { statusCode, body } = await ask(file, headers);
    expect(statusCode).toBe(404);
    expect(body).not.toContain('The page');
  });

  it('is served whole, whatever range is asked for', async () => {
    const { statusCode, body } = await ask('/assets/main-1.js', { Range: 'bytes=3-1', 'Accept-Encoding': 'identity' });
    expect([statusCode, body]).toEqual([200, 'plain']);
  });

  it('survives that a file of it is gone', async () => {
    await rm(path.join(folder, 'assets/main-1.js'));
    await expect(ask('/assets/main-1.js', { 'Accept-Encoding': 'identity' })).rejects.toThrow();
    expect((await ask('/', { Accept: 'text/html' })).statusCode).toBe(200);
  });
});

it('a page keeps no file open for browsers that have gone', async () => {
  // More than a connection takes before somebody reads it.
  await serve({ 'index.html': '<h1>The page</h1>', 'assets/large-1.js': 'x'.repeat(16 * 1024 * 1024) });
  for (let i = 0; i < 5; i += 1) await askAndGo('/assets/large-1.js');
  const file = path.join(folder, 'assets/large-1.js');
  for (let tries = 0; tries < 250 && (await openCount(file)) > 0; tries += 1) await sleep(20);
  expect(await openCount(file)).toBe(0);
});

it('a page that is not built yet says so', async () => {
  await serve({});
  const { statusCode, body } = await ask('/r/some-room', { Accept: 'text/html' });
  expect(statusCode).toBe(503);
  expect(body).toContain('not built');
});
