import 'reflect-metadata';
import { Passwords } from '../auth/passwords/passwords.js';
import { loadConfig } from '../common/config/index.js';
import { randomToken } from '../common/tokens/index.js';
import { startupProblem } from '../startup-problem.js';
import { Conversations } from './conversations.js';
import { readOptions, type SeedOptions, SeedUsageError, USAGE } from './options.js';
import { SeedRefusedError, Sower } from './sower.js';

// npm run seed. Exit codes: 0 all is written, 1 it cannot be, with a sentence that says why.
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (!options) console.log(USAGE);
    else await sow(options);
    return 0;
  } catch (error) {
    const isForPeople = error instanceof SeedUsageError || error instanceof SeedRefusedError;
    const problem = isForPeople ? error.message : startupProblem(error);
    if (problem === undefined) throw error;
    console.error(`Seed: ${problem}${error instanceof SeedUsageError ? `\n\n${USAGE}` : ''}`);
    return 1;
  }
}

async function sow(options: SeedOptions): Promise<void> {
  const startedAtMs = performance.now();
  const sower = await Sower.create(loadConfig(process.env), options);
  try {
    const password = options.password ?? randomToken();
    const conversations = new Conversations(options);
    await sower.sow(conversations, await new Passwords().hashShared(password), (written) => {
      const share = Math.round((100 * written) / options.messages);
      const perSecond = Math.round(written / ((performance.now() - startedAtMs) / 1_000));
      show(`${written} of ${options.messages} messages (${share} %), ${perSecond} a second`);
    });
    const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
    const [first] = conversations.people;
    console.log(
      `\n${options.messages} messages of ${options.people} people in ${options.rooms} rooms, in ${seconds} s.` +
        `\nSign in as ${first?.email ?? ''}, for one, with the password ${password}`,
    );
  } finally {
    await sower.close();
  }
}

/** On a terminal one line that is written again, elsewhere a line each. */
function show(line: string): void {
  process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
}
