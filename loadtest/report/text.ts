import type { RunResult } from '../run-result.js';
import { circumstancesOf, factsOf, type Table, tablesOf, verdictOf } from './contents.js';
import { actualOf } from './format.js';
import { stepsConclusion, stepsTable } from './steps.js';

const WIDTH = 100;

/** A report for a terminal or a log, at most 100 columns wide: the verdict, the most wanted facts, then the details. */
export function textReport(result: RunResult): string {
  const { passed, sentence, warnings } = verdictOf(result);
  const mark = passed === null ? 'DONE' : passed ? 'PASSED' : 'FAILED';
  const rules = result.gate?.rules ?? [];
  return lines(
    wrap(result.title, 0),
    '',
    wrap(`${mark}  ${sentence}`, mark.length + 2),
    ...warnings.map((warning) => wrap(`!  ${warning}`, 3)),
    '',
    ...factsOf(result).map(({ name, value, more }) => wrap(`${name.padEnd(13)}${value.padEnd(12)} ${more}`, 26)),
    ...(rules.length === 0
      ? []
      : setTable({
          title: 'Gate',
          head: ['', 'measured', ''],
          rows: rules.map((rule) => [rule.rule, actualOf(rule), rule.passed ? 'kept' : 'BROKEN']),
        })),
    ...tablesOf(result).flatMap(setTable),
    '',
    ...circumstancesOf(result).map(([name, value]) => wrap(`${name.padEnd(22)} ${value}`, 23)),
  );
}

/** The findings of a search for the highest load: a line a step, and the answer. */
export function textSteps(results: readonly RunResult[]): string {
  return lines(wrap(stepsConclusion(results), 0), ...setTable(stepsTable(results)));
}

/** The first column to the left, the others to the right. */
function setTable({ title, head, rows }: Table): string[] {
  const all = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const set = all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return ['', title, ...set.map((line) => `  ${line}`)];
}

/** Breaks at spaces, and a word that is too long anywhere; later lines are indented. */
function wrap(text: string, indent: number): string {
  const done: string[] = [];
  let rest = printable(text);
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(' ', WIDTH);
    const end = space > indent ? space : WIDTH;
    done.push(rest.slice(0, end).trimEnd());
    rest = ' '.repeat(indent) + rest.slice(end).trimStart();
  }
  return [...done, rest.trimEnd()].join('\n');
}

/** Reasons and titles come from elsewhere: they must not be able to command the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}
