import { type Distribution, DistributionBuilder } from '../../distribution.js';
import { judge, parseGate } from '../../gate.js';
import type { MediaResult, RunResult, TimelinePoint } from '../../run-result.js';

/** A run of 4 rooms of 10 people that went well but for one refused join, as the reports get it. */
export function goodRun(changes: Partial<RunResult> = {}): RunResult {
  return {
    formatVersion: 1,
    startedAt: '2026-11-22T20:15:00.000Z',
    durationSeconds: 60,
    title: '4 rooms of 10 people',
    command: 'npm run loadtest -- --rooms 4 --publishers 10 --duration 60s --slo join_p95<800ms',
    seed: 7,
    machine: { processors: 2, model: 'Example CPU 3000', memoryBytes: 8 * 2 ** 30, node: '24.11.0' },
    server: { url: 'http://127.0.0.1:3000', version: '0.1.0' },
    load: { rooms: 4, people: 40, publishers: 40, subscribers: 40, processes: 2 },
    joins: {
      tried: 41,
      succeeded: 40,
      failures: [{ reason: 'RATE_LIMITED', count: 1 }],
      joinedMs: around(96, 40),
      phases: {
        sign_in: around(60, 40),
        socket: around(21, 40),
        ack: around(15, 40),
        ice: around(18, 40),
        dtls: around(31, 40),
        first_packet: around(12, 40),
        first_key_frame: around(120, 40),
        total: around(277, 40),
      },
    },
    media: {
      audio: media({ packetsExpected: 1_080_000, packetsReceived: 1_079_460, sentBps: 1.28e6, receivedBps: 11.5e6 }),
      video: media({ packetsExpected: 2_160_000, packetsReceived: 2_155_140, sentBps: 30e6, receivedBps: 211e6 }),
      tracks: { expected: 720, received: 718 },
      freezes: { count: 12, ratio: 0.0021, durationsMs: around(410, 12) },
    },
    reconnects: { count: 2, failed: 0, durationsMs: around(640, 2) },
    serverSide: {
      cpuMicrosecondsPerPacket: 14.2,
      processCpuRatio: 0.11,
      workerCpuRatios: [0.62, 0.58],
      eventLoopDelayP99Ms: 13.4,
      memoryBytes: 312 * 2 ** 20,
    },
    serverMetricsProblem: null,
    tester: { maxCpuRatio: 0.44, eventLoopDelayP99Ms: 11.8, bottleneck: null },
    timeline: Array.from({ length: 75 }, (_, second) => pointAt(second)),
    gate: null,
    ...changes,
  };
}

/** A run in which nothing could be joined, and so nothing could be measured. */
export function emptyRun(): RunResult {
  const nothing = new DistributionBuilder().summary();
  const silence: MediaResult = {
    packetsExpected: 0,
    packetsReceived: 0,
    lossRatio: null,
    sentBps: 0,
    receivedBps: 0,
    latencyMs: nothing,
    jitterMs: nothing,
    gapMs: nothing,
  };
  const { joins, ...good } = goodRun();
  const phases = Object.fromEntries(Object.keys(joins.phases).map((phase) => [phase, nothing])) as typeof joins.phases;
  return {
    ...good,
    server: { url: 'http://127.0.0.1:3000', version: null },
    load: { rooms: 0, people: 0, publishers: 0, subscribers: 0, processes: 1 },
    joins: {
      tried: 40,
      succeeded: 0,
      failures: [{ reason: 'DISCONNECTED', count: 40 }],
      joinedMs: nothing,
      phases,
    },
    media: {
      audio: silence,
      video: silence,
      tracks: { expected: 0, received: 0 },
      freezes: { count: 0, ratio: 0, durationsMs: nothing },
    },
    reconnects: { count: 0, failed: 0, durationsMs: nothing },
    serverSide: null,
    serverMetricsProblem: 'http://127.0.0.1:9464/metrics refuses connections: is the server running?',
    timeline: [],
  };
}

/** A run with the judgement of a gate. */
export function gated(result: RunResult, rules: string): RunResult {
  return { ...result, gate: judge(parseGate(rules), result) };
}

/** The distribution of `count` values about a middle, with a tail as delays have it. */
function around(middle: number, count: number): Distribution {
  const builder = new DistributionBuilder();
  for (let i = 0; i < count; i++)
    builder.add(middle * Math.exp(1.1 * ((i + 0.5) / count) ** 6 + 0.3 * ((i % 7) / 7 - 0.5)));
  return builder.summary();
}

function media(
  counts: Pick<MediaResult, 'packetsExpected' | 'packetsReceived' | 'sentBps' | 'receivedBps'>,
): MediaResult {
  return {
    ...counts,
    lossRatio: (counts.packetsExpected - counts.packetsReceived) / counts.packetsExpected,
    latencyMs: around(8, 4000),
    jitterMs: around(2.1, 4000),
    gapMs: around(9, 4000),
  };
}

/** Fifteen seconds of ramp-up, then a minute with a bad moment in its middle. */
function pointAt(second: number): TimelinePoint {
  const people = Math.min(40, Math.floor((second * 40) / 15));
  const bad = Math.exp(-(((second - 45) / 3) ** 2));
  const busy = 1 + 0.08 * Math.sin(second * 1.7);
  return {
    second,
    people,
    joinFailures: second === 9 ? 1 : 0,
    receivedBps: (people / 40) ** 2 * 222e6 * busy * (1 - 0.2 * bad),
    latencyP99Ms: people < 2 ? null : 9 + 3 * busy + 40 * bad,
    lossRatio: people < 2 ? null : 0.0004 * busy + 0.03 * bad,
    freezes: Math.round(6 * bad),
    workerCpuRatio: second % 20 === 19 ? null : (people / 40) ** 2 * 1.2 * busy,
    testerCpuRatio: (people / 40) ** 2 * 0.42 * busy,
  };
}
