import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.js';
import { send } from '../support/http.js';
import { useServer } from '../support/server.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const INDEX = fileURLToPath(new URL('../../web/dist/index.html', import.meta.url));

describe('the HTTP server', () => {
  const { server } = useServer();

  it('lets the page use its own origin only', async () => {
    const { headers } = await send(server.origin, 'GET', '/health/live');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ${server.origin.replace('http', 'ws')}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('serves the page for its own paths, and an API error for the API’s', async () => {
    const html = { headers: { Accept: 'text/html' } };
    const page = await send(server.origin, 'GET', '/r/some-room', html);
    if (existsSync(INDEX)) {
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    } else {
      expect(page.status).toBe(503);
      expect(page.body).toContain('not built');
    }
    expect((await send(server.origin, 'GET', '/api/unknown', html)).headers.get('content-type')).toContain('problem');
    expect((await send(server.origin, 'GET', '/assets/unknown.js', html)).status).toBe(404);
    expect((await send(server.origin, 'GET', '/..%2f..%2fpackage.json', html)).body).not.toHaveProperty('workspaces');
  });

  it('shows the API to people without anything from elsewhere', async () => {
    const { status, body, headers } = await send(server.origin, 'GET', '/api/docs');
    expect(status).toBe(200);
    expect(String(body)).not.toMatch(/(src|href)="(https?:)?\/\//);
    // The policy forbids scripts in the HTML; its styles are allowed here.
    expect(String(body)).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
    expect(headers.get('content-security-policy')).toContain("style-src 'self' 'unsafe-inline'");
  });
});

// `npm test` builds it first; without a build there is nothing that could be started.
const describeBuilt = existsSync(MAIN) ? describe : describe.skip;

describeBuilt('the process (needs dist/main.js)', () => {
  let dataDir: string;
  const started: ChildProcess[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'minimeet-'));
  });

  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    await rm(dataDir, { recursive: true, force: true });
  });

  function start(env: Record<string, string>): { child: ChildProcess; output: () => string } {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, PORT: '0', METRICS_PORT: '0', MEDIA_WORKERS: '1', DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return { child, output: () => text };
  }

  async function exitOf({ child, output }: ReturnType<typeof start>): Promise<{ code: number | null; output: string }> {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output: output() };
  }

  it('says in one sentence what is wrong with its configuration', async () => {
    const { code, output } = await exitOf(start({ MEDIA_WORKERS: 'many' }));
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringMatching(/MEDIA_WORKERS must .*\.$/)]);
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const http = await exitOf(start({ PORT: String(port) }));
    const metrics = await exitOf(start({ METRICS_PORT: String(port) }));
    other.close();
    expect([http.code, metrics.code]).toEqual([1, 1]);
    expect(http.output).toMatch(/cannot start\. PORT: .*\.\n$/);
    expect(metrics.output).toMatch(/cannot start\. METRICS_HOST and METRICS_PORT: .*\.\n$/);
    expect(http.output + metrics.output).not.toMatch(/^\s+at /m);
  });

  it('says where it is ready, and ends by itself on SIGTERM', async () => {
    const server = start({});
    await eventually(() => (server.output().includes('is ready on') ? true : undefined), 'it is not ready');
    const [origin = ''] = /http:\S+/.exec(server.output()) ?? [];
    expect((await send(origin, 'GET', '/health/ready')).body).toEqual({ status: 'ok' });
    server.child.kill('SIGTERM');
    const { output } = await exitOf(server);
    expect(output).not.toMatch(/error/i);
    await expect(send(origin, 'GET', '/health/live')).rejects.toThrow();
  });

  it('starts where its database does not answer, says so, and tries again', async () => {
    const server = start({ DATABASE_URL: 'mysql://root:secret-word@127.0.0.1:1/minimeet' });
    await eventually(
      () => (/Unable to connect to the database/.test(server.output()) ? true : undefined),
      'it says nothing',
      30_000,
    );
    expect(server.output()).not.toContain('secret-word');
    expect(server.child.exitCode).toBeNull();
  }, 40_000);
});
