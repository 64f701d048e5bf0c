import { UsageError } from './errors.js';
import { type Group, LAYOUTS, RESOLUTIONS } from './load.js';

/** Makes a value of written text. @param where names the place: `--rooms` or `groups[0].rooms`. @throws UsageError */
export type Read<Value> = (written: unknown, where: string) => Value;

export function integer(least: number, most: number): Read<number> {
  return (written, where) => {
    if (typeof written === 'number' && Number.isInteger(written) && written >= least && written <= most) return written;
    throw new UsageError(`${where} must be a whole number from ${least} to ${most}, not ${show(written)}.`);
  };
}

function number(least: number, most: number): Read<number> {
  return (written, where) => {
    if (typeof written === 'number' && written >= least && written <= most) return written;
    throw new UsageError(`${where} must be a number from ${least} to ${most}, not ${show(written)}.`);
  };
}

const flag: Read<boolean> = (written, where) => {
  if (typeof written === 'boolean') return written;
  throw new UsageError(`${where} must be true or false, not ${show(written)}.`);
};

export const words: Read<string> = (written, where) => {
  if (typeof written === 'string' && written.trim() !== '') return written;
  throw new UsageError(`${where} must be a text, not ${show(written)}.`);
};

export function oneOf<Choice extends string>(choices: readonly Choice[]): Read<Choice> {
  return (written, where) => {
    const found = choices.find((choice) => choice === written);
    if (found !== undefined) return found;
    throw new UsageError(`${where} must be one of ${choices.join(', ')}, not ${show(written)}.`);
  };
}

/** The fields of a group of rooms, on the command line and in a scenario file alike. */
export const GROUP_FIELDS: { [Name in keyof Group]: Read<Group[Name]> } = {
  rooms: integer(1, 1_000),
  publishers: integer(0, 10_000),
  audioPublishers: integer(0, 10_000),
  subscribers: integer(0, 10_000),
  layout: oneOf(LAYOUTS),
  churnPerMinute: number(0, 6_000),
  simulateSpeakers: flag,
  resolution: oneOf(RESOLUTIONS),
  simulcast: flag,
  screenShare: flag,
};

export const GROUP_DEFAULTS: Group = {
  rooms: 1,
  publishers: 0,
  audioPublishers: 0,
  subscribers: 0,
  layout: '3x3',
  churnPerMinute: 0,
  simulateSpeakers: false,
  resolution: '720p',
  simulcast: true,
  screenShare: false,
};

/** Those of the whole run. */
export const RUN_FIELDS = {
  duration: number(1, 86_400),
  ramp: number(0, 3_600),
  seed: integer(0, 2 ** 32 - 1),
};

function show(written: unknown): string {
  return written === undefined ? 'missing' : JSON.stringify(written);
}
