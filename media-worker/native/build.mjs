// Builds mediasoup-worker from the sources inside the npm package `mediasoup` against Debian's libraries, for machines
// that can reach neither the prebuilt binary nor meson's downloads. README.md says why each part is here.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { patches } from './patches.mjs';

const overlayFolder = fileURLToPath(new URL('./overlay/', import.meta.url));

/** What the build needs, by the names of Debian 12 and later. */
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
 * Builds the worker and puts it at `outBinary`. Takes minutes on 2 cores; the temporary folder is removed in any case.
 * @param {{ packageFolder: string, outBinary: string, log: string, onProgress?: (done: number, total: number) => void }} options
 *   `packageFolder` is the installed npm package `mediasoup`; `log` is written anew; progress counts ninja's steps.
 * @throws {WorkerBuildError}
 */
export async function buildWorker({ packageFolder, outBinary, log, onProgress = () => {} }) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  fs.writeFileSync(log, '');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mediasoup-worker-'));
  try {
    const worker = path.join(folder, 'worker');
    fs.cpSync(path.join(packageFolder, 'worker'), worker, { recursive: true });
    layOverlay(worker, log);
    applyPatches(worker, log);
    await run('meson', ['setup', 'out', '.', '--buildtype', 'release', '-Db_ndebug=true'], worker, log);
    await run('ninja', ['-C', 'out', 'mediasoup-worker'], worker, log, (line) => {
      const step = /^\[(\d+)\/(\d+)\]/.exec(line);
      if (step) onProgress(Number(step[1]), Number(step[2]));
    });
    await run('strip', ['out/mediasoup-worker'], worker, log);
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

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {string} log
 * @param {(line: string) => void} [onLine]
 * @returns {Promise<void>}
 */
function run(command, args, cwd, log, onLine) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const logFile = fs.createWriteStream(log, { flags: 'a' });
    let rest = '';
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      logFile.write(chunk);
      if (!onLine) return;
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) =>
      reject(new WorkerBuildError(`${command} could not be started: ${error.message}`, log)),
    );
    child.on('close', (code) =>
      logFile.end(() =>
        code === 0 ? resolve() : reject(new WorkerBuildError(`${command} ended with code ${code}`, log)),
      ),
    );
  });
}
