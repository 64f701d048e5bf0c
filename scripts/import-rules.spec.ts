import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// A house in which every wall is broken once; the rules of .dependency-cruiser.mjs must name each.
const house: Record<string, string> = {
  'protocol/index.ts': "export * from '../sdk/index.js';",
  'protocol/circle-a.ts': "import { b } from './circle-b.js'; export const a = () => b;",
  'protocol/circle-b.ts': "import { a } from './circle-a.js'; export const b = () => a;",
  'protocol/types-a.ts': "import type { B } from './types-b.js'; export type A = B | 1;",
  'protocol/types-b.ts': "import type { A } from './types-a.js'; export type B = A[];",
  'protocol/lost.ts': "import './nowhere.js';",
  'protocol/undeclared.ts': "import 'not-ours'; export const undeclared = 1;",
  'protocol/development.ts': "import 'only-for-tests'; export const development = 1;",
  'media-worker/index.ts': "export { x } from '../src/chat/chat.service.js';",
  'media-worker/room.ts': "import 'socket.io'; export const room = 1;",
  'media-worker/workers/slot.ts': "import '../forwarding/router.js'; export const slot = 1;",
  'media-worker/forwarding/router.ts': "import '../peer/view.js'; export const router = 1;",
  'media-worker/peer/view.ts': "import '../media-room.js'; export const view = 1;",
  'media-worker/telemetry/samples.ts': "import '../workers/placement.js'; export const samples = 1;",
  'media-worker/workers/placement.ts': 'export const placement = 1;',
  'media-worker/media-room.ts': "import './workers/placement.js'; export const mediaRoom = 1;",
  'src/websocket/media-host.ts': "export * from '@minimeet/media-worker';",
  'src/websocket/gateway.ts': "export * from '@minimeet/media-worker';",
  'src/websocket/media-host.other.ts': "export * from '../../media-worker/room.js';",
  'src/websocket/connection/reply.ts': "import '../call/call.js'; export const reply = 1;",
  'src/websocket/call/call.ts': "import '../chat/chat-session.js'; export const call = 1;",
  'src/websocket/chat/chat-session.ts': "import '../lobby/lobby.js'; export const chat = 1;",
  'src/websocket/lobby/lobby.ts': "import '../media-host.js'; export const lobby = 1;",
  'src/websocket/joining/joining.ts':
    "import '../moderation/muting.js'; import '../lobby/lobby.js'; export const j = 1;",
  'src/websocket/moderation/muting.ts': "import '../lobby/lobby.js'; export const mute = 1;",
  'src/users/user.entity.ts': 'export const user = 1;',
  'src/users/users.service.ts': "export * from './user.entity.js';",
  'src/chat/chat.service.ts': "export { user as x } from '../users/user.entity.js';",
  'src/chat/chat.module.ts': "import '../analytics/analytics.service.js'; export const m = 1;",
  'src/messages/search/ranking.ts': 'export const ranking = 1;',
  'src/chat/search/search.service.ts': "export * from '../../messages/search/ranking.js';",
  'src/messages/message-store.ts': "export * from '../rooms/rooms.service.js';",
  'src/rooms/memberships.service.ts': "import '../common/events/event-bus.js'; export const memberships = 1;",
  'src/rooms/rooms.service.ts': "export { m } from '../chat/chat.module.js';",
  'src/attachments/attachments.service.ts': "export { m } from '../chat/chat.module.js';",
  'src/analytics/analytics.service.ts': "import '../../test/helper.js'; export const analytics = 1;",
  'src/common/events/event-bus.ts': 'export const bus = 1;',
  'src/common/log.ts': "import '../chat/chat.module.js'; export const log = 1;",
  'src/app.module.ts': "import './analytics/analytics.service.js'; export const app = 1;",
  'sdk/index.ts': "import '../web/page.js'; export const sdk = 1;",
  'web/page.ts': "import '../loadtest/index.js'; export const page = 1;",
  'loadtest/index.ts': "import '../src/common/log.js'; export const load = 1;",
  'test/helper.ts': 'export const helper = 1;',
};

interface Violation {
  from: string;
  rule: { name: string };
}

describe('the import rules', () => {
  let folder: string;
  let violations: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minimeet-rules-'));
    for (const [file, text] of Object.entries(house)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    await writeFile(
      join(folder, 'media-worker/package.json'),
      JSON.stringify({
        name: '@minimeet/media-worker',
        type: 'module',
        exports: { '.': { 'minimeet-source': './index.ts' } },
      }),
    );
    await writeFile(join(folder, 'protocol/package.json'), '{ "devDependencies": { "only-for-tests": "1.0.0" } }');
    for (const name of ['not-ours', 'only-for-tests']) {
      await mkdir(join(folder, 'node_modules', name), { recursive: true });
      await writeFile(join(folder, 'node_modules', name, 'package.json'), `{ "name": "${name}", "main": "index.js" }`);
      await writeFile(join(folder, 'node_modules', name, 'index.js'), '');
    }
    await mkdir(join(folder, 'node_modules/@minimeet'), { recursive: true });
    await symlink(join(folder, 'media-worker'), join(folder, 'node_modules/@minimeet/media-worker'));
    violations = await cruise(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['protocol/index.ts', 'protocol-imports-nothing-of-ours'],
    ['media-worker/index.ts', 'media-worker-stands-alone'],
    ['media-worker/room.ts', 'media-worker-without-frameworks'],
    ['media-worker/workers/slot.ts', 'media-worker-workers-below'],
    ['media-worker/forwarding/router.ts', 'media-worker-forwarding-below'],
    ['media-worker/peer/view.ts', 'media-worker-peer-below'],
    ['media-worker/telemetry/samples.ts', 'media-worker-telemetry-apart'],
    ['src/websocket/gateway.ts', 'media-worker-by-its-door'],
    ['src/websocket/media-host.other.ts', 'media-worker-index-only'],
    ['src/websocket/connection/reply.ts', 'connection-knows-no-meeting'],
    ['src/websocket/call/call.ts', 'call-knows-no-request'],
    ['src/websocket/chat/chat-session.ts', 'subjects-side-by-side'],
    ['src/websocket/joining/joining.ts', 'joining-and-moderation-apart'],
    ['src/chat/chat.service.ts', 'features-keep-their-tables'],
    ['src/rooms/memberships.service.ts', 'facts-after-the-commit'],
    ['src/chat/chat.module.ts', 'analytics-only-listens'],
    ['src/chat/search/search.service.ts', 'engines-behind-the-search'],
    ['src/messages/message-store.ts', 'messages-lie-below'],
    ['src/rooms/rooms.service.ts', 'rooms-without-chat'],
    ['src/attachments/attachments.service.ts', 'attachments-without-chat'],
    ['src/common/log.ts', 'common-knows-no-feature'],
    ['loadtest/index.ts', 'clients-without-server'],
    ['web/page.ts', 'page-on-the-sdk'],
    ['sdk/index.ts', 'sdk-on-the-protocol'],
    ['src/analytics/analytics.service.ts', 'no-tests-in-the-product'],
    ['protocol/circle-a.ts', 'no-circles'],
    ['protocol/types-a.ts', 'no-circles'],
    ['protocol/lost.ts', 'everything-is-found'],
    ['protocol/undeclared.ts', 'packages-are-declared'],
    ['protocol/development.ts', 'no-development-packages-in-the-product'],
  ])('find that %s breaks %s', (file, rule) => {
    expect(violations).toContain(`${file}: ${rule}`);
  });

  it.each([
    'media-worker/media-room.ts',
    'src/websocket/media-host.ts',
    'src/websocket/lobby/lobby.ts',
    'src/websocket/moderation/muting.ts',
    'src/app.module.ts',
    'src/users/users.service.ts',
  ])('let %s pass', (file) => {
    expect(violations.filter((violation) => violation.startsWith(`${file}:`))).toEqual([]);
  });
});

/** @returns "file: rule" of each violation */
function cruise(cwd: string): Promise<string[]> {
  const config = resolve('.dependency-cruiser.mjs');
  const cli = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = ['protocol', 'media-worker', 'src', 'sdk', 'web', 'loadtest', 'test'];
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      [cli, '--config', config, '--output-type', 'json', ...folders],
      { cwd },
      (_error, stdout, stderr) => {
        // It ends with a code when it finds something, so only an answer that is none is a failure.
        if (!stdout.startsWith('{')) return fail(new Error(stderr));
        const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
        done(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`));
      },
    );
  });
}
