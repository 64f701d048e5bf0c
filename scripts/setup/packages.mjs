import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SetupError } from './errors.mjs';
import { npm } from './node.mjs';
import { root } from './paths.mjs';
import { capture, tail } from './processes.mjs';
import { step } from './steps.mjs';

const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(root, 'node_modules', '.minimeet-packages');

/**
 * Installs the packages of package-lock.json unless they are installed.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensurePackages(node, env) {
  const lock = fs.readFileSync(lockFile);
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (readIfThere(stampFile) === stamp) return;
  const locked = JSON.parse(lock.toString()).packages;
  if (!installedMatches(locked)) {
    await step('Installing packages', async () => {
      const { command, args } = npm(node);
      // Not `npm ci`: it refuses a lock file that was written where the registry lacks the optional packages of other
      // platforms. Saving nothing, an install keeps to the lock file as well, which is looked at afterwards.
      const result = await capture(command, [...args, 'install', '--no-save', '--ignore-scripts'], { cwd: root, env });
      if (result.code !== 0) {
        throw new SetupError('the packages could not be installed.', { details: tail(result.output, 30) });
      }
      if (!installedMatches(locked)) {
        throw new SetupError('package-lock.json does not fit package.json: please run npm install and commit both.');
      }
    });
  }
  fs.writeFileSync(stampFile, stamp);
}

/**
 * Whether npm's own record of node_modules agrees with the lock file, as after a developer's `npm install`.
 * @param {Record<string, LockedPackage>} locked
 *
 * @typedef {{ version?: string, link?: boolean, optional?: boolean }} LockedPackage
 */
function installedMatches(locked) {
  const record = readIfThere(path.join(root, 'node_modules', '.package-lock.json'));
  if (record === undefined) return false;
  /** @type {Record<string, LockedPackage>} */
  const installed = JSON.parse(record).packages;
  const wanted = Object.entries(locked).filter(([place]) => place.includes('node_modules/'));
  return (
    // Optional ones are for other platforms.
    wanted.every(
      ([place, { version, optional }]) => installed[place]?.version === version || (optional && !installed[place]),
    ) && Object.keys(installed).every((place) => place in locked)
  );
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
