import * as fs from 'node:fs';
import sequencer from '@jest/test-sequencer';

// Its types are those of the CommonJS file behind it.
const TestSequencer = /** @type {typeof import('@jest/test-sequencer').default} */ (/** @type {unknown} */ (sequencer));

/**
 * The order of the spec files: those that take longest first, so that no worker is left alone with one at the end. A page in
 * a browser takes longer than its spec is long; else the size of the file tells. Those that ended before a hang are left out.
 */
export default class extends TestSequencer {
  /**
   * @override
   * @param {Parameters<import('@jest/test-sequencer').default['sort']>[0]} tests
   */
  sort(tests) {
    const ended = new Set(JSON.parse(process.env.MINIMEET_ENDED_SPECS ?? '[]'));
    return tests.filter(({ path }) => !ended.has(path)).sort((one, other) => weight(other.path) - weight(one.path));
  }
}

/** @param {string} path */
const weight = (path) => fs.statSync(path).size * (path.includes('/test/page/') ? 10 : 1);
