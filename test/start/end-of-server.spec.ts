import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { NpmStart } from './npm-start.js';

jest.setTimeout(120_000);

// Processes are looked up in /proc.
(process.platform === 'linux' ? describe : describe.skip)('npm start with a server that runs', () => {
  let run: NpmStart;
  afterEach(() => run.clear());

  it.each([
    ['SIGTERM to npm alone, as a service manager sends it', (npm: number) => process.kill(npm, 'SIGTERM')],
    ['Ctrl-C, which a terminal sends to the whole group', (npm: number) => process.kill(-npm, 'SIGINT')],
    ['a kill of npm, of which nobody is told', (npm: number) => process.kill(npm, 'SIGKILL')],
    ['a kill of its own command', (_: number, command: number) => process.kill(command, 'SIGKILL')],
  ])('ends everything it started, in order, on %s', async (_, end) => {
    run = new NpmStart();
    await run.said(/MiniMeet is ready/);
    const all = await run.started(/mediasoup-worker/);
    expect(existsSync(join(run.dataDir, 'minimeet.sqlite-wal'))).toBe(true);
    end(run.npm, run.command);
    await run.gone(all);
    // A database that is closed in order leaves nothing beside it.
    expect(existsSync(join(run.dataDir, 'minimeet.sqlite-wal'))).toBe(false);
  });
});
