/** One measured figure. */
export interface BenchResult {
  name: string;
  value: number;
  unit: string;
  /** The highest value that we want; `null` for a figure that explains another. */
  aim: number | null;
  /** It should be at least the aim instead. */
  isFloor?: boolean;
  /** The value for comparison, or the way it was made. */
  baseline: string;
}

export interface Benchmark {
  /** For the command line: `npm run bench -- first-frame`. */
  name: string;
  what: string;
  run(log: (line: string) => void): Promise<BenchResult[]>;
}

export function reached({ value, aim, isFloor }: BenchResult): boolean {
  return aim === null || (isFloor ? value >= aim : value <= aim);
}

/** A Markdown table, also readable in a terminal. */
export function tableOf(results: readonly BenchResult[]): string {
  const rows = [
    ['what', 'measured', 'aim', '', 'against'],
    ...results.map((result) => [
      result.name,
      `${format(result.value)} ${result.unit}`,
      result.aim === null ? '' : `${result.isFloor ? '≥' : '≤'} ${format(result.aim)} ${result.unit}`,
      result.aim === null ? '' : reached(result) ? 'reached' : '**not reached**',
      result.baseline,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 0);
}
