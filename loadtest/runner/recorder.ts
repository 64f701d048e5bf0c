import { kindOf } from '@minimeet/protocol';
import { DistributionBuilder } from '../distribution.js';
import type { PeerStats } from '../peer-stats.js';
import { LOAD_PHASES, type LoadPhase } from '../run-result.js';
import type { JoinReport, MediaReport, SecondReport } from './messages.js';

type Recorded = Omit<
  SecondReport,
  'people' | 'joining' | 'measured' | 'cpuRatio' | 'eventLoopDelayMs' | 'eventLoopDelayP99Ms'
>;

/** Milliseconds; steps that did not happen, such as a picture in a room without cameras, are absent. */
export type PhaseTimes = Partial<Record<LoadPhase, number>>;

/** Adds up what a process's people live through, until the next report takes it. */
export class Recorder {
  #joins = new JoinRecord();
  #media = { audio: new MediaRecord(), video: new MediaRecord() };
  #freezes = { count: 0, frozenMs: 0, watchedMs: 0, durationsMs: new DistributionBuilder() };
  #reconnects = { count: 0, failed: 0, durationsMs: new DistributionBuilder() };

  joinTried(): void {
    this.#joins.tried += 1;
  }

  joinFailed(reason: string): void {
    this.#joins.failures[reason] = (this.#joins.failures[reason] ?? 0) + 1;
  }

  joinSucceeded(joinedMs: number, phases: PhaseTimes): void {
    this.#joins.succeeded += 1;
    this.#joins.joinedMs.add(joinedMs);
    for (const phase of LOAD_PHASES) {
      const took = phases[phase];
      if (took !== undefined) this.#joins.phases[phase].add(Math.max(0, took));
    }
  }

  reconnected(lostMs: number): void {
    this.#reconnects.count += 1;
    this.#reconnects.durationsMs.add(Math.max(0, lostMs));
  }

  reconnectFailed(): void {
    this.#reconnects.failed += 1;
  }

  media({ streams, sent }: PeerStats): void {
    for (const { source, bytes } of sent) this.#media[kindOf(source)].bytesSent += bytes;
    for (const stream of streams) {
      const record = this.#media[stream.kind];
      record.packetsExpected += stream.expected;
      record.packetsReceived += stream.packets;
      record.bytesReceived += stream.bytes;
      for (const latencyMs of stream.latenciesMs) record.latencyMs.add(Math.max(0, latencyMs));
      if (stream.packets > 0) {
        if (stream.jitterMs !== null) record.jitterMs.add(Math.max(0, stream.jitterMs));
        record.gapMs.add(Math.max(0, stream.maxGapMs));
      }
      if (stream.kind === 'audio') continue;
      this.#freezes.count += stream.freezes.count;
      this.#freezes.frozenMs += stream.freezes.totalMs;
      this.#freezes.watchedMs += stream.watchedMs;
      for (const durationMs of stream.freezes.durationsMs) this.#freezes.durationsMs.add(durationMs);
    }
  }

  /** Takes everything added since the call before. */
  take(): Recorded {
    const [joins, media, freezes, reconnects] = [this.#joins, this.#media, this.#freezes, this.#reconnects];
    this.#joins = new JoinRecord();
    this.#media = { audio: new MediaRecord(), video: new MediaRecord() };
    this.#freezes = { count: 0, frozenMs: 0, watchedMs: 0, durationsMs: new DistributionBuilder() };
    this.#reconnects = { count: 0, failed: 0, durationsMs: new DistributionBuilder() };
    return {
      joins: joins.report(),
      audio: media.audio.report(),
      video: media.video.report(),
      freezes: { ...freezes, durationsMs: freezes.durationsMs.toJSON() },
      reconnects: { ...reconnects, durationsMs: reconnects.durationsMs.toJSON() },
    };
  }
}

/** One value for each phase of a join. */
export function byPhase<Value>(make: (phase: LoadPhase) => Value): Record<LoadPhase, Value> {
  return Object.fromEntries(LOAD_PHASES.map((phase) => [phase, make(phase)])) as Record<LoadPhase, Value>;
}

class JoinRecord {
  tried = 0;
  succeeded = 0;
  readonly failures: Record<string, number> = {};
  readonly joinedMs = new DistributionBuilder();
  readonly phases = byPhase(() => new DistributionBuilder());

  report(): JoinReport {
    const { tried, succeeded, failures, joinedMs, phases } = this;
    return {
      tried,
      succeeded,
      failures,
      joinedMs: joinedMs.toJSON(),
      phases: byPhase((phase) => phases[phase].toJSON()),
    };
  }
}

class MediaRecord {
  packetsExpected = 0;
  packetsReceived = 0;
  bytesReceived = 0;
  bytesSent = 0;
  readonly latencyMs = new DistributionBuilder();
  readonly jitterMs = new DistributionBuilder();
  readonly gapMs = new DistributionBuilder();

  report(): MediaReport {
    const { latencyMs, jitterMs, gapMs, ...counts } = this;
    return { ...counts, latencyMs: latencyMs.toJSON(), jitterMs: jitterMs.toJSON(), gapMs: gapMs.toJSON() };
  }
}
