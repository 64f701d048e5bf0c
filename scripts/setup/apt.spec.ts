/** @needs apt-get perl */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptGet } from './apt.mjs';

// Node cannot take the kind of lock that apt takes.
const holdLock = `
  use Fcntl; open(my $file, '>', $ARGV[0]) or die;
  my $lock = pack('s s l! l! i', F_WRLCK, 0, 0, 0, 0);
  fcntl($file, F_SETLK, $lock) or die;
  $| = 1; print "held\\n"; <STDIN>;`;

describe('apt-get beside another package manager', () => {
  let folder: string;
  let other: ChildProcess;

  beforeAll(async () => {
    // apt's own state and lock, in a folder where nobody else is disturbed, and nothing to fetch.
    folder = mkdtempSync(join(tmpdir(), 'minimeet-'));
    mkdirSync(join(folder, 'lists/partial'), { recursive: true });
    const config = join(folder, 'apt.conf');
    writeFileSync(
      config,
      [
        `Dir::State::lists "${join(folder, 'lists')}";`,
        `Dir::Cache "${folder}";`,
        `Dir::Etc::sourcelist "/dev/null";`,
        `Dir::Etc::sourceparts "/dev/null";`,
      ].join('\n'),
    );
    process.env.APT_CONFIG = config;
    other = spawn('perl', ['-e', holdLock, join(folder, 'lists/lock')], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(other.stdout!, 'data');
  });
  afterAll(() => {
    other.kill();
    delete process.env.APT_CONFIG;
    rmSync(folder, { recursive: true });
  });

  it('gives up with a sentence when the other one does not come to an end', async () => {
    await expect(aptGet(['update'], () => {}, { patienceMs: 0 })).rejects.toThrow(
      /^another package manager has been at work for .* Please start again when it is done\.$/,
    );
  });

  it('says that it waits, and goes on once the other one is done', async () => {
    const said: string[] = [];
    const update = aptGet(
      ['update'],
      (text) => {
        said.push(text);
        other.stdin!.end();
      },
      { againMs: 50 },
    );
    expect(await update).toMatchObject({ code: 0 });
    expect([...new Set(said)]).toEqual(['waiting for another package manager', '']);
  });
});
