import * as fs from 'node:fs';
import * as path from 'node:path';

/** The lists of sources: each stands between brackets in a meson.build, one quoted file a line. */
const lists = [
  { folder: '.', name: 'common_sources' },
  { folder: 'deps/libwebrtc', name: 'libwebrtc_sources' },
];

/** A group of more bytes would need much memory, and one core would wait for another that compiles the last one. */
const groupBytes = 80_000;

/** These define a name of their own that another source defines too. */
const alone = new Set([
  'src/Settings.cpp',
  'src/handles/TcpConnectionHandle.cpp',
  'src/handles/TcpServerHandle.cpp',
  'src/handles/UdpSocketHandle.cpp',
  'src/handles/UnixStreamSocketHandle.cpp',
  'src/RTC/PlainTransport.cpp',
  'src/RTC/SvcProducerStreamManager.cpp',
  'src/RTC/WebRtcTransport.cpp',
  'src/RTC/BWE/TargetRateController.cpp',
  'src/RTC/RTCP/Feedback.cpp',
  'src/RTC/RTP/RtxStream.cpp',
  'libwebrtc/modules/congestion_controller/goog_cc/trendline_estimator.cc',
]);

/**
 * Makes groups of sources that are compiled as one, so that the same headers are read some forty times instead of 250.
 * @param {string} worker the folder of the worker's sources, whose meson.build files are changed
 */
export function groupSources(worker) {
  for (const { folder, name } of lists) {
    const home = path.join(worker, folder);
    const mesonFile = path.join(home, 'meson.build');
    const meson = fs.readFileSync(mesonFile, 'utf8');
    const list = new RegExp(`^${name} = \\[\n([^\\]]*)\\]`, 'm').exec(meson)?.[1];
    if (list === undefined) throw new Error(`${folder}/meson.build has no list ${name}`);
    const sources = [...list.matchAll(/'([^']+)'/g)].map(([, source = '']) => source);
    const compiled = groupsOf(home, sources).map((group, index) => writeGroup(home, group, index));
    fs.writeFileSync(mesonFile, meson.replace(list, compiled.map((source) => `  '${source}',\n`).join('')));
  }
}

/**
 * @param {string} home
 * @param {string[]} sources
 * @returns {string[][]} neighbours stay together, since they include the same headers
 */
function groupsOf(home, sources) {
  /** @type {string[][]} */
  const groups = sources.filter((source) => alone.has(source)).map((source) => [source]);
  let bytes = Infinity;
  for (const source of sources.filter((each) => !alone.has(each))) {
    bytes += fs.statSync(path.join(home, source)).size;
    if (bytes > groupBytes) {
      groups.push([]);
      bytes = fs.statSync(path.join(home, source)).size;
    }
    groups.at(-1)?.push(source);
  }
  return groups;
}

/**
 * @param {string} home
 * @param {string[]} group
 * @param {number} index
 * @returns {string} the file to compile
 */
function writeGroup(home, group, index) {
  const [only] = group;
  if (only !== undefined && group.length === 1) return only;
  const file = `group-${index}.cpp`;
  // Each source names its class for the log.
  fs.writeFileSync(path.join(home, file), group.map((source) => `#include "${source}"\n#undef MS_CLASS\n`).join(''));
  return file;
}
