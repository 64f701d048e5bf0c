import type { Distribution } from './distribution.js';
import { LOAD_PHASES, type MediaResult, type RunResult } from './run-result.js';

/** The units that a rule may be written in, by what one of them is in the dimension's base unit (s, 1, bit/s, 1). */
export const UNITS: Record<Dimension, Record<string, number>> = {
  time: { us: 1e-6, ms: 1e-3, s: 1 },
  ratio: { '%': 1e-2 },
  bitrate: { bps: 1, kbps: 1e3, Mbps: 1e6, Gbps: 1e9 },
  count: { '': 1 },
};
type Dimension = 'time' | 'ratio' | 'bitrate' | 'count';

/** Something about a run that a rule may limit. */
export interface Figure {
  dimension: Dimension;
  /** The unit of a limit of zero that was given without one. */
  unit: string;
  /** In the dimension's base unit; `null` when it could not be measured. */
  measure: (result: RunResult) => number | null;
}

const QUANTILES = ['p50', 'p95', 'p99'] as const;

/** All figures by the names that rules use. */
export const FIGURES: ReadonlyMap<string, Figure> = new Map<string, Figure>([
  ...times('join', ({ joins }) => [joins.joinedMs]),
  ...times('first_frame', ({ joins }) => [joins.phases.total]),
  ...LOAD_PHASES.flatMap((phase) => times(phase, ({ joins }) => [joins.phases[phase]])),
  ['failed_joins', count(({ joins }) => (joins.tried > 0 ? joins.tried - joins.succeeded : null))],
  ['failed_join_ratio', ratio(({ joins }) => share(joins.tried - joins.succeeded, joins.tried))],
  ['tracks', ratio(({ media: { tracks } }) => share(tracks.received, tracks.expected))],
  ['loss', ratio(({ media }) => lossOf(media.audio, media.video))],
  ['audio_loss', ratio(({ media }) => lossOf(media.audio))],
  ['video_loss', ratio(({ media }) => lossOf(media.video))],
  ...mediaTimes('latency', ({ latencyMs }) => latencyMs),
  ...mediaTimes('jitter', ({ jitterMs }) => jitterMs),
  ...mediaTimes('gap', ({ gapMs }) => gapMs),
  ['bitrate', bitrate(({ media }) => receivedBps(media.audio, media.video))],
  ['audio_bitrate', bitrate(({ media }) => receivedBps(media.audio))],
  ['video_bitrate', bitrate(({ media }) => receivedBps(media.video))],
  // Where no video came, none could freeze: that proves nothing.
  ['freezes', count(({ media }) => (flowed(media.video) ? media.freezes.count : null))],
  ['freeze_ratio', ratio(({ media }) => (flowed(media.video) ? media.freezes.ratio : null))],
  ['reconnects', count(({ joins, reconnects }) => (joins.succeeded > 0 ? reconnects.count : null))],
  ['failed_reconnects', count(({ joins, reconnects }) => (joins.succeeded > 0 ? reconnects.failed : null))],
  ['cpu_per_packet', time('us', ({ serverSide }) => inSeconds(serverSide?.cpuMicrosecondsPerPacket, 1e-6))],
  ['event_loop_p99', time('ms', ({ serverSide }) => inSeconds(serverSide?.eventLoopDelayP99Ms, 1e-3))],
  ['worker_cpu', ratio(({ serverSide }) => highest(serverSide?.workerCpuRatios ?? []))],
]);

/** Quantiles of the worst of some distributions. */
function times(name: string, of: (result: RunResult) => Distribution[]): [string, Figure][] {
  return QUANTILES.map((quantile) => [
    `${name}_${quantile}`,
    time('ms', (result) => inSeconds(worst(of(result).map((distribution) => distribution[quantile])), 1e-3)),
  ]);
}

/** Audio and video apart, and the worse of the kinds that flowed: it is not below the quantile of both together. */
function mediaTimes(name: string, of: (media: MediaResult) => Distribution): [string, Figure][] {
  return [
    ...times(name, ({ media }) => [media.audio, media.video].filter(flowed).map(of)),
    ...times(`audio_${name}`, ({ media }) => [of(media.audio)]),
    ...times(`video_${name}`, ({ media }) => [of(media.video)]),
  ];
}

function time(unit: 'us' | 'ms', measure: Figure['measure']): Figure {
  return { dimension: 'time', unit, measure };
}

function ratio(measure: Figure['measure']): Figure {
  return { dimension: 'ratio', unit: '%', measure };
}

function bitrate(measure: Figure['measure']): Figure {
  return { dimension: 'bitrate', unit: 'bps', measure };
}

function count(measure: Figure['measure']): Figure {
  return { dimension: 'count', unit: '', measure };
}

/** `null` as soon as one is: an unknown value may be the worst. */
function worst(values: (number | null)[]): number | null {
  return values.some((value) => value === null) ? null : highest(values.filter((value) => value !== null));
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function inSeconds(value: number | null | undefined, unit: number): number | null {
  return value === null || value === undefined ? null : value * unit;
}

function flowed({ packetsExpected }: MediaResult): boolean {
  return packetsExpected > 0;
}

function lossOf(...media: MediaResult[]): number | null {
  const expected = media.reduce((sum, { packetsExpected }) => sum + packetsExpected, 0);
  const received = media.reduce((sum, { packetsReceived }) => sum + packetsReceived, 0);
  return share(expected - received, expected);
}

function receivedBps(...media: MediaResult[]): number | null {
  return media.some(flowed) ? media.reduce((sum, one) => sum + one.receivedBps, 0) : null;
}
