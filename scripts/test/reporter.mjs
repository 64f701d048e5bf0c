/**
 * Tells the process that runs Jest how far it is: which spec file began, which ended and how, and when all are done.
 * @typedef {{ began: string }} Began
 * @typedef {{ status: string, fullName: string }} Test
 * @typedef {{ ended: string, tookMs: number, broken?: string, tests: Test[] }} Ended `broken`: why its tests do not count
 * @typedef {Began | Ended | { done: true }} Progress
 */
export default class {
  /** @param {{ path: string }} test */
  onTestFileStart({ path }) {
    tell({ began: path });
  }

  /**
   * @param {{ path: string }} test
   * @param {{ perfStats: { runtime: number }, testExecError?: unknown, testResults: Test[] }} result
   */
  onTestFileResult({ path }, { perfStats, testExecError, testResults }) {
    const tests = testResults.map(({ status, fullName }) => ({ status, fullName }));
    tell({ ended: path, tookMs: perfStats.runtime, broken: testExecError ? 'it could not start' : undefined, tests });
  }

  onRunComplete() {
    tell({ done: true });
  }
}

/** @param {Progress} progress */
const tell = (progress) => process.send?.(progress);
