import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { LIMITS } from '@minimeet/protocol';
import { type Gate, GateError, parseGate } from '../gate.js';
import { UsageError } from './errors.js';
import { GROUP_DEFAULTS, GROUP_FIELDS, integer, oneOf, RUN_FIELDS } from './fields.js';
import { type Group, type Impairment, type Load, peopleOf, peoplePerRoom, titleOf } from './load.js';
import { REPORT_EXTENSIONS } from './reports.js';
import { readScenario, type Scenario } from './scenario.js';

export const RAISABLE = ['rooms', 'publishers', 'audio-publishers', 'subscribers'] as const;
/** The quantity that `--find-max` raises. */
export type Raised = (typeof RAISABLE)[number];

export interface CommandLine {
  load: Load;
  gate: Gate | null;
  /** `null`: one run. */
  findMax: Raised | null;
  reports: string[];
  quiet: boolean;
  /** The command that repeats it; secrets are not in it. */
  command: string;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';
const DEFAULT_PUBLISHERS = 4;
const DEFAULT_DURATION = 30;
const PEOPLE_PER_RAMP_SECOND = 10;
const DEFAULT_SEED = 1;
/** With `--find-max` and without `--slo`. */
const DEFAULT_GATE = 'failed_joins=0,first_frame_p95<3s,loss<1%,latency_p99<250ms,freeze_ratio<1%';

const OPTIONS = {
  rooms: { type: 'string' },
  publishers: { type: 'string' },
  'audio-publishers': { type: 'string' },
  subscribers: { type: 'string' },
  layout: { type: 'string' },
  'simulate-speakers': { type: 'boolean' },
  resolution: { type: 'string' },
  'no-simulcast': { type: 'boolean' },
  'screen-share': { type: 'boolean' },
  churn: { type: 'string' },
  scenario: { type: 'string' },
  duration: { type: 'string' },
  ramp: { type: 'string' },
  seed: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  'load-test-key': { type: 'string' },
  'metrics-url': { type: 'string' },
  'metrics-token': { type: 'string' },
  processes: { type: 'string' },
  slo: { type: 'string' },
  'find-max': { type: 'boolean' },
  raise: { type: 'string' },
  report: { type: 'string', multiple: true },
  impair: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Those that a scenario file says itself, for each of its groups. */
const GROUP_OPTIONS = [
  'rooms',
  'publishers',
  'audio-publishers',
  'subscribers',
  'layout',
  'simulate-speakers',
  'resolution',
  'no-simulcast',
  'screen-share',
  'churn',
] as const;

const SECRETS = ['token', 'load-test-key', 'metrics-token'];

type Values = ReturnType<typeof parse>['values'];

/** @returns what the arguments ask for; `null`: for help. @throws UsageError */
export function readCommandLine(args: string[]): CommandLine | null {
  const { values, tokens } = parse(args);
  if (values.help) return null;
  const scenario = values.scenario === undefined ? null : scenarioOf(values.scenario, values);
  const groups = scenario?.groups ?? [groupOf(values)];
  checkPeople(groups);
  const gateText = values.slo ?? scenario?.slo ?? (values['find-max'] ? DEFAULT_GATE : undefined);
  const seed = numberOf(values.seed, '--seed', RUN_FIELDS.seed) ?? scenario?.seed ?? DEFAULT_SEED;
  if (values.raise !== undefined && !values['find-max']) throw new UsageError('--raise belongs to --find-max.');
  return {
    load: {
      title: scenario?.title ?? titleOf(groups),
      groups,
      durationSeconds:
        numberOf(values.duration, '--duration', RUN_FIELDS.duration) ?? scenario?.duration ?? DEFAULT_DURATION,
      rampSeconds: numberOf(values.ramp, '--ramp', RUN_FIELDS.ramp) ?? scenario?.ramp ?? defaultRamp(groups),
      seed,
      url: values.url === undefined ? DEFAULT_URL : originOf(values.url),
      token: values.token,
      loadTestKey: values['load-test-key'],
      metricsUrl: values['metrics-url'] === undefined ? null : addressOf(values['metrics-url']),
      metricsToken: values['metrics-token'],
      processes: numberOf(values.processes, '--processes', integer(1, 256)) ?? null,
      impair: values.impair === undefined ? {} : impairmentOf(values.impair),
    },
    gate: gateText === undefined ? null : gateOf(gateText),
    findMax: values['find-max'] ? raisedOf(values.raise, groups, scenario) : null,
    reports: (values.report ?? []).map(reportOf),
    quiet: values.quiet ?? false,
    command: commandOf(tokens, values.seed === undefined ? seed : undefined),
  };
}

/** Ten people a second. */
function defaultRamp(groups: readonly Group[]): number {
  return Math.max(1, Math.round(peopleOf(groups) / PEOPLE_PER_RAMP_SECOND));
}

/** @throws UsageError when nobody would come, or too many into one room. */
function checkPeople(groups: readonly Group[]): void {
  for (const group of groups) {
    const people = peoplePerRoom(group);
    if (people === 0)
      throw new UsageError('Nobody would come: give --publishers, --audio-publishers or --subscribers.');
    if (people > LIMITS.participantsPerRoom) {
      throw new UsageError(
        `${people} people a room are too many: the server takes ${LIMITS.participantsPerRoom}. --rooms makes more rooms.`,
      );
    }
    if (group.screenShare && group.publishers === 0)
      throw new UsageError('A screen is shared by a publisher; there is none.');
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true, tokens: true });
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string };
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    // Node adds a hint about positional arguments, of which there are none.
    throw new UsageError(
      `${message.split(/\. To |\. This command|\n/)[0]?.replace(/\.$/, '') ?? message}. --help lists all options.`,
    );
  }
}

function scenarioOf(file: string, values: Values): Scenario {
  const both = GROUP_OPTIONS.find((name) => values[name] !== undefined);
  if (both) throw new UsageError(`--${both} says what the scenario's groups say: give one of them.`);
  return readScenario(file);
}

function groupOf(values: Values): Group {
  const nobody = [values.publishers, values['audio-publishers'], values.subscribers].every((one) => one === undefined);
  const numbers = {
    rooms: numberOf(values.rooms, '--rooms', GROUP_FIELDS.rooms),
    publishers: numberOf(values.publishers, '--publishers', GROUP_FIELDS.publishers),
    audioPublishers: numberOf(values['audio-publishers'], '--audio-publishers', GROUP_FIELDS.audioPublishers),
    subscribers: numberOf(values.subscribers, '--subscribers', GROUP_FIELDS.subscribers),
    churnPerMinute: numberOf(values.churn, '--churn', GROUP_FIELDS.churnPerMinute),
  };
  const { layout, resolution } = values;
  return {
    rooms: numbers.rooms ?? GROUP_DEFAULTS.rooms,
    publishers: numbers.publishers ?? (nobody ? DEFAULT_PUBLISHERS : GROUP_DEFAULTS.publishers),
    audioPublishers: numbers.audioPublishers ?? GROUP_DEFAULTS.audioPublishers,
    subscribers: numbers.subscribers ?? GROUP_DEFAULTS.subscribers,
    churnPerMinute: numbers.churnPerMinute ?? GROUP_DEFAULTS.churnPerMinute,
    layout: layout === undefined ? GROUP_DEFAULTS.layout : GROUP_FIELDS.layout(layout, '--layout'),
    resolution:
      resolution === undefined ? GROUP_DEFAULTS.resolution : GROUP_FIELDS.resolution(resolution, '--resolution'),
    simulateSpeakers: values['simulate-speakers'] ?? GROUP_DEFAULTS.simulateSpeakers,
    simulcast: !values['no-simulcast'],
    screenShare: values['screen-share'] ?? GROUP_DEFAULTS.screenShare,
  };
}

function numberOf(text: string | undefined, where: string, read: (written: unknown, where: string) => number) {
  if (text === undefined) return undefined;
  return read(text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text), where);
}

function raisedOf(written: string | undefined, groups: readonly Group[], scenario: Scenario | null): Raised {
  const [group] = groups;
  if (scenario && written !== undefined && written !== 'rooms') {
    throw new UsageError('--raise: of a scenario, only its rooms can be made more.');
  }
  if (written !== undefined) return oneOf(RAISABLE)(written, '--raise');
  if (scenario || !group || group.rooms > 1) return 'rooms';
  if (group.subscribers > 0) return 'subscribers';
  return group.publishers > 0 ? 'publishers' : 'audio-publishers';
}

function originOf(text: string): string {
  const { origin, pathname } = new URL(addressOf(text, '--url'));
  if (pathname !== '/')
    throw new UsageError(`--url must be an origin such as ${DEFAULT_URL}, without a path, not ${text}.`);
  return origin;
}

function addressOf(text: string, where = '--metrics-url'): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`${where} must be an address such as ${DEFAULT_URL}, not ${JSON.stringify(text)}.`);
}

function impairmentOf(text: string): Impairment {
  const impair: Impairment = {};
  for (const part of text.split(',')) {
    const [, name, value] = /^(loss|delay)=(\d+(?:\.\d+)?)$/.exec(part.trim()) ?? [];
    if (name === 'loss' && Number(value) <= 1) impair.lossRatio = Number(value);
    else if (name === 'delay') impair.delayMs = Number(value);
    else
      throw new UsageError(
        `--impair must look like loss=0.05,delay=80 (share 0 to 1, milliseconds), not ${JSON.stringify(text)}.`,
      );
  }
  return impair;
}

/** Said before the run, not after it. */
function reportOf(path: string): string {
  const extension = extname(path);
  if (extension === '' || REPORT_EXTENSIONS.includes(extension)) return path;
  throw new UsageError(
    `--report ${path}: the extension must be one of ${REPORT_EXTENSIONS.join(' ')}, or none for a folder.`,
  );
}

function gateOf(text: string): Gate {
  try {
    return parseGate(text);
  } catch (error) {
    if (error instanceof GateError) throw new UsageError(`--slo: ${error.message}`);
    throw error;
  }
}

function commandOf(tokens: ReturnType<typeof parse>['tokens'], seed: number | undefined): string {
  const parts = tokens.flatMap((token) => {
    if (token.kind !== 'option') return [];
    if (token.value === undefined) return [`--${token.name}`];
    return [`--${token.name}`, SECRETS.includes(token.name) ? '…' : quoted(token.value)];
  });
  return ['npm run loadtest --', ...parts, ...(seed === undefined ? [] : ['--seed', String(seed)])].join(' ');
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
