// npm run bench [-- arguments]: the benchmark in test/bench, on a production build.
import * as path from 'node:path';
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { root } from './setup/paths.mjs';
import { foreground } from './setup/processes.mjs';

await runCommand(async () => {
  const { node, env } = await setUp({ build: ['server', 'clients', 'page', 'bench'] });
  const main = path.join(root, 'test', 'bench', 'dist', 'bench', 'main.js');
  return foreground(node, ['--enable-source-maps', main, ...process.argv.slice(2)], {
    env: { ...env, NODE_ENV: 'production' },
  });
});
