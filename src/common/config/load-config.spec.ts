import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { VARIABLE_NAMES } from './environment.js';
import { loadConfig } from './index.js';

const EXAMPLE = new URL('../../../.env.example', import.meta.url);

describe('the configuration', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'minimeet-'));
  });

  afterEach(() => rmSync(dataDir, { recursive: true }));

  const load = (env: NodeJS.ProcessEnv = {}) => loadConfig({ DATA_DIR: dataDir, ...env });

  it('has a default for everything', () => {
    expect(load()).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: undefined,
      allowedOrigins: [],
      database: { type: 'sqlite', file: path.join(dataDir, 'minimeet.sqlite') },
      metricsPort: 9464,
      metricsHost: '127.0.0.1',
      metricsToken: undefined,
      loadTestKey: undefined,
      adminEmails: [],
      qualityRetentionDays: 30,
      attachmentMaxBytes: 104_857_600,
      attachmentRoomBytes: 5_368_709_120,
      attachmentMinFreeBytes: 536_870_912,
      mediaWorkers: undefined,
      mediaListenIp: '127.0.0.1',
      mediaPort: 0,
      iceServers: [],
      logLevels: ['error', 'warn', 'log'],
    });
  });

  it('reads every variable', () => {
    const iceServers = [{ urls: ['turn:turn.example.org'], username: 'u', credential: 'c' }];
    const config = load({
      PORT: '80',
      PUBLIC_URL: 'https://meet.example.org',
      ALLOWED_ORIGINS: 'https://a.example.org, http://b.example.org:8080',
      DATABASE_URL: 'mysql://user:p%40ss@db:3306/minimeet',
      JWT_SECRET: 'x'.repeat(32),
      METRICS_TOKEN: 'm'.repeat(16),
      LOAD_TEST_KEY: 'l'.repeat(32),
      ADMIN_EMAILS: 'Ann@Example.org, ben@example.org',
      QUALITY_RETENTION_DAYS: '7',
      ATTACHMENT_MAX_BYTES: '1000',
      ATTACHMENT_ROOM_BYTES: '20000',
      ATTACHMENT_MIN_FREE_BYTES: '30000',
      MEDIA_WORKERS: '3',
      MEDIA_ANNOUNCED_ADDRESSES: '203.0.113.7,2001:db8::7',
      AUDIO_STREAMS: '6',
      ICE_SERVERS: JSON.stringify(iceServers),
      LOG_LEVEL: 'error',
      // As compose files set what is not set.
      MEDIA_PORT: '',
      SOMETHING_ELSE: 'ignored',
    });
    expect(config).toMatchObject({
      port: 80,
      publicUrl: 'https://meet.example.org',
      allowedOrigins: ['https://meet.example.org', 'https://a.example.org', 'http://b.example.org:8080'],
      database: { type: 'mysql', url: 'mysql://user:p%40ss@db:3306/minimeet' },
      jwtSecret: 'x'.repeat(32),
      metricsToken: 'm'.repeat(16),
      loadTestKey: 'l'.repeat(32),
      adminEmails: ['ann@example.org', 'ben@example.org'],
      qualityRetentionDays: 7,
      attachmentMaxBytes: 1000,
      attachmentRoomBytes: 20_000,
      attachmentMinFreeBytes: 30_000,
      mediaWorkers: 3,
      mediaAnnouncedAddresses: ['203.0.113.7', '2001:db8::7'],
      mediaPort: 0,
      audioStreams: 6,
      iceServers,
      logLevels: ['error'],
    });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['METRICS_PORT', '1e9'],
    ['PUBLIC_URL', 'meet.example.org'],
    ['PUBLIC_URL', 'https://meet.example.org/path'],
    ['ALLOWED_ORIGINS', 'https://a.example.org,*'],
    ['DATABASE_URL', 'postgres://localhost/minimeet'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['JWT_SECRET', 'short'],
    ['JWT_SECRET_FILE', '/no/such/file'],
    ['METRICS_TOKEN', 'short'],
    ['LOAD_TEST_KEY', 'x'.repeat(31)],
    ['ADMIN_EMAILS', 'ann@example.org,nobody'],
    ['QUALITY_RETENTION_DAYS', '0'],
    ['ATTACHMENT_MAX_BYTES', '100 MB'],
    ['ATTACHMENT_MAX_BYTES', '2147483648'],
    ['ATTACHMENT_ROOM_BYTES', '0'],
    ['ATTACHMENT_MIN_FREE_BYTES', '-1'],
    ['MEDIA_WORKERS', '0'],
    ['MEDIA_LISTEN_IP', 'localhost'],
    ['MEDIA_PORT', 'x'],
    ['AUDIO_STREAMS', '0'],
    ['CONSUMERS_PER_SLOT', 'many'],
    ['ICE_SERVERS', 'turn:turn.example.org'],
    ['ICE_SERVERS', '[{"urls":"http://turn.example.org"}]'],
    ['ICE_SERVERS', '{}'],
    ['LOG_LEVEL', 'loud'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(new RegExp(`^(each value in )?${name}\\b.*\\.$`));
  });

  it('never repeats a secret in its complaint', () => {
    for (const name of ['JWT_SECRET', 'METRICS_TOKEN', 'LOAD_TEST_KEY']) {
      expect(() => load({ [name]: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
    }
  });

  it('makes a secret for the owner’s eyes at the first start, and keeps it', () => {
    const { jwtSecret } = load();
    expect(jwtSecret.length).toBeGreaterThanOrEqual(64);
    expect(statSync(path.join(dataDir, 'jwt-secret')).mode & 0o777).toBe(0o600);
    expect(load().jwtSecret).toBe(jwtSecret);
  });

  it('reads the secret of a file, and refuses two secrets', () => {
    const file = path.join(dataDir, 'given');
    writeFileSync(file, `${'s'.repeat(40)}\n`);
    expect(load({ JWT_SECRET_FILE: file }).jwtSecret).toBe('s'.repeat(40));
    expect(() => load({ JWT_SECRET_FILE: file, JWT_SECRET: 'x'.repeat(40) })).toThrow('set one of them');
  });

  it('is documented in .env.example, every variable and no other', () => {
    const documented = readFileSync(EXAMPLE, 'utf8').matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm);
    expect([...documented].map(([, name]) => name).sort()).toEqual([...VARIABLE_NAMES].sort());
  });

  it('has the defaults that .env.example says', () => {
    const lines = readFileSync(EXAMPLE, 'utf8').matchAll(/^([A-Z][A-Z_]+)=(.*)$/gm);
    const said: Record<string, string | undefined> = Object.fromEntries(
      [...lines].map(([, name = '', value]) => [name, value]),
    );
    const { jwtSecret, ...config } = load({ ...said, DATA_DIR: dataDir });
    expect(jwtSecret).not.toBe('');
    expect(said['DATA_DIR']).toBe('data');
    expect({ ...config, jwtSecret }).toEqual(load());
  });
});
