import * as fs from 'node:fs';
import * as path from 'node:path';
import { SetupError } from './errors.mjs';
import { cacheFolder } from './paths.mjs';
import { capture, tail } from './processes.mjs';
import { step } from './steps.mjs';

// mediasoup asks for 22; better-sqlite3's binary crashes on 20.
const oldestMajor = 22;
const fetchedMajor = 24;

/**
 * A Node that is new enough: the running one, the one fetched before, or one fetched now from npm.
 * @returns {Promise<string>} the binary
 */
export async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestMajor) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = path.join(cacheFolder, `node-${fetchedMajor}-${platform}-${process.arch}`);
  const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!fs.existsSync(binary)) {
    await step(`Fetching Node ${fetchedMajor}, since ${process.version} is too old`, () =>
      fetchNode(name, folder, binary),
    );
  }
  return binary;
}

/**
 * @param {string} name the npm package that is nothing but Node for one platform
 * @param {string} folder
 * @param {string} binary
 */
async function fetchNode(name, folder, binary) {
  fs.mkdirSync(cacheFolder, { recursive: true });
  const temporary = fs.mkdtempSync(path.join(cacheFolder, 'fetching-'));
  try {
    const { command, args } = npm(process.execPath);
    const install = ['install', '--prefix', temporary, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
    const result = await capture(command, [...args, ...install, `${name}@${fetchedMajor}`], { cwd: temporary });
    const fetched = path.join(temporary, 'node_modules', name);
    const works =
      fs.existsSync(fetched) && (await capture(path.join(fetched, path.relative(folder, binary)), ['--version']));
    if (result.code !== 0 || !works || works.code !== 0) {
      throw new SetupError(
        `Node ${oldestMajor} or newer is needed, this is ${process.version}, and npm could not fetch ${name}@${fetchedMajor}. ` +
          `Please install Node ${fetchedMajor}.`,
        { details: tail(works ? works.output : result.output, 15) },
      );
    }
    try {
      fs.renameSync(fetched, folder);
    } catch (error) {
      // Another start fetched it meanwhile; both are the same.
      if (!fs.existsSync(binary)) throw error;
    }
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * How to call npm with the given Node: the npm that runs us, or the one on the PATH.
 * @param {string} node
 * @returns {{ command: string, args: string[] }}
 */
export function npm(node) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? { command: node, args: [cli] } : { command: 'npm', args: [] };
}
