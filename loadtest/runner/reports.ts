import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { htmlReport, htmlSteps, jsonReport, junitReport, textReport, textSteps } from '../report/index.js';
import type { RunResult } from '../run-result.js';
import { LoadTestError } from './errors.js';

/** @param steps of a search for the highest load, whose best run `result` is. */
type Writer = (result: RunResult, steps: readonly RunResult[]) => string;

const WRITERS: Record<string, Writer> = {
  '.txt': (result, steps) => (steps.length > 0 ? `${textReport(result)}\n${textSteps(steps)}` : textReport(result)),
  '.json': jsonReport,
  '.xml': junitReport,
  '.html': (result, steps) => (steps.length > 0 ? htmlSteps(steps) : htmlReport(result)),
};

/** Those that a report may have. */
export const REPORT_EXTENSIONS = Object.keys(WRITERS);

/**
 * Writes a report for each path, as its extension says; a path without one is a folder and gets all. The report of a
 * search shows the best run; text and HTML show the steps too.
 * @throws LoadTestError when one cannot be written.
 */
export function writeReports(paths: readonly string[], result: RunResult, steps: readonly RunResult[] = []): void {
  const files = paths.flatMap((path) =>
    extname(path) === '' ? REPORT_EXTENSIONS.map((extension) => join(path, `report${extension}`)) : [path],
  );
  for (const file of files) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, WRITERS[extname(file)]?.(result, steps) ?? '');
    } catch (error) {
      throw new LoadTestError(`The report ${file} cannot be written: ${(error as Error).message}`);
    }
    console.log(`Written: ${file}`);
  }
}
