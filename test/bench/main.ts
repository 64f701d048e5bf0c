import { readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { audioSelection } from './audio-selection.js';
import { chatThroughput } from './chat-throughput.js';
import { fanOut } from './fan-out.js';
import { firstFrame } from './first-frame.js';
import { forwardingCost } from './forwarding-cost.js';
import { joinBurst } from './join-burst.js';
import { memoryPerParticipant } from './memory-per-participant.js';
import { peopleACore } from './people-a-core.js';
import { type Benchmark, type BenchResult, reached, tableOf } from './result.js';
import { roundTrips } from './round-trips.js';
import { scrapeTax } from './scrape-tax.js';
import { search } from './search.js';
import { thousandConsumers } from './thousand-consumers.js';

const BENCHMARKS: readonly Benchmark[] = [
  firstFrame,
  roundTrips,
  forwardingCost,
  thousandConsumers,
  peopleACore,
  memoryPerParticipant,
  scrapeTax,
  fanOut,
  audioSelection,
  joinBurst,
  chatThroughput,
  search,
];
const USAGE = `npm run bench [-- [--record] [name …]]

Names: ${BENCHMARKS.map(({ name }) => name).join(', ')} (default: all).
--record keeps the table in docs/BENCHMARKS.md.`;

/** From test/bench/dist/bench/ to the project's root. */
const root = fileURLToPath(new URL('../../../..', import.meta.url));

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = [
  ...names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name)),
  ...args.filter((arg) => arg.startsWith('--') && arg !== '--record'),
];
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: not known.\n\n${USAGE}`);
  process.exit(1);
}

const results: BenchResult[] = [];
for (const benchmark of BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.log(`\n${benchmark.name}: ${benchmark.what}`);
  const started = performance.now();
  results.push(...(await benchmark.run((line) => console.log(`  ${line}`))));
  console.log(`  done in ${Math.round((performance.now() - started) / 1000)} s`);
}

const table = tableOf(results);
console.log(`\n${table}\n\n${results.filter((result) => !reached(result)).length} aims not reached.`);
await writeFile(`${root}bench-results.json`, `${JSON.stringify(results, null, 2)}\n`);
if (args.includes('--record')) await record(table);
// Native threads of the synthetic peers and the browsers' pipes may outlive what they served.
process.exit(0);

async function record(measured: string): Promise<void> {
  const file = `${root}docs/BENCHMARKS.md`;
  const marks = ['<!-- measured -->', '<!-- /measured -->'] as const;
  const text = await readFile(file, 'utf8');
  const [before] = text.split(marks[0]);
  const after = text.split(marks[1])[1];
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(file, `${before}${marks[0]}\n${date}, on ${machine}:\n\n${measured}\n${marks[1]}${after}`);
}
