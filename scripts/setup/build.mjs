import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SetupError } from './errors.mjs';
import { packageFile, root, toolCache } from './paths.mjs';
import { capture, tail } from './processes.mjs';
import { step } from './steps.mjs';

/**
 * What can be built. `inputs` are files and folders whose change makes a new build necessary, `outputs` must exist after it.
 * @typedef {'server' | 'clients' | 'page' | 'bench'} BuildTarget
 * @type {Record<BuildTarget, { title: string, inputs: string[], outputs: string[], cwd?: string, args: string[] }>}
 */
const targets = {
  server: {
    title: 'Building the server',
    inputs: ['protocol', 'media-worker', 'src'],
    outputs: ['dist/main.js', 'media-worker/dist/index.js', 'protocol/dist/index.js'],
    args: [packageFile('typescript/bin/tsc'), '-b', 'protocol', 'media-worker', 'src'],
  },
  page: {
    title: 'Building the page',
    inputs: ['protocol', 'sdk', 'web'],
    outputs: ['web/dist/index.html'],
    cwd: 'web',
    args: [packageFile('vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
  },
  clients: {
    title: 'Building the client library and the load tester',
    inputs: ['protocol', 'sdk', 'loadtest'],
    outputs: ['sdk/dist/index.js', 'loadtest/dist/index.js'],
    args: [packageFile('typescript/bin/tsc'), '-b', 'sdk', 'loadtest'],
  },
  bench: {
    title: 'Building the benchmark',
    inputs: ['protocol', 'media-worker', 'sdk', 'loadtest', 'test/bench'],
    outputs: ['test/bench/dist/bench/main.js'],
    args: [packageFile('typescript/bin/tsc'), '-b', 'test/bench'],
  },
};

const commonInputs = ['package-lock.json', 'tsconfig.base.json'];
const notInputs = new Set(['node_modules', 'dist', 'coverage', 'native']);
const stampsFile = path.join(toolCache, 'minimeet-build.json');

/**
 * Builds those targets whose inputs have changed since their last good build.
 * @param {BuildTarget[]} names
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureBuilt(names, node, env) {
  for (const name of names) {
    const { title, inputs, outputs, cwd = '.', args } = targets[name];
    const stamp = stampOf([...commonInputs, ...inputs]);
    if (readStamps()[name] === stamp && outputs.every((file) => fs.existsSync(path.join(root, file)))) continue;
    await step(title, async () => {
      const { code, output } = await capture(node, args, { cwd: path.join(root, cwd), env });
      if (code !== 0) throw new SetupError(`${title.toLowerCase()} failed.`, { details: tail(output, 60) });
    });
    fs.mkdirSync(toolCache, { recursive: true });
    fs.writeFileSync(stampsFile, JSON.stringify({ ...readStamps(), [name]: stamp }));
  }
}

/** @returns {Record<string, string>} */
function readStamps() {
  try {
    return JSON.parse(fs.readFileSync(stampsFile, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * Names, sizes and times of all files: reading their contents would cost a second start too much.
 * @param {string[]} inputs
 */
function stampOf(inputs) {
  const hash = createHash('sha256');
  /** @param {string} file */
  const add = (file) => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const entry of fs.readdirSync(file).sort()) if (!notInputs.has(entry)) add(path.join(file, entry));
    } else if (stat && !/\.(spec\.tsx?|md)$/.test(file)) {
      hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  for (const input of inputs) add(path.join(root, input));
  return hash.digest('hex');
}
