// npm start: makes everything ready and runs the server in the foreground. The server itself says when it is ready.
import * as path from 'node:path';
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { root } from './setup/paths.mjs';
import { foreground } from './setup/processes.mjs';

await runCommand(async () => {
  const { node, env } = await setUp({ build: ['server', 'page'] });
  return foreground(node, ['--enable-source-maps', path.join(root, 'dist', 'main.js'), ...process.argv.slice(2)], {
    env,
    leads: true,
  });
});
