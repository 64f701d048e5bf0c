import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What outlives the checkout and is shared by several of them: a Node and the media worker. */
export const cacheFolder =
  process.env.MINIMEET_CACHE || path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'minimeet');

/** What this checkout's tools remember between runs; goes away with node_modules. */
export const toolCache = path.join(root, 'node_modules', '.cache');

/**
 * The command-line file of an installed package, to be run with our own Node.
 * @param {string} file inside node_modules, such as `typescript/bin/tsc`
 */
export const packageFile = (file) => path.join(root, 'node_modules', file);
