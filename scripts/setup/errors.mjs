import { exitCodeOf, handleSignals, stopSignal } from './processes.mjs';

/** Something that the person at the keyboard can understand and often mend: printed as a sentence, without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {{ details?: string }} [options] `details` are printed above the sentence, such as the end of a log
   */
  constructor(message, { details } = {}) {
    super(message);
    this.details = details;
  }
}

/**
 * Runs a command of package.json and ends the process with its exit code. A signal ends what the command started first.
 * @param {() => Promise<number>} main
 */
export async function runCommand(main) {
  handleSignals();
  try {
    process.exitCode = await main();
  } catch (error) {
    const signal = stopSignal();
    process.exitCode = signal ? exitCodeOf(signal) : 1;
    if (signal) return;
    if (!(error instanceof SetupError)) throw error;
    if (error.details) console.error(error.details);
    console.error(`\nMiniMeet: ${error.message}`);
  }
}
