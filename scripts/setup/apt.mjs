import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './errors.mjs';
import { capture, stopSignal, tail } from './processes.mjs';
import { step } from './steps.mjs';

const busy = /Could not get lock/;

/**
 * Which of Debian's packages are not installed.
 * @param {string[]} names
 */
export async function missingPackages(names) {
  const { output } = await capture('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]);
  const installed = new Set(
    output.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  return names.filter((name) => !installed.has(name));
}

/** @param {string[]} names */
export const installCommand = (names) => `apt-get install -y --no-install-recommends ${names.join(' ')}`;

/**
 * Installs Debian packages, as root.
 * @param {string} title of the step
 * @param {string[]} names
 * @throws {SetupError}
 */
export async function installPackages(title, names) {
  await step(title, async (progress) => {
    await aptGet(['update'], progress);
    const { code, output } = await aptGet(installCommand(names).split(' ').slice(1), progress);
    if (code !== 0) {
      throw new SetupError(`Debian's packages could not be installed: ${installCommand(names)}`, {
        details: tail(output, 20),
      });
    }
  });
}

/**
 * Runs apt-get once no other package manager is at work, as on many machines in their first minutes.
 * @param {string[]} args
 * @param {(text: string) => void} progress
 * @param {{ patienceMs?: number, againMs?: number }} [times]
 * @returns {Promise<{ code: number, output: string }>}
 * @throws {SetupError} the other one was at work all the time
 */
export async function aptGet(args, progress, { patienceMs = 15 * 60_000, againMs = 2_000 } = {}) {
  const givesUpAt = Date.now() + patienceMs;
  // What it says is read below.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  for (;;) {
    const result = await capture('apt-get', args, { env, patient: true });
    if (result.code === 0 || !busy.test(result.output) || stopSignal()) {
      progress('');
      return result;
    }
    if (Date.now() >= givesUpAt) {
      throw new SetupError(
        `another package manager has been at work for ${Math.round(patienceMs / 60_000)} minutes. ` +
          'Please start again when it is done.',
        { details: tail(result.output, 5) },
      );
    }
    progress('waiting for another package manager');
    await sleep(againMs);
  }
}
