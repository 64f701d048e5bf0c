import { judge } from '../gate.js';
import { LiveTable, textReport, textSteps } from '../report/index.js';
import type { RunResult } from '../run-result.js';
import type { CommandLine } from './command-line.js';
import { findMax } from './find-max.js';
import { interruption } from './interruption.js';
import type { Load } from './load.js';
import { writeReports } from './reports.js';
import { runLoad } from './run.js';

const OK = 0;
const TESTER_FAILED = 1;
const GATE_BROKE = 2;
const INTERRUPTED = 130;

/** Does what the command line asks for. @returns the exit code. @throws LoadTestError */
export async function execute(commandLine: CommandLine): Promise<number> {
  const { load, command, gate, quiet, findMax: raised } = commandLine;
  const table = new LiveTable(process.stdout);
  const note = (line: string): void => (quiet ? console.error(line) : table.note(line));
  const interrupted = interruption(note);
  const { signal } = interrupted;
  const run = async (one: Load): Promise<RunResult> => {
    if (!quiet) note(`${one.title}, at ${one.url}`);
    const onProgress = quiet ? undefined : table.update.bind(table);
    const result = await runLoad(one, { command, signal, onNote: note, onProgress }).finally(() => table.close());
    if (gate) result.gate = judge(gate, result);
    return result;
  };
  try {
    return raised
      ? reportSearch(commandLine, await findMax(load, raised, run, signal), signal)
      : reportRun(commandLine, await run(load), signal);
  } finally {
    interrupted.stop();
  }
}

function reportRun({ reports, quiet }: CommandLine, result: RunResult, { aborted }: AbortSignal): number {
  console.log(`${quiet ? '' : '\n'}${textReport(result)}`);
  writeReports(reports, result);
  const broken = (result.gate?.rules ?? []).filter(({ passed }) => !passed);
  for (const { rule, actual, unit } of broken) {
    console.error(
      `The gate broke: ${rule} (${actual === null ? 'not measured' : `${rounded(actual)} ${unit}`.trim()})`,
    );
  }
  if (result.tester.crashes) return TESTER_FAILED;
  if (broken.length > 0) return GATE_BROKE;
  if (aborted) return INTERRUPTED;
  return result.cutShort === undefined ? OK : TESTER_FAILED;
}

function reportSearch({ reports, quiet }: CommandLine, results: RunResult[], { aborted }: AbortSignal): number {
  const best = results.findLast(({ gate }) => gate?.passed) ?? results[0];
  if (!best) return INTERRUPTED;
  console.log(`${quiet ? '' : '\n'}${textReport(best)}\n${textSteps(results)}`);
  writeReports(reports, best, results);
  if (aborted) return INTERRUPTED;
  if (results.some(({ tester }) => tester.crashes)) return TESTER_FAILED;
  return best.gate?.passed ? OK : GATE_BROKE;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
