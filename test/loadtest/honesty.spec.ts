import { setTimeout as sleep } from 'node:timers/promises';
import { useServer } from '../support/server.js';
import { LoadTester, resultOf } from './load-tester.js';

const PEOPLE = ['--publishers', '3', '--resolution', '180p', '--ramp', '1'];
/** The way there and the way back lose 5 % each. */
const LOSS = 1 - 0.95 ** 2;
const HANG_MS = 1_000;

describe('a load test tells the truth', () => {
  const { server } = useServer();

  const start = (...args: string[]): LoadTester => new LoadTester(['--url', server.origin, ...PEOPLE, ...args]);

  it('about packets that are lost and late', async () => {
    const outcome = await start('--duration', '12', '--impair', 'loss=0.05,delay=80').outcome();
    const { media, joins } = resultOf(outcome);
    expect(joins.succeeded).toBe(3);
    for (const { lossRatio, latencyMs } of [media.audio, media.video]) {
      expect(lossRatio).toBeGreaterThan(LOSS - 0.03);
      expect(lossRatio).toBeLessThan(LOSS + 0.03);
      expect(latencyMs.p50).toBeGreaterThanOrEqual(159);
      expect(latencyMs.p50).toBeLessThan(250);
    }
    expect(media.freezes.count).toBeGreaterThan(0);
  }, 60_000);

  it('about a media worker that was killed', async () => {
    const tester = start('--duration', '12');
    await tester.measuring();
    await sleep(2_000);
    // It hangs before it dies: after its death alone media can be back before a picture counts as frozen.
    for (const pid of server.workerPids()) process.kill(pid, 'SIGSTOP');
    await sleep(HANG_MS);
    for (const pid of server.workerPids()) process.kill(pid, 'SIGKILL');
    const { joins, reconnects, media, tester: own } = resultOf(await tester.outcome());
    expect(joins).toMatchObject({ tried: 3, succeeded: 3, failures: [] });
    expect(reconnects).toMatchObject({ count: 3, failed: 0 });
    expect(reconnects.durationsMs.max).toBeGreaterThan(10);
    expect(reconnects.durationsMs.max).toBeLessThan(8_000);
    // Each of three sees two others, whose pictures stood still until the media was back.
    expect(media.freezes.count).toBe(6);
    expect(media.freezes.durationsMs.min).toBeGreaterThan(HANG_MS);
    expect(media.freezes.durationsMs.max).toBeLessThan(HANG_MS + 8_000);
    expect(media.tracks).toEqual({ expected: 12, received: 12 });
    expect(own.crashes).toBeUndefined();
  }, 60_000);

  it('about a process of its own that died', async () => {
    const tester = start('--duration', '12', '--processes', '2', '--slo', 'failed_joins=0');
    await tester.measuring();
    const [, second = 0] = await tester.children();
    process.kill(second, 'SIGKILL');
    const outcome = await tester.outcome();
    const { tester: own, media } = resultOf(outcome);
    expect(outcome.code).toBe(1);
    expect(own.crashes).toEqual([{ process: 2, people: 1, reason: 'ended by SIGKILL' }]);
    expect(own.bottleneck).toMatch(
      /^Process 2 of the tester was ended by SIGKILL after \d+ s, and its 1 people are gone/,
    );
    // What the dead one's people were to receive is missing, and so are their pictures and voices.
    expect(media.tracks).toEqual({ expected: 12, received: 4 });
  }, 60_000);

  it('about a run that was stopped', async () => {
    const tester = start('--duration', '60');
    await tester.measuring();
    await sleep(1_500);
    tester.interrupt();
    const outcome = await tester.outcome();
    const result = resultOf(outcome);
    expect(outcome.code).toBe(130);
    expect(result.cutShort).toMatch(/^stopped by Ctrl-C after \d+ s$/);
    expect(result.durationSeconds).toBeGreaterThan(1);
    expect(result.media.audio.packetsReceived).toBeGreaterThan(0);
    expect(outcome.stdout).toContain('The run was cut short');
  }, 60_000);
});
