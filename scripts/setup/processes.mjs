import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 *
 * @typedef {object} CaptureOptions
 * @property {number} [timeoutMs] after it, the command and what it started are killed
 * @property {(chunk: string) => void} [onOutput]
 * @property {boolean} [patient] a stop is asked for by SIGINT and waited for: a package manager must not be cut off
 */

const endingSignals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const graceMs = 5_000;
const lookAtNpmEveryMs = 500;

/** @type {Set<(signal: NodeJS.Signals) => void>} */
const stopListeners = new Set();
/** @type {NodeJS.Signals | undefined} */
let stoppedBy;

/** The signal that is ending this command; what is started after it does not run. */
export const stopSignal = () => stoppedBy;

/**
 * Hears of each signal that is to end this command.
 * @param {(signal: NodeJS.Signals) => void} listener
 * @returns {() => void} takes the listener off
 */
export function onStop(listener) {
  stopListeners.add(listener);
  return () => void stopListeners.delete(listener);
}

/** Makes a signal, and the end of the npm that runs us, end what this command started before the command itself. */
export function handleSignals() {
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    stoppedBy ??= signal;
    for (const listener of stopListeners) listener(signal);
  };
  for (const signal of endingSignals) process.on(signal, () => stop(signal));
  watchNpm(() => stop('SIGTERM'));
}

/**
 * npm hands SIGTERM to the shell between it and us, which dies without a word to us; a killed npm tells nobody.
 * @param {() => void} onGone
 */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const npm = isShell(parent) ? parentOf(parent) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return;
    clearInterval(timer);
    onGone();
  }, lookAtNpmEveryMs).unref();
}

/** @param {number} pid */
const isShell = (pid) => readProcess(pid, 'cmdline').split('\0')[1] === '-c';

/**
 * @param {number} pid
 * @returns {number | undefined} undefined where /proc does not tell
 */
function parentOf(pid) {
  const parent = /^PPid:\s*(\d+)$/m.exec(readProcess(pid, 'status'))?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/**
 * @param {number} pid
 * @param {string} file
 */
function readProcess(pid, file) {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Runs a command silently, in a group of its own: what ends it also ends the grandchildren.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions & CaptureOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} code -1: could not be started, was killed or took too long
 */
export function capture(command, args, { cwd, env, timeoutMs, onOutput, patient = false } = {}) {
  return new Promise((resolve) => {
    if (stoppedBy) return resolve({ code: -1, output: `stopped by ${stoppedBy}` });
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    const take = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      onOutput?.(chunk.toString());
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    const killAfter = (/** @type {number} */ ms) => timers.push(setTimeout(() => killGroup(child, 'SIGKILL'), ms));
    if (timeoutMs !== undefined) killAfter(timeoutMs);
    const forget = onStop(() => {
      if (patient) return child.kill('SIGINT');
      killGroup(child, 'SIGTERM');
      killAfter(graceMs);
    });
    const done = (/** @type {{ code: number, output: string }} */ result) => {
      forget();
      timers.forEach(clearTimeout);
      resolve(result);
    };
    child.on('error', (error) => done({ code: -1, output: `${output}${error.message}` }));
    child.on('close', (code) => done({ code: code ?? -1, output }));
  });
}

/**
 * @param {ChildProcess} child the leader of a group
 * @param {NodeJS.Signals} signal
 */
function killGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone.
  }
}

/**
 * Kills a process and all below it, those that left its group included.
 * @param {number} pid
 */
export function killTree(pid) {
  const parents = processIds().map((one) => ({ one, parent: parentOf(one) }));
  const tree = [pid];
  for (const above of tree) tree.push(...parents.filter(({ parent }) => parent === above).map(({ one }) => one));
  for (const one of tree) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}

function processIds() {
  try {
    return fs.readdirSync('/proc').map(Number).filter(Boolean);
  } catch {
    return [];
  }
}

/**
 * Runs a command in the foreground: it gets our signals, and its exit code is the result.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions & { leads?: boolean, onStart?: (child: ChildProcess) => void }} [options] `leads`: it leads a group of its
 *   own, so that each signal reaches it once; else it shares the terminal. Its IPC channel closes when this process dies.
 * @returns {Promise<number>}
 */
export function foreground(command, args, { cwd, env, leads = false, onStart } = {}) {
  return new Promise((resolve, reject) => {
    if (stoppedBy) return resolve(exitCodeOf(stoppedBy));
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [leads ? 'ignore' : 'inherit', 'inherit', 'inherit', 'ipc'],
      detached: leads,
    });
    onStart?.(child);
    const forget = onStop((signal) => {
      // A terminal sends Ctrl-C to our whole group.
      if (leads || signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
    child.on('error', (error) => {
      forget();
      reject(error);
    });
    child.on('close', (code, signal) => {
      forget();
      resolve(code ?? exitCodeOf(signal ?? 'SIGTERM'));
    });
  });
}

/**
 * As a shell tells it.
 * @param {NodeJS.Signals} signal
 */
export const exitCodeOf = (signal) => 128 + os.constants.signals[signal];

/**
 * @param {string} text
 * @param {number} lines
 */
export const tail = (text, lines) => text.trimEnd().split('\n').slice(-lines).join('\n');
