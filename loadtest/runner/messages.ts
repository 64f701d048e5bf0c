import type { DistributionJson } from '../distribution.js';
import type { LoadPhase } from '../run-result.js';
import type { Impairment } from './load.js';
import type { Plan } from './plan.js';

/** A room as the server knows it. */
export interface OpenRoom {
  slug: string;
  /** The token of its invite. */
  invite: string;
}

/** Everything that a child process needs to bring its people. */
export interface Assignment {
  url: string;
  loadTestKey?: string;
  impair: Impairment;
  plan: Plan;
  /** By the plan's index of the room. */
  rooms: OpenRoom[];
  /** Indices of the plan's people that are this process's. */
  people: number[];
}

/** Times are milliseconds since the Unix epoch: all processes of a machine share that clock. */
export type ToChild =
  | { type: 'assign'; assignment: Assignment }
  | { type: 'start'; atEpochMs: number }
  /** Everybody has come: earlier measurements of the media are put aside. */
  | { type: 'measure'; atEpochMs: number }
  | { type: 'finish' };

export type FromChild =
  | { type: 'ready' }
  | { type: 'second'; report: SecondReport }
  /** Everybody has left; the process ends. */
  | { type: 'finished'; tracks: Tracks };

export interface Tracks {
  expected: number;
  received: number;
}

/** The events since the report before. */
export interface SecondReport {
  /** In the room now. */
  people: number;
  /** Their first joins that are neither done nor failed. */
  joining: number;
  /** Whether the media belong to the measured part. */
  measured: boolean;
  joins: JoinReport;
  audio: MediaReport;
  video: MediaReport;
  freezes: { count: number; frozenMs: number; watchedMs: number; durationsMs: DistributionJson };
  reconnects: { count: number; failed: number; durationsMs: DistributionJson };
  /** Share of one core, 0..1. */
  cpuRatio: number;
  /** 99th percentile of this second, and of the measured part so far. */
  eventLoopDelayMs: number;
  eventLoopDelayP99Ms: number;
}

export interface JoinReport {
  tried: number;
  succeeded: number;
  failures: Record<string, number>;
  joinedMs: DistributionJson;
  phases: Record<LoadPhase, DistributionJson>;
}

export interface MediaReport {
  packetsExpected: number;
  packetsReceived: number;
  bytesReceived: number;
  bytesSent: number;
  latencyMs: DistributionJson;
  jitterMs: DistributionJson;
  gapMs: DistributionJson;
}
