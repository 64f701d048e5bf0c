import { GateError, judge, parseGate } from './gate.js';
import { emptyRun, goodRun } from './report/testing/results.js';
import type { RuleResult, RunResult } from './run-result.js';

function judged(rules: string, result: RunResult = goodRun()): RuleResult[] {
  return judge(parseGate(rules), result).rules;
}

function passes(rule: string, result?: RunResult): boolean {
  return judge(parseGate(rule), result ?? goodRun()).passed;
}

describe('a gate', () => {
  it('judges every rule, in the unit in which it was written', () => {
    const result = goodRun();
    const p95 = result.joins.joinedMs.p95 ?? NaN;
    const first = result.joins.phases.total.p95 ?? NaN;
    const outcome = judge(parseGate('join_p95<800ms, first_frame_p95<=1s,loss<0.1%,failed_joins=0'), result);
    expect(outcome).toEqual({
      passed: false,
      rules: [
        { rule: 'join_p95<800ms', limit: 800, actual: expect.closeTo(p95, 6) as number, unit: 'ms', passed: true },
        {
          rule: 'first_frame_p95<=1s',
          limit: 1,
          actual: expect.closeTo(first / 1000, 9) as number,
          unit: 's',
          passed: true,
        },
        {
          rule: 'loss<0.1%',
          limit: 0.1,
          actual: expect.closeTo(100 * (5400 / 3_240_000), 9) as number,
          unit: '%',
          passed: false,
        },
        { rule: 'failed_joins=0', limit: 0, actual: 1, unit: '', passed: false },
      ],
    });
  });

  it('passes when all rules do', () => {
    expect(judge(parseGate('join_p95<800ms,failed_joins<2'), goodRun()).passed).toBe(true);
  });

  it('knows five comparisons, whose ends are exact in spite of the conversion of units', () => {
    const at = goodRun();
    at.media.tracks = { expected: 1000, received: 997 };
    expect(
      ['tracks<99.7%', 'tracks<=99.7%', 'tracks=99.7%', 'tracks>=99.7%', 'tracks>99.7%'].map((rule) =>
        passes(rule, at),
      ),
    ).toEqual([false, true, true, true, false]);
    expect(
      ['tracks<99.8%', 'tracks<=99.8%', 'tracks=99.8%', 'tracks>=99.8%', 'tracks>99.8%'].map((rule) =>
        passes(rule, at),
      ),
    ).toEqual([true, true, false, false, false]);
  });

  it('takes the units that fit, in any case, and zero without one', () => {
    const result = goodRun();
    result.media.audio.receivedBps = 1_500_000;
    for (const rule of ['audio_bitrate=1500kbps', 'audio_bitrate=1.5mbps', 'audio_bitrate = 1500000 bps']) {
      expect(rule + String(passes(rule, result))).toBe(`${rule}true`);
    }
    for (const rule of [
      'cpu_per_packet=14.2us',
      'cpu_per_packet=14.2µs',
      'cpu_per_packet=0.0142ms',
      'freeze_ratio>0',
    ]) {
      expect(rule + String(passes(rule, result))).toBe(`${rule}true`);
    }
  });

  it('takes the worse of audio and video, and one of them where only that flowed', () => {
    const result = goodRun();
    result.media.audio.latencyMs = { ...result.media.audio.latencyMs, p99: 70 };
    result.media.video.latencyMs = { ...result.media.video.latencyMs, p99: 90 };
    expect(judged('latency_p99<1s,audio_latency_p99<1s', result).map(({ actual }) => actual)).toEqual([
      expect.closeTo(0.09, 9),
      expect.closeTo(0.07, 9),
    ]);
    result.media.video = emptyRun().media.video;
    expect(judged('latency_p99<1s', result)[0]?.actual).toBeCloseTo(0.07, 9);
    result.media.audio.latencyMs = emptyRun().media.audio.latencyMs;
    result.media.video = goodRun().media.video;
    expect(judged('latency_p99<1s', result)[0]).toMatchObject({ actual: null, passed: false });
  });

  it.each([
    'join_p95>=0',
    'first_frame_p50>=0',
    'dtls_p99>=0',
    'loss>=0',
    'tracks>=0',
    'latency_p99>=0',
    'jitter_p99>=0',
    'gap_p99>=0',
    'freezes=0',
    'freeze_ratio=0',
    'reconnects=0',
    'cpu_per_packet>=0',
    'event_loop_p99>=0',
    'bitrate>=0',
  ])('is broken by %s when that was not measured', (rule) => {
    expect(judged(rule, emptyRun())).toEqual([expect.objectContaining({ rule, actual: null, passed: false })]);
  });

  it.each([
    ['', /empty/],
    ['join_p95<800ms,,loss<1%', /'' is not a rule/],
    ['join_p95', /not a rule such as join_p95<800ms/],
    ['jion_p95<800ms', /'jion_p95' is no figure.*join_p95.*latency_p99.*event_loop_p99/],
    ['join_p95<>800ms', /'<>' is none of the comparisons < <= = >= >/],
    ['join_p95<ms', /'ms' is not a number/],
    ['join_p95<-3ms', /'-3ms' is not a number/],
    ['join_p95<800', /the unit is missing. There are: us, ms, s\./],
    ['join_p95<8%', /'%' is not a unit of join_p95. There are: us, ms, s\./],
    ['loss<0.5', /the unit is missing. There are: %/],
    ['bitrate>3Tbps', /There are: bps, kbps, Mbps, Gbps/],
    ['failed_joins<3%', /failed_joins is a count/],
  ])('refuses %j', (text, message) => {
    expect(() => parseGate(text)).toThrow(GateError);
    expect(() => parseGate(text)).toThrow(message);
  });
});
