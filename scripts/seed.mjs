// npm run seed -- [options]: fills the server's database with rooms, people and messages.
import * as path from 'node:path';
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { root } from './setup/paths.mjs';
import { foreground } from './setup/processes.mjs';

await runCommand(async () => {
  const { node, env } = await setUp({ worker: false, build: ['server'] });
  const main = path.join(root, 'dist', 'seed', 'main.js');
  return foreground(node, ['--enable-source-maps', main, ...process.argv.slice(2)], { env });
});
