#!/usr/bin/env node
import { readCommandLine } from './runner/command-line.js';
import { LoadTestError, UsageError } from './runner/errors.js';
import { execute } from './runner/execute.js';
import { USAGE } from './runner/usage.js';

// The load tester's command. Exit codes are in its usage.
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const commandLine = readCommandLine(args);
    if (commandLine) return await execute(commandLine);
    console.log(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof LoadTestError || error instanceof UsageError)) throw error;
    console.error(`Load test: ${error.message}`);
    return 1;
  }
}
