// npm test [-- jest's arguments]: makes everything ready, runs Jest, says what was skipped and why, and counts.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { packageFile, root } from './setup/paths.mjs';
import { capture, foreground } from './setup/processes.mjs';
import { whyNot } from './test/tools.mjs';

const units = ['protocol', 'sdk', 'src', 'web/src', 'scripts'];
// Whole servers and pages that mostly wait: two at a time.
const inPairs = ['test/api', 'test/chat', 'test/contract', 'test/files', 'test/page', 'test/socket', 'test/start'];
// Those with real media measure time, so they do not share the machine's cores with one another.
const alone = ['media-worker', 'loadtest', 'test'];
// Those that need a network with more than loopback in it.
const ownNetwork = 'test/network';
const launcher = path.join(root, 'scripts/test/own-network.sh');

await runCommand(async () => {
  const { node, env } = await setUp({ build: ['server', 'clients', 'page'] });
  const nodeOptions = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const jestEnv = { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} ${nodeOptions}` };
  const chosen = process.argv.slice(2);
  /** @type {Run[]} */
  const runs =
    chosen.length > 0
      ? [{ args: ['--runInBand', ...chosen], inOwnNetwork: chosen.every((arg) => arg.includes(ownNetwork)) }]
      : [
          { args: ['--maxWorkers=2', '--roots', ...folders(units)] },
          // Native threads of the synthetic peers may outlive the last test, here and in the next run.
          { args: ['--maxWorkers=2', '--forceExit', '--roots', ...folders(inPairs)] },
          {
            args: [
              ...['--runInBand', '--forceExit', '--roots', ...folders(alone), '--testPathIgnorePatterns'],
              ...['node_modules', 'dist', ownNetwork, ...inPairs].map((folder) => `/${folder}/`),
            ],
          },
          { args: ['--runInBand', '--roots', ...folders([ownNetwork])], inOwnNetwork: true },
        ];

  const results = fs.mkdtempSync(path.join(os.tmpdir(), 'minimeet-test-'));
  try {
    const reports = [];
    for (const [index, { args, inOwnNetwork }] of runs.entries()) {
      const outputFile = path.join(results, `${index}.json`);
      const jest = [packageFile('jest/bin/jest.js'), '--json', `--outputFile=${outputFile}`, ...args];
      const command = inOwnNetwork && (await ownNetworkWorks(env)) ? [launcher, node, ...jest] : [node, ...jest];
      const [program = node, ...rest] = command;
      const code = await foreground(program, rest, { cwd: root, env: jestEnv });
      if (!fs.existsSync(outputFile)) return code || 1;
      reports.push({ code, report: /** @type {Report} */ (JSON.parse(fs.readFileSync(outputFile, 'utf8'))) });
    }
    return summarize(reports);
  } finally {
    fs.rmSync(results, { recursive: true, force: true });
  }
});

/**
 * One run of Jest. `inOwnNetwork`: in a network namespace of its own where the machine allows it; else its specs are skipped.
 * @typedef {{ args: string[], inOwnNetwork?: boolean }} Run
 */

/** @param {NodeJS.ProcessEnv} env */
async function ownNetworkWorks(env) {
  const { code } = await capture(launcher, ['true'], { cwd: root, env }).catch(() => ({ code: 1 }));
  return code === 0;
}

/** @param {string[]} names */
function folders(names) {
  return names.map((name) => path.join(root, name)).filter((folder) => fs.existsSync(folder));
}

/**
 * Of Jest's --json, what is used here.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   numRuntimeErrorTestSuites: number, testResults: { name: string, assertionResults: { status: string, fullName: string }[] }[] }} Report
 */

/**
 * @param {{ code: number, report: Report }[]} reports
 * @returns {number} the exit code
 */
function summarize(reports) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const { report } of reports) {
    passed += report.numPassedTests;
    // A suite that could not even start has no tests to count, so it counts as one.
    failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    skipped += report.numPendingTests + report.numTodoTests;
    for (const suite of report.testResults) nameSkipped(suite);
  }
  const mayNotSkip = Boolean(process.env.MINIMEET_REQUIRE_ALL) && skipped > 0;
  if (mayNotSkip) console.log('Nothing may be skipped here (MINIMEET_REQUIRE_ALL).');
  if (passed + failed + skipped === 0) console.log('No test was found.');
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 || mayNotSkip || passed + skipped === 0 || reports.some(({ code }) => code !== 0) ? 1 : 0;
}

/** @param {Report['testResults'][number]} suite */
function nameSkipped(suite) {
  const skipped = suite.assertionResults.filter(({ status }) => status === 'pending' || status === 'todo');
  if (skipped.length === 0) return;
  const needs = /^[\s*/]*@needs (.*?)(?:\*\/)?$/m.exec(fs.readFileSync(suite.name, 'utf8'))?.[1];
  const reason = needs && whyNot(needs);
  const file = path.relative(root, suite.name);
  if (reason) console.log(`skipped: ${file} because ${reason}`);
  else for (const { fullName } of skipped) console.log(`skipped: ${file}, "${fullName}", as the spec itself says`);
}
