import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { emptyRun, gated, goodRun } from './testing/results.js';

function casesOf(xml: string): string[] {
  return xml.split('\n').filter((line) => line.trimStart().startsWith('<testcase'));
}

describe('the report for CI systems', () => {
  it('has a test case for joins, tracks and each rule, with what was found', () => {
    const xml = junitReport(gated(goodRun(), 'join_p95<800ms,loss<0.1%'));
    expect(casesOf(xml).map((line) => line.trim())).toEqual([
      '<testcase classname="loadtest" name="joins succeed"><failure message="1 of 41 joins failed: RATE_LIMITED 1"/></testcase>',
      '<testcase classname="loadtest" name="every track flows"><failure message="718 of 720 tracks flowed."/></testcase>',
      '<testcase classname="loadtest" name="join_p95&#60;800ms"/>',
      '<testcase classname="loadtest" name="loss&#60;0.1%"><failure message="loss&#60;0.1%: 0.167 %"/></testcase>',
    ]);
    expect(xml).toContain(
      '<testsuite name="4 rooms of 10 people" timestamp="2026-11-22T20:15:00.000Z" tests="4" failures="3"',
    );
  });

  it('passes what went well, and skips tracks where none were expected', () => {
    const result = goodRun();
    result.joins = { ...result.joins, tried: 40, failures: [] };
    result.media.tracks = { expected: 720, received: 720 };
    expect(junitReport(result)).toContain('tests="2" failures="0" errors="0" skipped="0"');
    expect(casesOf(junitReport(emptyRun()))[1]).toContain('<skipped message="No track was expected."/>');
    expect(casesOf(junitReport({ ...emptyRun(), joins: { ...emptyRun().joins, tried: 0 } }))[0]).toContain(
      'Nobody tried to join.',
    );
  });
});

it('the report as JSON is the result itself', () => {
  const result = gated(goodRun(), 'join_p95<800ms,latency_p99<1s');
  expect(JSON.parse(jsonReport(result))).toEqual(result);
});
