import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { htmlReport, jsonReport, junitReport, textReport } from '../report/index.js';
import type { RunResult } from '../run-result.js';
import { LoadTestError } from './errors.js';

const WRITERS: Record<string, (result: RunResult) => string> = {
  '.txt': textReport,
  '.json': jsonReport,
  '.xml': junitReport,
  '.html': htmlReport,
};

/** The files of a folder of reports. */
const ALL = Object.keys(WRITERS).map((extension) => `report${extension}`);

/**
 * Writes a report for each path: its extension says which; a path without one is a folder and gets all.
 * @returns the files. @throws LoadTestError when one cannot be written.
 */
export function writeReports(paths: readonly string[], result: RunResult): string[] {
  const files = paths.flatMap((path) => (extname(path) === '' ? ALL.map((name) => join(path, name)) : [path]));
  for (const file of files) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, WRITERS[extname(file)]?.(result) ?? '');
    } catch (error) {
      throw new LoadTestError(`The report ${file} cannot be written: ${(error as Error).message}`);
    }
  }
  return files;
}

/** Extensions of reports, for messages. */
export const REPORT_EXTENSIONS = Object.keys(WRITERS);
