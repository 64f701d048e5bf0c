import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaSource } from '@minimeet/protocol';
import { shutDownPeers, SyntheticPeer, type StreamStats, type SyntheticPeerOptions } from './index.js';
import { SmallSfu } from './testing/small-sfu.js';
import { streamOf, until } from './testing/waiting.js';

/** How long the media is measured. */
const WINDOW_MS = 6_000;

// A machine that stalls for a moment makes real delays and freezes, which are measured truthfully: hence the retries.
import.meta.jest.retryTimes(2, { logErrorsBeforeRetry: true });

describe('what a synthetic peer measures', () => {
  let sfu: SmallSfu;
  const peers: SyntheticPeer[] = [];

  beforeAll(async () => {
    sfu = await SmallSfu.create();
  });
  afterEach(() => peers.splice(0).forEach((peer) => peer.close()));
  afterAll(async () => {
    await sfu.close();
    shutDownPeers();
  });

  const enter = async (options: Partial<SyntheticPeerOptions>): Promise<SyntheticPeer> => {
    const peer = await SyntheticPeer.join({ url: sfu.url, accessToken: 'any', room: 'room', ...options });
    peers.push(peer);
    await peer.connected();
    return peer;
  };

  /** @returns what a second peer gets of the first one's camera and microphone. */
  const measure = async (
    publisher: Partial<SyntheticPeerOptions>,
    subscriber: Partial<SyntheticPeerOptions>,
    windowMs = WINDOW_MS,
  ): Promise<Record<'video' | 'audio', StreamStats>> => {
    const speaker = await enter({ publish: ['camera', 'microphone'], ...publisher });
    speaker.setSpeaking(true);
    const watcher = await enter(subscriber);
    const camera = await streamOf(watcher, 'camera');
    await until(() => camera.keyFrames > 0);
    await sleep(700);
    watcher.takeStats();
    await sleep(windowMs);
    const { streams } = watcher.takeStats();
    return { video: only(streams, 'camera'), audio: only(streams, 'microphone') };
  };

  it('finds nothing wrong on a good path, and a latency of a few milliseconds', async () => {
    const { video, audio } = await measure({}, {});
    for (const stream of [video, audio]) {
      expect(stream.lost).toBe(0);
      expect(median(stream.latenciesMs)).toBeGreaterThan(0);
      expect(median(stream.latenciesMs)).toBeLessThan(20);
      expect(stream.jitterMs).toBeLessThan(10);
    }
    expect(video.freezes).toEqual({ count: 0, totalMs: 0, durationsMs: [] });
    expect(video.frames / (WINDOW_MS / 1000)).toBeCloseTo(15, -0.5);
    expect(video.latenciesMs.length).toBe(video.frames);
    expect(audio.packets / (WINDOW_MS / 1000)).toBeCloseTo(50, -1);
    expect(video.watchedMs).toBeCloseTo(WINDOW_MS, -3);
  });

  it('reports a loss of 5 % as 5 %, in pictures and in sound, and the freezes that come of it', async () => {
    const { video, audio } = await measure(
      { resolution: '360p', simulcast: false },
      { impair: { lossRatio: 0.05 } },
      12_000,
    );
    expect(video.expected).toBeGreaterThan(400);
    expect(video.lost / video.expected).toBeGreaterThan(0.035);
    expect(video.lost / video.expected).toBeLessThan(0.065);
    expect(audio.lost / audio.expected).toBeGreaterThan(0.015);
    expect(audio.lost / audio.expected).toBeLessThan(0.09);
    // One packet in twenty for good leaves hardly a second without a broken frame.
    expect(video.freezes.count).toBeGreaterThan(3);
    expect(video.freezes.totalMs).toBeGreaterThan(1_000);
    expect(video.freezes.totalMs).toBeLessThanOrEqual(video.watchedMs + 1);
  });

  it('gets lost packets of a picture again from the server', async () => {
    const { video, audio } = await measure({}, { impair: { lossRatio: 0.1, recoverable: true } });
    expect(video.lost / video.expected).toBeLessThan(0.005);
    // Nobody sends sound again.
    expect(audio.lost / audio.expected).toBeGreaterThan(0.05);
    expect(video.frames / (WINDOW_MS / 1000)).toBeGreaterThan(13);
  });

  it('sends lost packets again when the server asks', async () => {
    const { video } = await measure({ impair: { lossRatio: 0.1, recoverable: true } }, {});
    expect(video.lost / video.expected).toBeLessThan(0.01);
    expect(video.frames / (WINDOW_MS / 1000)).toBeGreaterThan(12);
  });

  it('reports a delay of 100 ms as latency, and nothing else', async () => {
    const { video, audio } = await measure({}, { impair: { delayMs: 100 } }, 3_000);
    for (const stream of [video, audio]) {
      expect(median(stream.latenciesMs)).toBeGreaterThan(100);
      expect(median(stream.latenciesMs)).toBeLessThan(125);
      expect(stream.lost).toBe(0);
      expect(stream.jitterMs).toBeLessThan(10);
    }
    expect(video.freezes.count).toBe(0);
  });

  it('tells the server of loss and delay, as browsers do', async () => {
    await measure({ resolution: '360p', simulcast: false }, { impair: { lossRatio: 0.1, delayMs: 40 } }, 5_000);
    const stats = (await sfu.sentStats()).filter(({ packets }) => packets > 100);
    expect(stats.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
    for (const { kind, packets, lost, roundTripTimeMs } of stats) {
      // The path takes 40 ms each way, and a busy machine more; without the age of the report it would be a second.
      expect(roundTripTimeMs).toBeGreaterThan(75);
      expect(roundTripTimeMs).toBeLessThan(300);
      // Packets that are sent again count as sent, too: the picture's share is smaller for it.
      expect(lost / packets).toBeGreaterThan(kind === 'video' ? 0.03 : 0.04);
      expect(lost / packets).toBeLessThan(0.17);
    }
  });

  it('gets a key frame within 400 ms of asking for it', async () => {
    await enter({ publish: ['camera'] });
    const watcher = await enter({});
    const camera = await streamOf(watcher, 'camera');
    for (let round = 0; round < 5; round++) {
      const before = camera.keyFrames;
      await until(() => camera.keyFrames > before);
      // This moment is away from the film's own key frames.
      await sleep(350);
      const [asked, askedAtMs] = [camera.keyFrames, performance.now()];
      watcher.requestKeyFrame(camera.options.id);
      await until(() => camera.keyFrames > asked);
      expect(performance.now() - askedAtMs).toBeLessThan(400);
    }
  });

  it('sees a camera that hangs as one freeze of that length, and one that is off as none', async () => {
    const speaker = await enter({ publish: ['camera'] });
    const watcher = await enter({});
    const camera = await streamOf(watcher, 'camera');
    await until(() => camera.frames > 20);
    watcher.takeStats();
    if (!speaker.camera) throw new Error('There is no camera.');
    speaker.camera.paused = true;
    await sleep(500);
    const during = only(watcher.takeStats().streams, 'camera').freezes;
    expect(during.count).toBe(1);
    expect(during.durationsMs).toEqual([]);
    await sleep(500);
    speaker.camera.paused = false;
    await sleep(300);
    const after = only(watcher.takeStats().streams, 'camera').freezes;
    expect(after.count).toBe(0);
    expect(after.durationsMs).toHaveLength(1);
    expect(after.durationsMs[0]).toBeGreaterThan(950);
    expect(after.durationsMs[0]).toBeLessThan(1_150);
    expect(during.totalMs + after.totalMs).toBeCloseTo(after.durationsMs[0] ?? NaN, 5);

    const change = { id: camera.options.id, paused: true };
    camera.state = change;
    speaker.camera.paused = true;
    await sleep(800);
    speaker.camera.paused = false;
    camera.state = { ...change, paused: false };
    await sleep(300);
    expect(only(watcher.takeStats().streams, 'camera').freezes.count).toBe(0);
  });

  it('tells when each step of the join happened', async () => {
    await enter({ publish: ['camera'] });
    const watcher = await enter({});
    const camera = await streamOf(watcher, 'camera');
    await until(() => camera.keyFrames > 0);
    const { startedAt, welcomeAt, joinedAt, iceConnectedAt, dtlsConnectedAt, firstPacketAt, firstKeyFrameAt } =
      watcher.timings;
    const times = [startedAt, welcomeAt, joinedAt, iceConnectedAt, dtlsConnectedAt, firstPacketAt, firstKeyFrameAt];
    expect(times).toEqual([...times].sort((a, b) => (a ?? NaN) - (b ?? NaN)));
    expect(Math.min(...times.map((time) => time ?? NaN))).toBe(startedAt);
  });
});

function only(streams: StreamStats[], source: MediaSource): StreamStats {
  const [stream] = streams.filter((candidate) => candidate.source === source);
  if (!stream) throw new Error(`There is no ${source}.`);
  return stream;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
