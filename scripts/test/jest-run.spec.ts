import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runJest } from './jest-run.mjs';

const specs = {
  'fine.spec.js': `it('passes', () => {});`,
  // Nothing inside Jest's own process can end it.
  'hangs.spec.js': `it('never ends', () => { for (;;); });`,
  'crashes.spec.js': `it('takes Jest with it', () => process.kill(process.pid, 'SIGKILL'));`,
  'absent.spec.js': `require('./absent.js');`,
};

describe('a run of Jest', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'minimeet-')));
    for (const [name, text] of Object.entries(specs)) writeFileSync(join(folder, name), text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('names each spec file that hangs or ends its process, and runs the others', async () => {
    const jest = join(import.meta.dirname, '../../node_modules/jest/bin/jest.js');
    // Silently: what fails here is no failure of the run that reads it.
    const silently = ['sh', '-c', 'exec "$@" >/dev/null 2>&1', 'sh'];
    const command = [
      ...silently,
      process.execPath,
      jest,
      '--runInBand',
      '--config',
      JSON.stringify({ rootDir: folder }),
    ];
    const { code, specs: ended } = await runJest(command, process.env, { specLimitMs: 5_000 });
    expect(code).not.toBe(0);
    const told = ended.map((spec) => ({ name: basename(spec.ended), broken: spec.broken, tests: spec.tests }));
    expect(told.sort((one, other) => one.name.localeCompare(other.name))).toEqual([
      { name: 'absent.spec.js', broken: 'it could not start', tests: [] },
      { name: 'crashes.spec.js', broken: "Jest's process ended in it", tests: [] },
      { name: 'fine.spec.js', broken: undefined, tests: [{ status: 'passed', fullName: 'passes' }] },
      {
        name: 'hangs.spec.js',
        broken: expect.stringMatching(/^ended after \d+\.\d s, since it hung$/) as string,
        tests: [],
      },
    ]);
  }, 60_000);
});
