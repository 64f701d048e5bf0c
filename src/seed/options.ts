import { parseArgs } from 'node:util';

export interface SeedOptions {
  messages: number;
  rooms: number;
  people: number;
  /** When the first message is sent. */
  begin: Date;
  /** Over which the messages are spread. */
  days: number;
  /** The same number makes the same of everything but passwords. */
  seed: number;
  /** Everybody's password; `null`: one is made up. */
  password: string | null;
  /** Also into a database that holds something. */
  add: boolean;
}

export const USAGE = `npm run seed [-- options]: fills a database with rooms, people and messages, to try things on.

  --messages N     messages (default 100000)
  --rooms N        rooms; what is said is spread over them unevenly, as it is in life (default 200)
  --people N       accounts (default 400)
  --begin DATE     when the first message is sent (default 2025-01-01)
  --days N         the time that the messages are spread over (default 365)
  --seed N         another number, another content; the same number, the same (default 1)
  --password TEXT  of all accounts (default: one that is made up and printed)
  --add            also into a database that is not empty
  --help           this text

The database is the server's: DATABASE_URL, or DATA_DIR for SQLite. The people are person-1.SEED@seed.invalid and so on.`;

/** The options were not understood; the message is for a person. */
export class SeedUsageError extends Error {}

const MAX_MESSAGES = 100_000_000;
const MAX_OTHERS = 1_000_000;

/** `null`: help was asked for. @throws SeedUsageError */
export function readOptions(args: string[]): SeedOptions | null {
  const values = parsed(args);
  if (values.help) return null;
  const options: SeedOptions = {
    messages: wholeNumber('messages', values.messages, { default: 100_000, min: 0, max: MAX_MESSAGES }),
    rooms: wholeNumber('rooms', values.rooms, { default: 200, min: 1, max: MAX_OTHERS }),
    people: wholeNumber('people', values.people, { default: 400, min: 1, max: MAX_OTHERS }),
    begin: moment(values.begin ?? '2025-01-01'),
    days: wholeNumber('days', values.days, { default: 365, min: 1, max: 36_500 }),
    seed: wholeNumber('seed', values.seed, { default: 1, min: 0, max: 2 ** 32 - 1 }),
    password: values.password ?? null,
    add: values.add ?? false,
  };
  if (options.password?.trim() === '') throw new SeedUsageError('--password must not be empty.');
  return options;
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        messages: { type: 'string' },
        rooms: { type: 'string' },
        people: { type: 'string' },
        begin: { type: 'string' },
        days: { type: 'string' },
        seed: { type: 'string' },
        password: { type: 'string' },
        add: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new SeedUsageError(error instanceof Error ? error.message : String(error));
  }
}

function moment(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(time.getTime()))
    throw new SeedUsageError('--begin must be a date, such as 2025-01-01.');
  return time;
}

function wholeNumber(
  name: string,
  text: string | undefined,
  { default: preset, min, max }: { default: number; min: number; max: number },
): number {
  if (text === undefined) return preset;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new SeedUsageError(`--${name} must be a whole number from ${min} to ${max}.`);
  return value;
}
