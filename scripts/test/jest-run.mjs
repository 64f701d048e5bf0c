import { fileURLToPath } from 'node:url';
import { root } from '../setup/paths.mjs';
import { foreground, killTree, stopSignal } from '../setup/processes.mjs';
import { duration } from '../setup/steps.mjs';

/** @typedef {import('./reporter.mjs').Ended} Ended */

// The slowest take some four minutes on a slow machine.
const usualSpecLimitMs = 12 * 60_000;
const exitLimitMs = 60_000;

const extensions = [
  '--reporters=default',
  `--reporters=${fileURLToPath(new URL('reporter.mjs', import.meta.url))}`,
  `--testSequencer=${fileURLToPath(new URL('sequencer.mjs', import.meta.url))}`,
];

/**
 * Runs Jest. A spec file that hangs, or takes Jest's process with it, fails by name, and those that have not run yet follow.
 * @param {string[]} command the program and its arguments, Jest's last
 * @param {NodeJS.ProcessEnv} env
 * @param {{ specLimitMs?: number }} [options] infinite where somebody sits before it
 * @returns {Promise<{ code: number, specs: Ended[] }>}
 */
export async function runJest(command, env, { specLimitMs = usualSpecLimitMs } = {}) {
  /** @type {Ended[]} */
  const specs = [];
  let failed = false;
  for (;;) {
    const ended = JSON.stringify(specs.map((spec) => spec.ended));
    const { code, lost } = await runOnce(command, { ...env, MINIMEET_ENDED_SPECS: ended }, specLimitMs, specs);
    if (lost.length === 0 || stopSignal()) return { code: failed ? 1 : code, specs };
    failed = true;
    specs.push(...lost);
  }
}

/**
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {number} specLimitMs
 * @param {Ended[]} specs takes those that end
 * @returns {Promise<{ code: number, lost: Ended[] }>} `lost`: those at which Jest was ended
 */
async function runOnce([program = '', ...args], env, specLimitMs, specs) {
  /** @type {Map<string, { beganAt: number, timer: NodeJS.Timeout | undefined }>} */
  const running = new Map();
  /** @type {string | undefined} */
  let hung;
  let done = false;
  /** @type {NodeJS.Timeout | undefined} */
  let exitTimer;

  const code = await foreground(program, [...args, ...extensions], {
    cwd: root,
    env,
    onStart: (child) => {
      const kill = () => child.pid !== undefined && killTree(child.pid);
      const limit = (/** @type {number} */ ms, /** @type {() => void} */ then) =>
        specLimitMs === Infinity ? undefined : setTimeout(() => (then(), kill()), ms);
      child.on('message', (/** @type {import('./reporter.mjs').Progress} */ progress) => {
        if ('began' in progress) {
          const path = progress.began;
          const timer = limit(specLimitMs, () => (hung = path));
          running.set(path, { beganAt: Date.now(), timer });
        } else if ('ended' in progress) {
          clearTimeout(running.get(progress.ended)?.timer);
          running.delete(progress.ended);
          specs.push(progress);
        } else {
          done = true;
          exitTimer = limit(exitLimitMs, () => console.log('Jest was ended: something that a spec left open kept it.'));
        }
      });
    },
  });

  clearTimeout(exitTimer);
  for (const { timer } of running.values()) clearTimeout(timer);
  const lost = [...running]
    .filter(([path]) => !done && (hung === undefined || hung === path))
    .map(([path, { beganAt }]) => {
      const tookMs = Date.now() - beganAt;
      const broken = hung ? `ended after ${duration(tookMs)}, since it hung` : "Jest's process ended in it";
      return { ended: path, tookMs, broken, tests: [] };
    });
  return { code, lost };
}
