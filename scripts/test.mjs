// npm test [-- --fast] [-- jest's arguments]: makes everything ready, runs Jest, says what was skipped and why, and counts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { packageFile, root } from './setup/paths.mjs';
import { capture, stopSignal } from './setup/processes.mjs';
import { runJest } from './test/jest-run.mjs';
import { summarize } from './test/summary.mjs';

// They need neither the media worker nor anything built.
const units = ['protocol', 'sdk', 'src', 'web/src', 'scripts', 'loadtest/report', 'loadtest/runner'];
// Whole servers, pages and tools that mostly wait: two at a time.
const inPairs = [
  ...['test/api', 'test/chat', 'test/contract', 'test/files', 'test/loadtest-report', 'test/monitoring', 'test/page'],
  ...['test/socket', 'test/start'],
];
// Those with real media measure time, so they do not share the machine's cores with one another.
const alone = ['media-worker', 'loadtest', 'test'];
// Those that need a network with more than loopback in it.
const ownNetwork = 'test/network';
const launcher = path.join(root, 'scripts/test/own-network.sh');

/** @param {string} folder */
const isPartOfAlone = (folder) => alone.some((whole) => folder.startsWith(`${whole}/`));

/**
 * One run of Jest. `inOwnNetwork`: in a network namespace of its own where the machine allows it; else its specs are skipped.
 * @typedef {{ args: string[], inOwnNetwork?: boolean }} Run
 */

/** @type {Run} */
const unitRun = { args: ['--maxWorkers=2', '--roots', ...folders(units)] };
/** @type {Run[]} */
const allRuns = [
  unitRun,
  // Native threads of the synthetic peers may outlive the last test, here and in the next run.
  { args: ['--maxWorkers=2', '--forceExit', '--roots', ...folders(inPairs)] },
  {
    args: [
      ...['--runInBand', '--forceExit', '--roots', ...folders(alone), '--testPathIgnorePatterns'],
      ...['node_modules', 'dist', ownNetwork, ...inPairs, ...units.filter(isPartOfAlone)].map(
        (folder) => `/${folder}/`,
      ),
    ],
  },
  { args: ['--runInBand', '--roots', ...folders([ownNetwork])], inOwnNetwork: true },
];

await runCommand(async () => {
  const chosen = process.argv.slice(2).filter((arg) => arg !== '--fast');
  const fast = chosen.length < process.argv.length - 2;
  const watched = chosen.some((arg) => arg.startsWith('--watch'));
  const { node, env } = await setUp(fast ? { worker: false } : { build: ['server', 'clients', 'page'] });
  const nodeOptions = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const jestEnv = { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} ${nodeOptions}` };
  const results = [];
  for (const { args, inOwnNetwork } of runsFor(chosen, fast)) {
    if (stopSignal()) break;
    const jest = [node, packageFile('jest/bin/jest.js'), ...args];
    const command = inOwnNetwork && (await ownNetworkWorks(env)) ? [launcher, ...jest] : jest;
    results.push(await runJest(command, jestEnv, watched ? { specLimitMs: Infinity } : {}));
  }
  return summarize(results);
});

/**
 * @param {string[]} chosen
 * @param {boolean} fast
 * @returns {Run[]}
 */
function runsFor(chosen, fast) {
  if (fast) return [{ args: [...chosen, ...unitRun.args] }];
  if (chosen.length === 0) return allRuns;
  return [{ args: ['--runInBand', ...chosen], inOwnNetwork: chosen.every((arg) => arg.includes(ownNetwork)) }];
}

/** @param {NodeJS.ProcessEnv} env */
async function ownNetworkWorks(env) {
  const { code } = await capture(launcher, ['true'], { cwd: root, env }).catch(() => ({ code: 1 }));
  return code === 0;
}

/** @param {string[]} names */
function folders(names) {
  return names.map((name) => path.join(root, name)).filter((folder) => fs.existsSync(folder));
}
