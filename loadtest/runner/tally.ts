import { DistributionBuilder } from '../distribution.js';
import type { MediaResult, RunResult, TimelinePoint } from '../run-result.js';
import type { JoinReport, MediaReport, SecondReport } from './messages.js';
import { byPhase } from './recorder.js';

/** The reports of all processes, added up. Joins count from the start, media only in the measured part. */
export class Tally {
  readonly #joins = {
    tried: 0,
    succeeded: 0,
    failures: new Map<string, number>(),
    joinedMs: new DistributionBuilder(),
    phases: byPhase(() => new DistributionBuilder()),
  };
  readonly #media = { audio: new MediaTally(), video: new MediaTally() };
  readonly #freezes = { count: 0, frozenMs: 0, watchedMs: 0, durationsMs: new DistributionBuilder() };
  readonly #reconnects = { count: 0, failed: 0, durationsMs: new DistributionBuilder() };
  /** Since the last point of the timeline. */
  #second = new SecondTally();
  readonly #processes = new Map<number, { inRoom: number; joining: number; open: number; cpuRatio: number }>();

  /** A process that has not reported yet. */
  expect(process: number, people: number): void {
    this.#processes.set(process, { inRoom: 0, joining: people, open: 0, cpuRatio: 0 });
  }

  add(process: number, report: SecondReport): void {
    const { joins, freezes, reconnects, people, joining, cpuRatio, measured } = report;
    const failed = Object.values(joins.failures).reduce((sum, count) => sum + count, 0);
    const open = (this.#processes.get(process)?.open ?? 0) + joins.tried - joins.succeeded - failed;
    this.#processes.set(process, { inRoom: people, joining, open, cpuRatio });
    this.#addJoins(joins);
    this.#second.add(report);
    this.#reconnects.count += reconnects.count;
    this.#reconnects.failed += reconnects.failed;
    this.#reconnects.durationsMs.merge(reconnects.durationsMs);
    if (!measured) return;
    this.#media.audio.add(report.audio);
    this.#media.video.add(report.video);
    this.#freezes.count += freezes.count;
    this.#freezes.frozenMs += freezes.frozenMs;
    this.#freezes.watchedMs += freezes.watchedMs;
    this.#freezes.durationsMs.merge(freezes.durationsMs);
  }

  /** A process died: those of its people who are not in by now have failed to join. */
  lose(process: number): void {
    const { joining, open } = this.#processes.get(process) ?? { joining: 0, open: 0 };
    this.#processes.delete(process);
    if (joining === 0) return;
    this.#joins.tried += Math.max(0, joining - open);
    this.#fail('TESTER_PROCESS_DIED', joining);
    this.#second.joinFailures += joining;
  }

  get people(): number {
    return this.#sum(({ inRoom }) => inRoom);
  }

  get joining(): number {
    return this.#sum(({ joining }) => joining);
  }

  /** Joins so far. */
  get joins(): { tried: number; succeeded: number; failed: number } {
    const { tried, succeeded, failures } = this.#joins;
    return { tried, succeeded, failed: [...failures.values()].reduce((sum, count) => sum + count, 0) };
  }

  get packetsReceived(): number {
    return this.#media.audio.packetsReceived + this.#media.video.packetsReceived;
  }

  /** The second that ends now. */
  takeSecond(second: number, workerCpuRatio: number | null): TimelinePoint & { latencyP50Ms: number | null } {
    const { joinFailures, bytesReceived, packetsExpected, packetsReceived, freezes, latencyMs } = this.#second;
    this.#second = new SecondTally();
    const { p50, p99 } = latencyMs.summary();
    return {
      second,
      people: this.people,
      joinFailures,
      receivedBps: bytesReceived * 8,
      latencyP50Ms: p50,
      latencyP99Ms: p99,
      lossRatio: packetsExpected > 0 ? (packetsExpected - packetsReceived) / packetsExpected : null,
      freezes,
      workerCpuRatio,
      testerCpuRatio: Math.max(0, ...[...this.#processes.values()].map(({ cpuRatio }) => cpuRatio)),
    };
  }

  results(
    durationSeconds: number,
  ): Pick<RunResult, 'joins' | 'reconnects'> & { media: Omit<RunResult['media'], 'tracks'> } {
    const { tried, succeeded, failures, joinedMs, phases } = this.#joins;
    const { count, frozenMs, watchedMs, durationsMs } = this.#freezes;
    return {
      joins: {
        tried,
        succeeded,
        failures: [...failures].map(([reason, times]) => ({ reason, count: times })).sort((a, b) => b.count - a.count),
        joinedMs: joinedMs.summary(),
        phases: byPhase((phase) => phases[phase].summary()),
      },
      media: {
        audio: this.#media.audio.result(durationSeconds),
        video: this.#media.video.result(durationSeconds),
        freezes: { count, ratio: watchedMs > 0 ? frozenMs / watchedMs : 0, durationsMs: durationsMs.summary() },
      },
      reconnects: { ...this.#reconnects, durationsMs: this.#reconnects.durationsMs.summary() },
    };
  }

  #addJoins({ tried, succeeded, failures, joinedMs, phases }: JoinReport): void {
    this.#joins.tried += tried;
    this.#joins.succeeded += succeeded;
    for (const [reason, count] of Object.entries(failures)) this.#fail(reason, count);
    this.#joins.joinedMs.merge(joinedMs);
    byPhase((phase) => this.#joins.phases[phase].merge(phases[phase]));
  }

  #fail(reason: string, count: number): void {
    this.#joins.failures.set(reason, (this.#joins.failures.get(reason) ?? 0) + count);
  }

  #sum(of: (one: { inRoom: number; joining: number }) => number): number {
    return [...this.#processes.values()].reduce((sum, one) => sum + of(one), 0);
  }
}

class MediaTally {
  packetsExpected = 0;
  packetsReceived = 0;
  #bytesSent = 0;
  #bytesReceived = 0;
  readonly #latencyMs = new DistributionBuilder();
  readonly #jitterMs = new DistributionBuilder();
  readonly #gapMs = new DistributionBuilder();

  add(report: MediaReport): void {
    this.packetsExpected += report.packetsExpected;
    this.packetsReceived += report.packetsReceived;
    this.#bytesSent += report.bytesSent;
    this.#bytesReceived += report.bytesReceived;
    this.#latencyMs.merge(report.latencyMs);
    this.#jitterMs.merge(report.jitterMs);
    this.#gapMs.merge(report.gapMs);
  }

  result(durationSeconds: number): MediaResult {
    const { packetsExpected, packetsReceived } = this;
    const bpsOf = (bytes: number): number => (durationSeconds > 0 ? (bytes * 8) / durationSeconds : 0);
    return {
      packetsExpected,
      packetsReceived,
      lossRatio: packetsExpected > 0 ? (packetsExpected - packetsReceived) / packetsExpected : null,
      sentBps: bpsOf(this.#bytesSent),
      receivedBps: bpsOf(this.#bytesReceived),
      latencyMs: this.#latencyMs.summary(),
      jitterMs: this.#jitterMs.summary(),
      gapMs: this.#gapMs.summary(),
    };
  }
}

class SecondTally {
  joinFailures = 0;
  bytesReceived = 0;
  packetsExpected = 0;
  packetsReceived = 0;
  freezes = 0;
  readonly latencyMs = new DistributionBuilder();

  add({ joins, audio, video, freezes }: SecondReport): void {
    this.joinFailures += Object.values(joins.failures).reduce((sum, count) => sum + count, 0);
    this.freezes += freezes.count;
    for (const media of [audio, video]) {
      this.bytesReceived += media.bytesReceived;
      this.packetsExpected += media.packetsExpected;
      this.packetsReceived += media.packetsReceived;
      this.latencyMs.merge(media.latencyMs);
    }
  }
}
