import type { Distribution } from './distribution.js';

/**
 * The parts of a join as a load tester lives them. Each begins at the end of the one before; `total` is from the
 * beginning of `sign_in` to the first key frame, or to the first packet of somebody who waits for no video.
 */
export const LOAD_PHASES = [
  'sign_in',
  'socket',
  'ack',
  'ice',
  'dtls',
  'first_packet',
  'first_key_frame',
  'total',
] as const;
export type LoadPhase = (typeof LOAD_PHASES)[number];

/** Everything that one run has measured: the reports are made from it and from nothing else. */
export interface RunResult {
  formatVersion: 1;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The length of the measured part, between ramp-up and the end (s). */
  durationSeconds: number;
  title: string;
  /** Why it ended before its time, such as `stopped by Ctrl-C after 12 s`; absent when it did not. */
  cutShort?: string;
  /** The command line that repeats it. */
  command: string;
  seed: number;
  machine: { processors: number; model: string; memoryBytes: number; node: string };
  server: { url: string; version: string | null };
  /** The load of all rooms at the peak. */
  load: { rooms: number; people: number; publishers: number; subscribers: number; processes: number };
  joins: {
    tried: number;
    succeeded: number;
    failures: { reason: string; count: number }[];
    /** Milliseconds from the beginning of `sign_in` to the ack of `join_room`: the person is in the room. */
    joinedMs: Distribution;
    /** Milliseconds. */
    phases: Record<LoadPhase, Distribution>;
  };
  media: {
    audio: MediaResult;
    video: MediaResult;
    /** Tracks that the views ask for, and those that flowed at the end of the measured part. */
    tracks: { expected: number; received: number };
    freezes: {
      count: number;
      /** Share of the time that videos were watched, 0..1. */ ratio: number;
      durationsMs: Distribution;
    };
  };
  reconnects: { count: number; failed: number; durationsMs: Distribution };
  /** `null` where the server's metrics could not be read; the reason is in `serverMetricsProblem`. */
  serverSide: ServerSide | null;
  serverMetricsProblem: string | null;
  tester: {
    /** The busiest process, share of one core, 0..1, and its event loop's delay. */
    maxCpuRatio: number;
    eventLoopDelayP99Ms: number;
    /** The cause that made the tester, not the server, the bottleneck; `null`: nothing. */
    bottleneck: string | null;
    /** Its processes that died during the run, with their people; their figures are missing. Absent: none did. */
    crashes?: { process: number; people: number; reason: string }[];
  };
  /** One a second. */
  timeline: TimelinePoint[];
  /** `null`: no gate was asked for. */
  gate: GateResult | null;
}

export interface MediaResult {
  packetsExpected: number;
  packetsReceived: number;
  /** (expected - received) / expected, 0..1; `null` without packets. */
  lossRatio: number | null;
  /** Bit rates of everything that publishers sent and all receivers got. */
  sentBps: number;
  receivedBps: number;
  /** From the publisher's sending to the receiver's arrival. */
  latencyMs: Distribution;
  /** Interarrival jitter (RFC 3550, 6.4.1), one value a stream and second. */
  jitterMs: Distribution;
  /** The longest silence of a stream in each second beyond its packet interval. */
  gapMs: Distribution;
}

export interface ServerSide {
  /** CPU of the server's process and its workers by packets forwarded. */
  cpuMicrosecondsPerPacket: number | null;
  /** Shares of one core, 0..1, over the run. */
  processCpuRatio: number | null;
  workerCpuRatios: number[];
  eventLoopDelayP99Ms: number | null;
  memoryBytes: number | null;
}

export interface TimelinePoint {
  /** Since the start of the run (s). */
  second: number;
  people: number;
  /** In this second, as are `freezes`. */
  joinFailures: number;
  receivedBps: number;
  latencyP99Ms: number | null;
  lossRatio: number | null;
  freezes: number;
  /** Sum of the workers, shares of one core. */
  workerCpuRatio: number | null;
  testerCpuRatio: number;
}

export interface GateResult {
  /** All rules are. */
  passed: boolean;
  /** In the order of the text. */
  rules: RuleResult[];
}

export interface RuleResult {
  /** As it was asked for: `join_p95<800ms`. */
  rule: string;
  /** Both in `unit`, the one that the rule was written in: 'ms', '%', 'Mbps' …; empty for counts. */
  limit: number;
  /** `null`: could not be measured, and so did not pass. */
  actual: number | null;
  unit: string;
  passed: boolean;
}
