import type { RunResult } from '../run-result.js';
import { highest, lossOf, type Table } from './contents.js';
import { actualOf, count, milliseconds, percent, several } from './format.js';

/** The share of a core from which on a process waits for the processor. */
const USED_UP = 0.9;

/** A line a step of a search for the highest load. */
export function stepsTable(results: readonly RunResult[]): Table {
  return {
    title: 'Steps',
    head: ['people', 'gate', 'joins', 'first frame', 'latency', 'loss', 'freezes', 'worker', 'process', 'tester'],
    rows: results.map(({ load, joins, media, serverSide, tester, gate }) => [
      count(load.people),
      gate === null ? 'none' : gate.passed ? 'kept' : 'BROKEN',
      `${count(joins.succeeded)}/${count(joins.tried)}`,
      milliseconds(joins.phases.total.p95),
      milliseconds(highest(media.audio.latencyMs.p99, media.video.latencyMs.p99)),
      percent(lossOf(media.audio, media.video)),
      media.video.packetsExpected > 0 ? count(media.freezes.count) : count(null),
      percent(highest(...(serverSide?.workerCpuRatios ?? []))),
      percent(serverSide?.processCpuRatio ?? null),
      percent(tester.maxCpuRatio),
    ]),
  };
}

/** Up to how many people the gate held, what broke it and what had run out. */
export function stepsConclusion(results: readonly RunResult[]): string {
  const kept = highest(...results.filter(({ gate }) => gate?.passed).map(({ load }) => load.people));
  const broken = results.find(({ gate }) => gate?.passed === false);
  const held = kept === null ? 'The gate held at no step' : `The gate held with ${several(kept, 'person', 'people')}`;
  if (!broken) return `${held}; no step broke it.`;
  const rules = broken.gate?.rules.filter(({ passed }) => !passed) ?? [];
  const what = rules.map((rule) => `${rule.rule} (${actualOf(rule)})`).join(', ');
  return `${held}; with ${count(broken.load.people)} it broke: ${what}. ${whatRanOut(broken)}`;
}

function whatRanOut({ tester, serverSide }: RunResult): string {
  if (tester.bottleneck !== null) return `What ran out was the tester’s side. ${tester.bottleneck}`;
  if (!serverSide) return "What ran out is not known, because the server's metrics could not be read.";
  const worker = highest(...serverSide.workerCpuRatios);
  if (worker !== null && worker >= USED_UP) return `What ran out was the core of a media worker (${percent(worker)}).`;
  if (serverSide.processCpuRatio !== null && serverSide.processCpuRatio >= USED_UP) {
    return `What ran out was the core of the server's process (${percent(serverSide.processCpuRatio)}).`;
  }
  return "Neither a media worker nor the server's process nor the tester had used up its core.";
}
