import * as path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { together } from './together.mjs';
import { ensureWorker } from './worker.mjs';

/**
 * Makes this machine ready for a command: Node, packages, the media worker, and what is to be built. Prints nothing when
 * there is nothing to do. The media worker, which may take minutes, is made beside everything else.
 * @param {{ worker?: boolean, build?: import('./build.mjs').BuildTarget[] }} what
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the Node to run things with, and the environment for them
 */
export async function setUp({ worker = true, build = [] }) {
  const node = await ensureNode();
  // Tools that start `node` by name must get the same one.
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
  const packages = ensurePackages(node, env);
  const [binary] = await together([
    worker ? ensureWorker(node, env, packages) : undefined,
    packages.then(() => ensureBuilt(build, node, env)),
  ]);
  if (binary) env.MEDIASOUP_WORKER_BIN = binary;
  return { node, env };
}
