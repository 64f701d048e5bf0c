import type { Distribution } from '../distribution.js';
import { LOAD_PHASES, type LoadPhase, type MediaResult, type RunResult } from '../run-result.js';
import { actualOf, bitrate, bytes, clock, count, microseconds, milliseconds, percent, several } from './format.js';

/** The content of all reports for people, in the same words; `text.ts` and `html.ts` only set it. */

export interface Table {
  title: string;
  head: string[];
  rows: string[][];
}

interface Fact {
  name: string;
  /** The figure that matters; `more` adds details. */
  value: string;
  more: string;
}

interface Verdict {
  passed: boolean | null;
  sentence: string;
  /** Facts that a reader must know before believing the figures. */
  warnings: string[];
}

export const PHASE_NAMES: Record<LoadPhase, string> = {
  sign_in: 'sign-in',
  socket: 'socket',
  ack: 'join ack',
  ice: 'ICE',
  dtls: 'DTLS',
  first_packet: 'first packet',
  first_key_frame: 'first key frame',
  total: 'total',
};

export function verdictOf({ gate, tester, serverMetricsProblem, cutShort }: RunResult): Verdict {
  const warnings = [
    ...(cutShort === undefined ? [] : [`The run was cut short: ${cutShort}.`]),
    ...(tester.bottleneck === null
      ? []
      : [`The tester could not keep up, so these figures are not the server’s alone. ${tester.bottleneck}`]),
    ...(serverMetricsProblem === null
      ? []
      : [`The server's own figures are missing or incomplete: ${serverMetricsProblem}`]),
  ];
  if (!gate) return { passed: null, sentence: 'No gate was asked for.', warnings };
  const broken = gate.rules.filter((rule) => !rule.passed);
  if (gate.passed) return { passed: true, sentence: `${several(gate.rules.length, 'rule')} kept.`, warnings };
  const what = broken.map((rule) => `${rule.rule} (${actualOf(rule)})`).join(', ');
  return {
    passed: false,
    sentence: `${broken.length} of ${several(gate.rules.length, 'rule')} broken: ${what}`,
    warnings,
  };
}

/** The facts that a person wants to know first. */
export function factsOf(result: RunResult): Fact[] {
  const { joins, media, reconnects, tester } = result;
  const failures = joins.failures.map(({ reason, count: times }) => `${reason} ${times}`).join(', ');
  return [
    {
      name: 'Joins',
      value: `${count(joins.succeeded)} of ${count(joins.tried)}`,
      more: `${failures ? `failed: ${failures} · ` : ''}in the room: ${quantiles(joins.joinedMs)}`,
    },
    {
      name: 'First frame',
      value: milliseconds(joins.phases.total.p95),
      more: `p95, from the start of the join · p50 ${milliseconds(joins.phases.total.p50)} · p99 ${milliseconds(joins.phases.total.p99)}`,
    },
    {
      name: 'Latency',
      value: milliseconds(highest(media.audio.latencyMs.p99, media.video.latencyMs.p99)),
      more: `p99 · audio ${quantiles(media.audio.latencyMs)} · video ${quantiles(media.video.latencyMs)}`,
    },
    {
      name: 'Loss',
      value: percent(lossOf(media.audio, media.video)),
      more: `audio ${percent(media.audio.lossRatio)} · video ${percent(media.video.lossRatio)}`,
    },
    {
      name: 'Freezes',
      value: media.video.packetsExpected > 0 ? count(media.freezes.count) : count(null),
      more:
        media.video.packetsExpected > 0
          ? `${percent(media.freezes.ratio)} of the time watched · longest ${milliseconds(media.freezes.durationsMs.max)}`
          : 'no video was watched',
    },
    {
      name: 'Tracks',
      value: `${count(media.tracks.received)} of ${count(media.tracks.expected)}`,
      more: `received ${bitrate(media.audio.receivedBps + media.video.receivedBps)} · sent ${bitrate(media.audio.sentBps + media.video.sentBps)}`,
    },
    {
      name: 'Reconnects',
      value: count(reconnects.count),
      more: `${count(reconnects.failed)} failed · took ${quantiles(reconnects.durationsMs)}`,
    },
    serverFact(result),
    {
      name: 'Tester',
      value: percent(tester.maxCpuRatio),
      more: `CPU of its busiest process · event loop p99 ${milliseconds(tester.eventLoopDelayP99Ms)}`,
    },
  ];
}

function serverFact({ serverSide }: RunResult): Fact {
  if (!serverSide) return { name: 'Server', value: microseconds(null), more: 'not measured' };
  const workers = serverSide.workerCpuRatios.map(percent).join(', ') || percent(null);
  const rest = `process ${percent(serverSide.processCpuRatio)} · event loop p99 ${milliseconds(serverSide.eventLoopDelayP99Ms)}`;
  return {
    name: 'Server',
    value: microseconds(serverSide.cpuMicrosecondsPerPacket),
    more: `CPU a packet · workers ${workers} · ${rest} · ${bytes(serverSide.memoryBytes)}`,
  };
}

export function tablesOf({ joins, media, reconnects }: RunResult): Table[] {
  const spread = (name: string, { count: values, ...of }: Distribution): string[] => [
    name,
    ...[of.p50, of.p95, of.p99, of.max, of.mean, of.min].map(milliseconds),
    count(values),
  ];
  const head = ['', 'p50', 'p95', 'p99', 'max', 'mean', 'min', 'count'];
  return [
    {
      title: 'Joins by phase',
      head,
      rows: [
        ...LOAD_PHASES.map((phase) => spread(PHASE_NAMES[phase], joins.phases[phase])),
        spread('in the room', joins.joinedMs),
      ],
    },
    {
      title: 'Media: delays',
      head,
      rows: [
        spread('audio latency', media.audio.latencyMs),
        spread('video latency', media.video.latencyMs),
        spread('audio jitter', media.audio.jitterMs),
        spread('video jitter', media.video.jitterMs),
        spread('audio gaps', media.audio.gapMs),
        spread('video gaps', media.video.gapMs),
        spread('freezes', media.freezes.durationsMs),
        spread('reconnects', reconnects.durationsMs),
      ],
    },
    {
      title: 'Media: amounts',
      head: ['', 'expected', 'received', 'lost', 'loss', 'sent', 'received'],
      rows: [amounts('audio', media.audio), amounts('video', media.video)],
    },
  ];
}

/** Where, with what and how the run can be repeated. */
export function circumstancesOf(result: RunResult): [name: string, value: string][] {
  const { machine, server, load } = result;
  const people = `${several(load.rooms, 'room')}, ${several(load.people, 'person', 'people')}: ${count(load.publishers)} send, ${count(load.subscribers)} receive`;
  return [
    [
      'Begun',
      `${result.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}, measured for ${clock(result.durationSeconds)}`,
    ],
    ['Load', `${people}, from ${several(load.processes, 'process', 'processes')}`],
    ['Server', `${server.url}, version ${server.version ?? 'unknown'}`],
    [
      'Machine of the tester',
      `${several(machine.processors, 'processor')} (${machine.model}), ${bytes(machine.memoryBytes)}, Node ${machine.node}`,
    ],
    ['Seed', String(result.seed)],
    ['Command', result.command],
  ];
}

function quantiles({ p50, p99 }: Distribution): string {
  return p50 === null ? milliseconds(null) : `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`;
}

function amounts(name: string, media: MediaResult): string[] {
  return [
    name,
    ...[media.packetsExpected, media.packetsReceived, media.packetsExpected - media.packetsReceived].map(count),
    percent(media.lossRatio),
    bitrate(media.sentBps),
    bitrate(media.receivedBps),
  ];
}

/** The loss of both kinds together; `null` without packets. */
export function lossOf(...media: MediaResult[]): number | null {
  const expected = media.reduce((sum, one) => sum + one.packetsExpected, 0);
  const received = media.reduce((sum, one) => sum + one.packetsReceived, 0);
  return expected > 0 ? (expected - received) / expected : null;
}

/** `null` when there is none. */
export function highest(...values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
