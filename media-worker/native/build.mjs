// Builds mediasoup-worker from the sources inside the npm package `mediasoup` against Debian's libraries, for machines
// that can reach neither the prebuilt binary nor meson's downloads. README.md says why each part is here.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { groupSources } from './groups.mjs';
import { patches } from './patches.mjs';

const overlayFolder = fileURLToPath(new URL('./overlay/', import.meta.url));

/** The packages that the build needs, by the names of Debian 12 and later. */
export const debianPackages = [
  'meson',
  'ninja-build',
  'pkg-config',
  'g++',
  'libuv1-dev',
  'libsrtp2-dev',
  'libssl-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/** The build failed; `log` is the file that holds everything meson and ninja said. */
export class WorkerBuildError extends Error {
  /**
   * @param {string} message
   * @param {string} log
   */
  constructor(message, log) {
    super(message);
    this.log = log;
  }
}

/**
 * Runs a command to its end; code -1 when it could not be started.
 * @typedef {(command: string, args: string[], options: { cwd: string, onOutput: (chunk: string) => void }) =>
 *   Promise<{ code: number, output: string }>} Capture
 */

/**
 * Builds the worker and puts it at `outBinary`. Takes minutes on 2 cores; the temporary folder is removed in any case.
 * @param {{ packageFolder: string, outBinary: string, log: string, capture: Capture,
 *   onProgress?: (done: number, total: number) => void }} options
 *   `packageFolder` is the installed npm package `mediasoup`; `log` is written anew; progress counts ninja's steps.
 * @throws {WorkerBuildError}
 */
export async function buildWorker({ packageFolder, outBinary, log, capture, onProgress = () => {} }) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  fs.writeFileSync(log, '');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mediasoup-worker-'));
  const worker = path.join(folder, 'worker');
  /**
   * @param {string} command
   * @param {string[]} args
   */
  const run = async (command, ...args) => {
    const { code, output } = await capture(command, args, {
      cwd: worker,
      onOutput: (chunk) => {
        fs.appendFileSync(log, chunk);
        const step = [...chunk.matchAll(/^\[(\d+)\/(\d+)\]/gm)].at(-1);
        if (step) onProgress(Number(step[1]), Number(step[2]));
      },
    });
    if (code === -1 && output !== '') fs.appendFileSync(log, output);
    if (code !== 0) throw new WorkerBuildError(`${command} ended with code ${code}`, log);
  };
  try {
    fs.cpSync(path.join(packageFolder, 'worker'), worker, { recursive: true });
    layOverlay(worker, log);
    applyPatches(worker, log);
    groupSources(worker);
    await run('meson', 'setup', 'out', '.', '--buildtype', 'release', '-Db_ndebug=true');
    await run('ninja', '-C', 'out', 'mediasoup-worker');
    await run('strip', 'out/mediasoup-worker');
    fs.mkdirSync(path.dirname(outBinary), { recursive: true });
    fs.copyFileSync(path.join(worker, 'out', 'mediasoup-worker'), outBinary);
    fs.chmodSync(outBinary, 0o755);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A folder under subprojects/ with the name that a .wrap file gives keeps meson from downloading that library.
 * @param {string} worker
 * @param {string} log
 */
function layOverlay(worker, log) {
  const subprojects = path.join(worker, 'subprojects');
  for (const name of fs.readdirSync(overlayFolder)) {
    const wrap = path.join(subprojects, `${name}.wrap`);
    const directory = fs.existsSync(wrap)
      ? /^directory\s*=\s*(\S+)/m.exec(fs.readFileSync(wrap, 'utf8'))?.[1]
      : undefined;
    if (!directory) throw new WorkerBuildError(`mediasoup has no subprojects/${name}.wrap that names a directory`, log);
    const target = path.join(subprojects, directory);
    fs.cpSync(path.join(overlayFolder, name), target, { recursive: true });
    // The worker links a static library of each subproject; an empty one satisfies it.
    fs.writeFileSync(path.join(target, 'empty.c'), '');
    fs.writeFileSync(path.join(target, 'empty.cpp'), '');
  }
}

/**
 * @param {string} worker
 * @param {string} log
 */
function applyPatches(worker, log) {
  for (const { file, find, replace } of patches) {
    const target = path.join(worker, file);
    const parts = fs.readFileSync(target, 'utf8').split(find);
    if (parts.length !== 2) {
      throw new WorkerBuildError(
        `${file} holds the text to patch ${parts.length - 1} times instead of once: ${find}`,
        log,
      );
    }
    fs.writeFileSync(target, parts.join(replace));
  }
}
