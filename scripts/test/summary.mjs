import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from '../setup/paths.mjs';
import { whyNot } from './tools.mjs';

/** @typedef {import('./reporter.mjs').Ended} Ended */

const slowest = 10;

/**
 * Prints what was skipped and why, where the time went, and the counts, which are the last line.
 * @param {{ code: number, specs: Ended[] }[]} runs
 * @returns {number} the exit code
 */
export function summarize(runs) {
  const specs = runs.flatMap((run) => run.specs);
  for (const spec of specs) nameSkipped(spec);
  if (specs.length > slowest) nameSlowest(specs);
  for (const { ended, broken } of specs) if (broken) console.log(`failed: ${path.relative(root, ended)}: ${broken}`);

  const count = (/** @type {string[]} */ ...statuses) =>
    specs.flatMap(({ tests }) => tests).filter(({ status }) => statuses.includes(status)).length;
  const passed = count('passed');
  // A file that could not even start, or hung, has no tests to count, so it counts as one.
  const failed = count('failed') + specs.filter(({ broken }) => broken !== undefined).length;
  const skipped = count('pending', 'todo');
  const mayNotSkip = Boolean(process.env.MINIMEET_REQUIRE_ALL) && skipped > 0;
  if (mayNotSkip) console.log('Nothing may be skipped here (MINIMEET_REQUIRE_ALL).');
  if (passed + failed + skipped === 0) console.log('No test was found.');
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 || mayNotSkip || passed + skipped === 0 || runs.some(({ code }) => code !== 0) ? 1 : 0;
}

/** @param {Ended[]} specs */
function nameSlowest(specs) {
  console.log('The slowest spec files:');
  for (const { ended, tookMs } of [...specs].sort((one, other) => other.tookMs - one.tookMs).slice(0, slowest))
    console.log(`${String(Math.round(tookMs / 1000)).padStart(6)} s  ${path.relative(root, ended)}`);
}

/** @param {Ended} spec */
function nameSkipped({ ended, tests }) {
  const skipped = tests.filter(({ status }) => status === 'pending' || status === 'todo');
  if (skipped.length === 0) return;
  const needs = /^[\s*/]*@needs (.*?)(?:\*\/)?$/m.exec(fs.readFileSync(ended, 'utf8'))?.[1];
  const reason = needs && whyNot(needs);
  const file = path.relative(root, ended);
  if (reason) console.log(`skipped: ${file} because ${reason}`);
  else for (const { fullName } of skipped) console.log(`skipped: ${file}, "${fullName}", as the spec itself says`);
}
