import { emptyRun, gated, goodRun } from './testing/results.js';
import { textReport, textSteps } from './text.js';

function lineOf(text: string, start: string): string {
  return text.split('\n').find((line) => line.trimStart().startsWith(start)) ?? `no line begins with ${start}`;
}

describe('the report as text', () => {
  it('begins with the verdict and what broke, and says what was found', () => {
    const text = textReport(gated(goodRun(), 'join_p95<800ms,loss<0.1%,failed_joins=0'));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '4 rooms of 10 people',
      '',
      'FAILED  2 of 3 rules broken: loss<0.1% (0.167 %), failed_joins=0 (1)',
    ]);
    expect(lineOf(text, 'Joins  ')).toMatch(/40 of 41 +failed: RATE_LIMITED 1/);
    expect(lineOf(text, 'Tracks')).toMatch(/718 of 720 +received 223 Mbps · sent 31.3 Mbps/);
    expect(lineOf(text, 'Server  ')).toMatch(/14.2 µs +CPU a packet · workers 62 %, 58 % · process 11 %/);
    expect(lineOf(text, 'loss<0.1%')).toMatch(/0.167 % +BROKEN/);
    expect(lineOf(text, 'video  2')).toMatch(/2,160,000 +2,155,140 +4,860 +0.225 % +30 Mbps +211 Mbps/);
    expect(textReport(gated(goodRun(), 'join_p95<800ms'))).toContain('PASSED  1 rule kept.');
    expect(textReport(goodRun())).toContain('DONE  No gate was asked for.');
  });

  it('has – where nothing was measured, and says what is wrong with the figures', () => {
    const result = gated(emptyRun(), 'latency_p99<1s');
    result.tester.bottleneck = 'Its busiest process used 99 % of a core.';
    const text = textReport(result);
    expect(text).toContain('FAILED  1 of 1 rule broken: latency_p99<1s (not measured)');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('refuses connections: is the server running?');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '! The tester could not keep up, so these figures are not the server’s alone. Its busiest process used 99 % of a core.',
    );
    expect(lineOf(text, 'Latency')).toMatch(/^Latency +– +p99 · audio – · video –$/);
    expect(lineOf(text, 'Freezes')).toMatch(/– +no video was watched$/);
    expect(text).not.toMatch(/NaN|null|undefined|Infinity/);
  });

  it('shows what is just beyond a limit as beyond it', () => {
    const result = goodRun();
    result.tester.maxCpuRatio = 0.5;
    result.serverSide = { ...goodRun().serverSide!, cpuMicrosecondsPerPacket: 20.0004 };
    expect(textReport(gated(result, 'cpu_per_packet<20us'))).toContain('cpu_per_packet<20us (20.0004 µs)');
  });

  it('fits into 100 columns, and its tables are aligned', () => {
    const long = goodRun({ title: 'word '.repeat(60), command: `npm run loadtest -- --token ${'x'.repeat(300)}` });
    long.joins.failures = Array.from({ length: 20 }, (_, i) => ({ reason: `REASON_NUMBER_${i}`, count: 1 }));
    for (const result of [gated(long, 'join_p95<800ms,loss<0.01%,failed_joins=0'), gated(emptyRun(), 'join_p95<1s')]) {
      const lines = textReport(result).split('\n');
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
      const start = lines.indexOf('Joins by phase') + 1;
      expect(new Set(lines.slice(start, start + 10).map((line) => line.length)).size).toBe(1);
    }
  });

  it('cannot command a terminal', () => {
    const text = textReport(goodRun({ title: 'a\u001b[2Jb\rc', command: 'd\u0007\u009b1m' }));
    expect(text).toContain('a?[2Jb?c');
    expect(text).toContain('d??1m');
  });
});

describe('the steps of a search for the highest load', () => {
  const at = (people: number, rules: string, changes = {}) =>
    gated(goodRun({ load: { ...goodRun().load, people }, ...changes }), rules);

  it('end with how many people were fine, what broke and what ran out', () => {
    const busy = { serverSide: { ...goodRun().serverSide, workerCpuRatios: [0.7, 0.97] } };
    const text = textSteps([at(40, 'loss<1%'), at(80, 'loss<1%'), at(120, 'loss<0.1%', busy)]);
    expect(text.replaceAll('\n', ' ')).toMatch(
      /^The gate held with 80 people; with 120 it broke: loss<0.1% \(0.167 %\). What ran out was the core of a media worker \(97 %\)\./,
    );
    expect(lineOf(text, '120')).toMatch(/BROKEN +40\/41 .* 97 % /);
  });

  it.each([
    [
      { tester: { ...goodRun().tester, bottleneck: 'No core was free.' } },
      'What ran out was the tester’s side. No core was free.',
    ],
    [{ serverSide: null }, 'What ran out is not known'],
    [{ serverSide: { ...goodRun().serverSide, processCpuRatio: 0.95 } }, "the core of the server's process (95 %)"],
    [{}, 'Neither a media worker nor'],
  ])('do not blame what had not run out', (changes, sentence) => {
    expect(textSteps([at(40, 'loss<0.1%', changes)]).replaceAll('\n', ' ')).toContain(sentence);
  });

  it('say so when nothing broke', () => {
    expect(textSteps([at(40, 'loss<1%')])).toContain('The gate held with 40 people; no step broke it.');
  });
});
