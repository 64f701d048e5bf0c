import { fileURLToPath } from 'node:url';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine } from './command-line.js';
import { UsageError } from './errors.js';
import { peopleOf } from './load.js';

function messageOf(args: string[]): string {
  try {
    readCommandLine(args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('the command line of the load tester', () => {
  it('has a default for everything', () => {
    expect(readCommandLine([])).toMatchObject({
      load: {
        title: '1 room with 4 publishers',
        groups: [{ rooms: 1, publishers: 4, subscribers: 0, layout: '3x3', resolution: '720p', simulcast: true }],
        durationSeconds: 30,
        rampSeconds: 1,
        url: 'http://127.0.0.1:3000',
        metricsUrl: null,
      },
      gate: null,
      findMax: null,
      command: 'npm run loadtest -- --seed 1',
    });
  });

  it('brings only those who are asked for', () => {
    const { load } = readCommandLine(['--subscribers', '3']) ?? {};
    expect(load?.groups).toMatchObject([{ publishers: 0, audioPublishers: 0, subscribers: 3 }]);
  });

  it('raises what makes the load', () => {
    expect(readCommandLine(['--find-max'])?.findMax).toBe('publishers');
    expect(readCommandLine(['--find-max', '--rooms', '2'])?.findMax).toBe('rooms');
    expect(readCommandLine(['--find-max', '--publishers', '1', '--subscribers', '9'])?.findMax).toBe('subscribers');
    expect(readCommandLine(['--find-max', '--audio-publishers', '9'])?.findMax).toBe('audio-publishers');
    expect(readCommandLine(['--find-max', '--raise', 'rooms'])?.findMax).toBe('rooms');
  });

  it('keeps secrets out of the command that repeats a run', () => {
    const { command } = readCommandLine(['--token', 'secret1', '--load-test-key', 'secret2', '--slo', 'loss<1%']) ?? {};
    expect(command).toBe("npm run loadtest -- --token … --load-test-key … --slo 'loss<1%' --seed 1");
  });

  it.each([
    [['--publishers', 'x'], '--publishers must be a whole number from 0 to 10000, not "x".'],
    [['--publishers', '-1'], /^Option '--publishers' argument is ambiguous/],
    [['--publishers=-1'], '--publishers must be a whole number from 0 to 10000, not -1.'],
    [['--publishers', ''], '--publishers must be a whole number from 0 to 10000, not "".'],
    [['--publishers', '1.5'], '--publishers must be a whole number from 0 to 10000, not 1.5.'],
    [['--rooms', '0'], '--rooms must be a whole number from 1 to 1000, not 0.'],
    [['--rooms'], "Option '--rooms <value>' argument missing. --help lists all options."],
    [['--duration', '0'], '--duration must be a number from 1 to 86400, not 0.'],
    [['--layout', '9x9'], '--layout must be one of speaker, 3x3, 4x4, 5x5, all, not "9x9".'],
    [['--resolution', '4k'], '--resolution must be one of 180p, 360p, 720p, not "4k".'],
    [['--publishers', '301'], '301 people a room are too many: the server takes 300. --rooms makes more rooms.'],
    [['--publishers', '0'], 'Nobody would come: give --publishers, --audio-publishers or --subscribers.'],
    [['--subscribers', '2', '--screen-share'], 'A screen is shared by a publisher; there is none.'],
    [['--url', 'localhost:3000'], '--url must be an address such as http://127.0.0.1:3000, not "localhost:3000".'],
    [['--url', 'http://a.example.org/meet'], /^--url must be an origin such as/],
    [['--slo', 'join<1s'], /^--slo: 'join<1s': 'join' is no figure of a run/],
    [
      ['--report', 'x.pdf'],
      '--report x.pdf: the extension must be one of .txt .json .xml .html, or none for a folder.',
    ],
    [['--impair', 'loss=5'], /^--impair must look like loss=0\.05,delay=80/],
    [['--raise', 'rooms'], '--raise belongs to --find-max.'],
    [
      ['--raise', 'cats', '--find-max'],
      '--raise must be one of rooms, publishers, audio-publishers, subscribers, not "cats".',
    ],
    [['--unknown'], "Unknown option '--unknown'. --help lists all options."],
    [['extra'], "Unexpected argument 'extra'. --help lists all options."],
    [['--scenario', '/no/such/file.json'], /^The scenario \/no\/such\/file\.json cannot be read: ENOENT/],
  ])('refuses %j in a sentence', (args, message) => {
    expect(messageOf(args)).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message);
  });
});

describe('a scenario file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'minimeet-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (scenario: unknown): string => {
    const file = join(folder, 'scenario.json');
    writeFileSync(file, typeof scenario === 'string' ? scenario : JSON.stringify(scenario));
    return file;
  };

  it('says what the command line does not', () => {
    const file = write({ title: 'Mixed', duration: 9, seed: 5, slo: 'loss<1%', groups: [{ publishers: 2, churn: 6 }] });
    expect(readCommandLine(['--scenario', file, '--seed', '7'])).toMatchObject({
      load: { title: 'Mixed', durationSeconds: 9, seed: 7, groups: [{ rooms: 1, publishers: 2, churnPerMinute: 6 }] },
      gate: { rules: [{ text: 'loss<1%' }] },
    });
  });

  it.each([
    ['{', /cannot be read: .*JSON/],
    [[], /A scenario must be an object/],
    [{}, /groups is missing/],
    [{ groups: [] }, /groups must be a list with at least one group/],
    [{ groups: [{ publisher: 2 }] }, /groups\[0\]\.publisher is no field\. There are: rooms, publishers/],
    [{ groups: [{ publishers: '2' }] }, /groups\[0\]\.publishers must be a whole number from 0 to 10000, not "2"/],
    [{ groups: [{ publishers: 1 }, { layout: 'big' }] }, /groups\[1\]\.layout must be one of speaker/],
    [{ groups: [{ publishers: 1, simulcast: 1 }] }, /groups\[0\]\.simulcast must be true or false, not 1/],
    [{ groups: [{ publishers: 1 }], length: 3 }, /length is no field/],
    [{ groups: [{ publishers: 1 }], duration: '3' }, /duration must be a number from 1 to 86400, not "3"/],
    [{ groups: [{ toString: 1 }] }, /groups\[0\]\.toString is no field/],
  ])('is refused as %j, with the field’s name', (scenario, message) => {
    expect(messageOf(['--scenario', write(scenario)])).toMatch(message);
  });

  it('is not mixed with options that its groups have', () => {
    const file = write({ groups: [{ publishers: 1 }] });
    expect(messageOf(['--scenario', file, '--rooms', '2'])).toBe(
      "--rooms says what the scenario's groups say: give one of them.",
    );
  });

  it.each([
    ['meetings', 40],
    ['lecture', 101],
    ['audio-room', 50],
    ['churn', 32],
  ])('comes with the load tester: %s brings %i people', (name, people) => {
    const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));
    expect(readdirSync(scenarios)).toHaveLength(4);
    const { load, gate } = readCommandLine(['--scenario', join(scenarios, `${name}.json`)]) ?? {};
    expect(peopleOf(load?.groups ?? [])).toBe(people);
    expect(gate).not.toBeNull();
  });
});
