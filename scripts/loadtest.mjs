// npm run loadtest -- [options]: the load tester, against a server that runs already.
import * as path from 'node:path';
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { root } from './setup/paths.mjs';
import { foreground } from './setup/processes.mjs';

await runCommand(async () => {
  const { node, env } = await setUp({ worker: false, build: ['clients'] });
  const cli = path.join(root, 'loadtest', 'dist', 'cli.js');
  return foreground(node, ['--enable-source-maps', cli, ...process.argv.slice(2)], { env });
});
