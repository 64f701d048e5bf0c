import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Room } from '@minimeet/protocol';
import { metricsUrl } from '../metrics/prometheus.js';
import { expectOk, register, send } from '../support/http.js';
import { useServer } from '../support/server.js';
import { LoadTester, resultOf } from './load-tester.js';

const KEY = 'a load-test key that is long enough';

describe('a load test of a running server', () => {
  const { server } = useServer({ LOAD_TEST_KEY: KEY });
  let folder: string;
  let where: string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'minimeet-'));
    where = ['--url', server.origin, '--metrics-url', metricsUrl(server)];
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('reports what everybody of two meetings lived through, in every form, and leaves no room behind', async () => {
    const { accessToken } = await register(server.origin);
    const shape = ['--rooms', '2', '--publishers', '3', '--resolution', '180p', '--duration', '5', '--ramp', '1'];
    const reports = join(folder, 'reports');
    const outcome = await LoadTester.run([
      ...[...where, ...shape, '--report', reports, '--token', accessToken],
      ...['--load-test-key', KEY, '--slo', 'failed_joins=0,loss<1%'],
    ]);
    const { load, joins, media, serverSide, timeline, gate, durationSeconds, command } = resultOf(outcome);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(load).toEqual({ rooms: 2, people: 6, publishers: 6, subscribers: 0, processes: 1 });
    expect(joins).toMatchObject({ tried: 6, succeeded: 6, failures: [] });
    for (const phase of ['sign_in', 'socket', 'ack', 'ice', 'dtls'] as const) {
      expect([phase, joins.phases[phase].count]).toEqual([phase, 6]);
    }
    // Who comes first has nobody to wait for.
    expect(joins.phases.first_key_frame.count).toBeGreaterThanOrEqual(2);
    expect(joins.phases.total.p50).toBeGreaterThan(joins.phases.ice.p50 ?? 0);
    // Each of six gets a picture and a voice from two others.
    expect(media.tracks).toEqual({ expected: 24, received: 24 });
    expect(media.audio).toMatchObject({ lossRatio: 0 });
    // 50 packets a second from two others.
    expect(media.audio.packetsReceived / durationSeconds / 6).toBeCloseTo(100, -1);
    expect(media.video.latencyMs.count).toBeGreaterThan(100);
    expect(media.video.receivedBps).toBeGreaterThan(100_000);
    expect(serverSide?.cpuMicrosecondsPerPacket).toBeGreaterThan(0);
    expect(timeline.length).toBeGreaterThanOrEqual(5);
    expect(timeline.at(-1)?.people).toBe(6);
    expect(gate).toMatchObject({ passed: true });
    expect(readdirSync(reports).sort()).toEqual(['report.html', 'report.json', 'report.txt', 'report.xml']);
    // Secrets are in no report.
    expect(command).toContain('--token … --load-test-key …');
    const rooms = await expectOk<Page<Room>>(send(server.origin, 'GET', '/api/rooms', { token: accessToken }));
    expect(rooms.items).toEqual([]);
  }, 60_000);

  it('takes rooms of several shapes from a scenario file', async () => {
    const scenario = join(folder, 'mixed.json');
    const groups = [
      { publishers: 1, subscribers: 2, resolution: '180p', layout: 'speaker', screenShare: true },
      { rooms: 1, audioPublishers: 3, simulateSpeakers: true, churn: 60 },
    ];
    writeFileSync(scenario, JSON.stringify({ title: 'A mix', duration: 5, ramp: 0.5, seed: 3, groups }));
    const outcome = await LoadTester.run([...where, '--scenario', scenario]);
    const { title, seed, load, joins, media } = resultOf(outcome);
    expect(outcome.code).toBe(0);
    expect({ title, seed }).toEqual({ title: 'A mix', seed: 3 });
    expect(load).toMatchObject({ rooms: 2, people: 6, publishers: 4, subscribers: 2 });
    // Six at first, and five of the second group's come anew in five seconds.
    expect(joins).toMatchObject({ tried: 11, succeeded: 11 });
    // A camera, a screen and a voice for each of two subscribers at least.
    expect(media.tracks.expected).toBeGreaterThanOrEqual(6);
    expect(media.tracks.received).toBeGreaterThanOrEqual(media.tracks.expected - 2);
  }, 60_000);

  it('ends with code 2 and the line that broke, when the gate does', async () => {
    const rules = 'failed_joins=0,join_p50<1us';
    const outcome = await LoadTester.run([...where, '--publishers', '2', '--duration', '1', '--slo', rules, '--quiet']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/^The gate broke: join_p50<1us \(\d+ us\)$/m);
    expect(outcome.stderr).not.toContain('failed_joins');
    expect(resultOf(outcome).gate?.rules.map(({ passed }) => passed)).toEqual([true, false]);
  }, 60_000);

  it('raises the load until the gate breaks, and says at how many people', async () => {
    const outcome = await LoadTester.run([
      ...[...where, '--publishers', '2', '--resolution', '180p', '--duration', '2', '--find-max'],
      // What two or three people send to one another, but not four.
      ...['--slo', 'tracks<400%,audio_bitrate<300kbps'],
    ]);
    expect(outcome.stdout).toMatch(/The gate held with [23] people; with [34] it broke: audio_bitrate<300kbps/);
    expect(resultOf(outcome)).toMatchObject({ gate: { passed: true } });
    expect(outcome.code).toBe(0);
  }, 60_000);

  it.each([
    [
      'an address where nobody answers',
      ['--url', 'http://127.0.0.1:1'],
      /^Load test: No server answers at .*“npm start”/,
    ],
    [
      'a wrong load-test key',
      ['--load-test-key', 'wrong'],
      /^Load test: --load-test-key: This is not the load-test key/,
    ],
    ['a wrong access token', ['--token', 'wrong'], /^Load test: --token: the server does not accept this access token/],
    [
      'an unknown option',
      ['--publisher', '3'],
      /^Load test: Unknown option '--publisher'\. --help lists all options\.$/m,
    ],
  ])('says in a sentence what is wrong with %s', async (_, args, sentence) => {
    const outcome = await LoadTester.run([...where, '--duration', '1', ...args]);
    expect(outcome).toMatchObject({ code: 1, result: null });
    expect(outcome.stderr).toMatch(sentence);
    expect(outcome.stderr).not.toContain('    at ');
  });
});
