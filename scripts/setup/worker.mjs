import * as fs from 'node:fs';
import * as path from 'node:path';
import { WorkerBuildError, buildWorker, debianPackages } from '../../media-worker/native/build.mjs';
import { installCommand, installPackages, missingPackages } from './apt.mjs';
import { SetupError } from './errors.mjs';
import { npm } from './node.mjs';
import { cacheFolder, packageFile, root } from './paths.mjs';
import { capture, tail } from './processes.mjs';
import { say, step } from './steps.mjs';
import { together } from './together.mjs';

// Named by mediasoup's package.json too, which is not there yet when one asks.
const releases = 'https://github.com/versatica/mediasoup';
const reachTimeoutMs = 5_000;
const downloadTimeoutMs = 120_000;
const binaryName = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';

/**
 * The mediasoup worker: given by MEDIASOUP_WORKER_BIN, cached, downloaded by mediasoup's own script, or built here.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {Promise<void>} packages are installed when it resolves
 * @returns {Promise<string>} the binary
 */
export async function ensureWorker(node, env, packages) {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) {
    if (!fs.existsSync(given)) throw new SetupError(`MEDIASOUP_WORKER_BIN names ${given}, which does not exist.`);
    return path.resolve(given);
  }
  const folder = path.join(cacheFolder, 'worker');
  const cached = path.join(folder, `mediasoup-worker-${lockedVersion()}-${process.platform}-${process.arch}`);
  if (fs.existsSync(cached)) return cached;

  fs.mkdirSync(folder, { recursive: true });
  const candidate = `${cached}.${process.pid}`;
  try {
    // mediasoup's script waits without limit, so first see whether anybody answers.
    const downloadable = await answers(process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ?? releases);
    if (!downloadable) sayThatItIsBuilt();
    await together([packages, downloadable ? undefined : ensureDebianPackages()]);
    if (!downloadable || !(await download(node, env, candidate))) {
      if (downloadable) {
        sayThatItIsBuilt();
        await ensureDebianPackages();
      }
      await build(node, env, folder, candidate);
    }
    // Another start may have put one there meanwhile; both are the same.
    fs.renameSync(candidate, cached);
  } finally {
    fs.rmSync(candidate, { force: true });
  }
  return cached;
}

function lockedVersion() {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return lock.packages['node_modules/mediasoup'].version;
}

function sayThatItIsBuilt() {
  say('  The prebuilt media worker cannot be downloaded here, so it is built from its sources. This happens once.');
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {string} candidate where the binary is put
 * @returns {Promise<boolean>} whether there is one that runs
 */
async function download(node, env, candidate) {
  return step('Downloading the media worker', async () => {
    const { command, args } = npm(node);
    const folder = packageFile('mediasoup');
    await capture(command, [...args, 'run', 'postinstall'], {
      cwd: folder,
      // Without a Python its script cannot go on to a build of its own, which downloads more; ours is next.
      env: { ...env, PYTHON: path.join(folder, 'no-python') },
      timeoutMs: downloadTimeoutMs,
    });
    const downloaded = path.join(folder, 'worker', 'out', 'Release', binaryName);
    if (!fs.existsSync(downloaded)) return false;
    fs.copyFileSync(downloaded, candidate);
    fs.chmodSync(candidate, 0o755);
    return (await verify(node, env, candidate)).code === 0;
  });
}

/** @param {string} address */
async function answers(address) {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {string} folder
 * @param {string} candidate
 */
async function build(node, env, folder, candidate) {
  const log = path.join(folder, 'build.log');
  try {
    await step('Building the media worker', async (progress) => {
      await buildWorker({
        packageFolder: packageFile('mediasoup'),
        outBinary: candidate,
        log,
        capture,
        onProgress: (done, total) => progress(`${Math.floor((100 * done) / total)} %`),
      });
      const { code, output } = await verify(node, env, candidate);
      if (code !== 0) {
        fs.appendFileSync(log, output);
        throw new WorkerBuildError('the binary that was built does not run', log);
      }
    });
  } catch (error) {
    if (!(error instanceof WorkerBuildError)) throw error;
    throw new SetupError(
      `the media worker could not be built: ${error.message}. The whole log is in ${error.log}. ` +
        'A ready binary can be named by MEDIASOUP_WORKER_BIN.',
      { details: tail(fs.readFileSync(error.log, 'utf8'), 25) },
    );
  }
  fs.rmSync(log);
}

/** Sees to what the build needs, beside npm's installation. */
async function ensureDebianPackages() {
  const missing = await missingPackages(debianPackages);
  if (missing.length === 0) return;
  const hasApt = (await capture('apt-get', ['--version'])).code === 0;
  if (!hasApt) {
    throw new SetupError(
      'the media worker must be built, which is prepared for Debian and Ubuntu only. ' +
        'Build it elsewhere and name the binary by MEDIASOUP_WORKER_BIN.',
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `building the media worker needs some packages. Please run once:\n\n  sudo ${installCommand(missing)}\n\nand start again.`,
    );
  }
  await installPackages('Installing the build tools (apt-get)', missing);
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {string} binary
 */
function verify(node, env, binary) {
  return capture(node, [path.join(root, 'media-worker', 'native', 'verify.mjs'), binary], { env, timeoutMs: 20_000 });
}
