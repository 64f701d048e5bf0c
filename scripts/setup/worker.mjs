import * as fs from 'node:fs';
import * as path from 'node:path';
import { WorkerBuildError, buildWorker, debianPackages } from '../../media-worker/native/build.mjs';
import { SetupError } from './errors.mjs';
import { npm } from './node.mjs';
import { cacheFolder, packageFile, root } from './paths.mjs';
import { capture, tail } from './processes.mjs';
import { step } from './steps.mjs';

const reachTimeoutMs = 5_000;
const downloadTimeoutMs = 120_000;
const binaryName = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';

/**
 * The mediasoup worker: given by MEDIASOUP_WORKER_BIN, cached, downloaded by mediasoup's own script, or built here.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the binary
 */
export async function ensureWorker(node, env) {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) {
    if (!fs.existsSync(given)) throw new SetupError(`MEDIASOUP_WORKER_BIN names ${given}, which does not exist.`);
    return path.resolve(given);
  }
  const { version, repository } = JSON.parse(fs.readFileSync(packageFile('mediasoup/package.json'), 'utf8'));
  const folder = path.join(cacheFolder, 'worker');
  const cached = path.join(folder, `mediasoup-worker-${version}-${process.platform}-${process.arch}`);
  if (fs.existsSync(cached)) return cached;

  fs.mkdirSync(folder, { recursive: true });
  const candidate = `${cached}.${process.pid}`;
  try {
    if (!(await download(node, env, repository.url, candidate))) await build(node, env, folder, candidate);
    // Another start may have put one there meanwhile; both are the same.
    fs.renameSync(candidate, cached);
  } finally {
    fs.rmSync(candidate, { force: true });
  }
  return cached;
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {string} repository the address in mediasoup's package.json
 * @param {string} candidate where the binary is put
 * @returns {Promise<boolean>} whether there is one that runs
 */
async function download(node, env, repository, candidate) {
  const releases = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ?? repository.replace(/^git\+|\.git$/g, '');
  // mediasoup's script waits without limit, so first see whether anybody answers.
  if (!(await answers(releases))) return false;
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
  console.log(
    '  The prebuilt media worker cannot be downloaded here, so it is built from its sources. This happens once.',
  );
  await ensureDebianPackages();
  const log = path.join(folder, 'build.log');
  try {
    await step('Building the media worker', async (progress) => {
      await buildWorker({
        packageFolder: packageFile('mediasoup'),
        outBinary: candidate,
        log,
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

async function ensureDebianPackages() {
  const query = await capture('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...debianPackages]);
  const installed = new Set(
    query.output.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  const missing = debianPackages.filter((name) => !installed.has(name));
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const hasApt = (await capture('apt-get', ['--version'])).code === 0;
  if (!hasApt) {
    throw new SetupError(
      'the media worker must be built, which is prepared for Debian and Ubuntu only. ' +
        'Build it elsewhere and name the binary by MEDIASOUP_WORKER_BIN.',
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `building the media worker needs some packages. Please run once:\n\n  sudo ${command}\n\nand start again.`,
    );
  }
  await step('Installing the build tools (apt-get)', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await capture('apt-get', ['update'], { env });
    const { code, output } = await capture('apt-get', command.split(' ').slice(1), { env });
    if (code !== 0)
      throw new SetupError(`the build tools could not be installed: ${command}`, { details: tail(output, 20) });
  });
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {string} binary
 */
function verify(node, env, binary) {
  return capture(node, [path.join(root, 'media-worker', 'native', 'verify.mjs'), binary], { env, timeoutMs: 20_000 });
}
