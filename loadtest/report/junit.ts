import type { RunResult } from '../run-result.js';
import { actualOf, several } from './format.js';
import { textReport } from './text.js';

interface TestCase {
  name: string;
  /** The reason of a failure. */
  failure?: string;
  /** Why there was nothing to test. */
  skipped?: string;
}

/** A report for CI systems (the JUnit XML that all of them read): a test case each for rules, joins and tracks. */
export function junitReport(result: RunResult): string {
  const cases = [joinsSucceed(result), everyTrackFlows(result), ...rulesOf(result)];
  const counts =
    `tests="${cases.length}" failures="${cases.filter(({ failure }) => failure !== undefined).length}" errors="0" ` +
    `skipped="${cases.filter(({ skipped }) => skipped !== undefined).length}" time="${result.durationSeconds}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escape(result.title)}" timestamp="${escape(result.startedAt)}" ${counts}>`,
    ...cases.map((one) => `    ${testCase(one)}`),
    `    <system-out>${escape(textReport(result))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function joinsSucceed({ joins }: RunResult): TestCase {
  const name = 'joins succeed';
  if (joins.tried === 0) return { name, failure: 'Nobody tried to join.' };
  if (joins.succeeded === joins.tried) return { name };
  const reasons = joins.failures.map(({ reason, count }) => `${reason} ${count}`).join(', ');
  return { name, failure: `${joins.tried - joins.succeeded} of ${several(joins.tried, 'join')} failed: ${reasons}` };
}

function everyTrackFlows({ media: { tracks } }: RunResult): TestCase {
  const name = 'every track flows';
  if (tracks.expected === 0) return { name, skipped: 'No track was expected.' };
  if (tracks.received >= tracks.expected) return { name };
  return { name, failure: `${tracks.received} of ${several(tracks.expected, 'track')} flowed.` };
}

function rulesOf({ gate }: RunResult): TestCase[] {
  return (gate?.rules ?? []).map((rule) => ({
    name: rule.rule,
    ...(rule.passed ? {} : { failure: `${rule.rule}: ${actualOf(rule)}` }),
  }));
}

function testCase({ name, failure, skipped }: TestCase): string {
  const start = `<testcase classname="loadtest" name="${escape(name)}"`;
  if (failure !== undefined) return `${start}><failure message="${escape(failure)}"/></testcase>`;
  return skipped === undefined ? `${start}/>` : `${start}><skipped message="${escape(skipped)}"/></testcase>`;
}

/** For XML 1.0, which has no way at all to write most control characters. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\t\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
