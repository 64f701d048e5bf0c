import { readFileSync } from 'node:fs';
import { UsageError } from './errors.js';
import { GROUP_DEFAULTS, GROUP_FIELDS, type Read, RUN_FIELDS, words } from './fields.js';
import type { Group } from './load.js';

/** A scenario file: absent fields are `undefined`. */
export interface Scenario {
  title?: string;
  duration?: number;
  ramp?: number;
  seed?: number;
  slo?: string;
  groups: Group[];
}

const SCENARIO_FIELDS: Record<string, Read<unknown>> = { title: words, ...RUN_FIELDS, slo: words, groups: readGroups };
/** In a file one writes `churn`, as on the command line. */
const { churnPerMinute, ...OTHER_FIELDS } = GROUP_FIELDS;
const FILE_GROUP_FIELDS: Record<string, Read<unknown>> = { ...OTHER_FIELDS, churn: churnPerMinute };

/** @throws UsageError that names the file and the field. */
export function readScenario(file: string): Scenario {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`The scenario ${file} cannot be read: ${message}`);
  }
  try {
    const scenario = readObject(json, SCENARIO_FIELDS, '') as Partial<Scenario>;
    if (!scenario.groups) throw new UsageError('groups is missing: a list with at least one group of rooms.');
    return { ...scenario, groups: scenario.groups };
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

function readGroups(written: unknown, where: string): Group[] {
  if (!Array.isArray(written) || written.length === 0) {
    throw new UsageError(`${where} must be a list with at least one group of rooms.`);
  }
  return written.map((one: unknown, index) => {
    const { churn, ...group } = readObject(one, FILE_GROUP_FIELDS, `${where}[${index}]`) as Partial<Group> & {
      churn?: number;
    };
    return { ...GROUP_DEFAULTS, ...group, churnPerMinute: churn ?? GROUP_DEFAULTS.churnPerMinute };
  });
}

function readObject(written: unknown, fields: Record<string, Read<unknown>>, where: string): Record<string, unknown> {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw new UsageError(`${where || 'A scenario'} must be an object: { … }.`);
  }
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const path = where ? `${where}.${name}` : name;
      const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (!read) throw new UsageError(`${path} is no field. There are: ${Object.keys(fields).join(', ')}.`);
      return [name, read(value, path)];
    }),
  );
}
