// npm run dev: the server is compiled and restarted at each change, the page is served by Vite, which reloads it.
import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { packageFile, root } from './setup/paths.mjs';
import { onStop } from './setup/processes.mjs';

await runCommand(async () => {
  const { node, env } = await setUp({ build: ['server', 'page'] });
  // Vite hands on what the page asks of the server, but the browser names Vite's address as the page's origin.
  env.ALLOWED_ORIGINS ??= 'http://127.0.0.1:5173,http://localhost:5173';
  const compiler = [
    packageFile('typescript/bin/tsc'),
    '-b',
    '-w',
    '--preserveWatchOutput',
    'protocol',
    'media-worker',
    'src',
  ];
  const server = ['--watch', '--watch-preserve-output', '--enable-source-maps', path.join(root, 'dist', 'main.js')];
  const page = [packageFile('vite/bin/vite.js'), 'web', '--clearScreen', 'false'];
  const children = [compiler, server, page].map((args) => spawn(node, args, { cwd: root, env, stdio: 'inherit' }));

  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      // A second signal would look impatient to the server, which closes in order.
      if (!stopping) children.forEach((child) => child.kill('SIGTERM'));
      stopping = true;
    };
    onStop(stop);
    let running = children.length;
    for (const child of children) {
      child.on('exit', () => {
        // One without the others is of no use.
        stop();
        running -= 1;
        if (running === 0) resolve(0);
      });
    }
  });
});
