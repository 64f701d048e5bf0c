import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Programs of the machine that some suites need. A spec names them in the comment at its head: `@needs chromium ffmpeg`.
 * @type {Record<string, { programs: string[], debianPackage: string }>}
 */
const tools = {
  chromium: { programs: ['chromium', 'chromium-browser', 'google-chrome'], debianPackage: 'chromium' },
  mariadbd: { programs: ['mariadbd'], debianPackage: 'mariadb-server' },
  firefox: { programs: ['firefox-esr', 'firefox'], debianPackage: 'firefox-esr' },
  ffmpeg: { programs: ['ffmpeg'], debianPackage: 'ffmpeg' },
  prometheus: { programs: ['prometheus'], debianPackage: 'prometheus' },
  'apt-get': { programs: ['apt-get'], debianPackage: 'apt' },
  perl: { programs: ['perl'], debianPackage: 'perl-base' },
  meson: { programs: ['meson'], debianPackage: 'meson' },
  ninja: { programs: ['ninja'], debianPackage: 'ninja-build' },
  flatc: { programs: ['flatc'], debianPackage: 'flatbuffers-compiler' },
  'g++': { programs: ['g++'], debianPackage: 'g++' },
  promtool: { programs: ['promtool'], debianPackage: 'prometheus' },
};

/**
 * Why a spec cannot run here, or undefined when it can.
 * @param {string} needs the words after `@needs`
 */
export function whyNot(needs) {
  const reasons = needs.split(/[\s,]+/).flatMap((name) => {
    if (name === '') return [];
    if (name === 'own-network') return process.env.MINIMEET_OWN_NETWORK ? [] : [noOwnNetwork];
    const tool = tools[name];
    if (!tool) throw new Error(`@needs ${name}: known are ${Object.keys(tools).join(', ')}`);
    return tool.programs.some(isOnPath) ? [] : [`${name} is not installed (apt-get install ${tool.debianPackage})`];
  });
  return reasons.length > 0 ? reasons.join(' and ') : undefined;
}

const noOwnNetwork = 'this machine gives no network of its own (Linux with iproute2, and root or user namespaces)';

/** @param {string} program */
function isOnPath(program) {
  // Debian keeps servers in /usr/sbin, which a user's PATH does not hold.
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
  return folders.some((folder) => fs.existsSync(path.join(folder, program)));
}
