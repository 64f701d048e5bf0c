/** @needs meson ninja flatc g++ */
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { NpmStart } from './npm-start.js';

jest.setTimeout(120_000);

(process.platform === 'linux' ? describe : describe.skip)('npm start while it builds the media worker', () => {
  let run: NpmStart;
  afterEach(() => run.clear());

  it.each([
    ['SIGTERM to npm alone', (npm: number) => process.kill(npm, 'SIGTERM')],
    ['Ctrl-C', (npm: number) => process.kill(-npm, 'SIGINT')],
  ])('ends the build and its compilers, and removes what they made, on %s', async (_, end) => {
    run = new NpmStart((folder) => ({
      MEDIASOUP_WORKER_BIN: '',
      // No worker is there, nor anywhere to download one from.
      MINIMEET_CACHE: join(folder, 'cache'),
      MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: 'http://127.0.0.1:9',
      TMPDIR: folder,
    }));
    const all = await run.started(/cc1plus/);
    end(run.npm);
    await run.gone(all);
    expect(run.leftovers()).toEqual([]);
  });
});
