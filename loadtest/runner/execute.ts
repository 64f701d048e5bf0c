import { judge } from '../gate.js';
import { LiveTable, textReport } from '../report/index.js';
import type { RunResult } from '../run-result.js';
import type { CommandLine } from './command-line.js';
import { interruption } from './interruption.js';
import { writeReports } from './reports.js';
import { runLoad } from './run.js';

const OK = 0;
const TESTER_FAILED = 1;
const GATE_BROKE = 2;
const INTERRUPTED = 130;

/** Does what the command line asks for. @returns the exit code. @throws LoadTestError */
export async function execute(commandLine: CommandLine): Promise<number> {
  const { load, command, reports, gate, quiet } = commandLine;
  const table = new LiveTable(process.stdout);
  const note = (line: string): void => (quiet ? console.error(line) : table.note(line));
  const interrupted = interruption(note);
  if (!quiet) console.log(`${load.title}, at ${load.url}`);
  const result = await runLoad(load, {
    command,
    signal: interrupted.signal,
    onNote: note,
    ...(!quiet && { onProgress: (state) => table.update(state) }),
  }).finally(() => {
    table.close();
    interrupted.stop();
  });
  if (gate) result.gate = judge(gate, result);
  console.log(`${quiet ? '' : '\n'}${textReport(result)}`);
  for (const file of writeReports(reports, result)) console.log(`Written: ${file}`);
  return interrupted.signal.aborted && result.gate?.passed !== false ? INTERRUPTED : exitCodeOf(result);
}

function exitCodeOf({ gate }: RunResult): number {
  if (gate && !gate.passed) {
    for (const { rule, actual, unit } of gate.rules.filter(({ passed }) => !passed)) {
      console.error(`The gate broke: ${rule} (${actual === null ? 'not measured' : `${rounded(actual)}${unit}`})`);
    }
    return GATE_BROKE;
  }
  return OK;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
