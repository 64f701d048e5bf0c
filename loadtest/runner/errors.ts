/** Something that the person at the keyboard can mend: printed as a sentence, without a stack. */
export class LoadTestError extends Error {
  override name = 'LoadTestError';
}

/** A wrong option, value or scenario file. */
export class UsageError extends LoadTestError {
  override name = 'UsageError';
}
