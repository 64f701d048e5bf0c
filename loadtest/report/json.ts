import type { RunResult } from '../run-result.js';

/** The result itself, for programs; `formatVersion` says how to read it. */
export function jsonReport(result: RunResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
