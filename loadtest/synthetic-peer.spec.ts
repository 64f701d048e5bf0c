/** @needs ffmpeg */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  shutDownPeers,
  SyntheticPeer,
  sizeOfKeyFrame,
  writeIvf,
  type ReceivedFrame,
  type ReceivedStream,
} from './index.js';
import { SmallSfu } from './testing/small-sfu.js';
import { streamOf, until } from './testing/waiting.js';

describe('a synthetic peer on a mediasoup worker', () => {
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

  const enter = async (publish?: ('camera' | 'microphone')[], media = true): Promise<SyntheticPeer> => {
    const peer = await SyntheticPeer.join({ url: sfu.url, accessToken: 'any', room: 'room', publish, media });
    peers.push(peer);
    return peer;
  };

  it('sends a picture that another one receives and ffmpeg decodes', async () => {
    await enter(['camera']);
    const watcher = await enter();
    const stream = await streamOf(watcher, 'camera');
    const frames: { data: Buffer; timestampMs: number }[] = [];
    let size = { width: 0, height: 0 };
    stream.onFrame = ({ data, timestamp, isKeyFrame }: ReceivedFrame) => {
      if (isKeyFrame) size = sizeOfKeyFrame(data);
      frames.push({ data, timestampMs: timestamp / 90 });
    };
    await until(() => frames.length >= 20);
    expect(size).toEqual({ width: 320, height: 180 });
    expect(stream.lost).toBe(0);
    expect(decodedFrames(writeIvf(frames, size))).toBe(frames.length);
  });

  it('speaks: sound comes at 50 packets a second, and seldom in silence', async () => {
    const speaker = await enter(['microphone']);
    const listener = await enter();
    const stream = await streamOf(listener, 'microphone');
    await Promise.all([speaker.connected(), listener.connected()]);
    speaker.setSpeaking(true);
    await until(() => stream.packets > 0);
    const speaking = await packetsIn(stream, 1_000);
    speaker.setSpeaking(false);
    const silent = await packetsIn(stream, 1_000);
    expect(speaking).toBeGreaterThanOrEqual(40);
    expect(speaking).toBeLessThanOrEqual(60);
    expect(silent).toBeLessThanOrEqual(5);
  });

  it('answers a request for a key frame at once', async () => {
    const camera = await enter(['camera']);
    const watcher = await enter();
    const stream = await streamOf(watcher, 'camera');
    await until(() => stream.keyFrames > 0);
    // A key frame that was just sent answers requests of the next 300 ms.
    await wait(400);
    const [keyFramesBefore, askedBefore] = [stream.keyFrames, camera.camera?.keyFramesAsked ?? 0];
    watcher.requestKeyFrame(stream.options.id);
    await until(() => stream.keyFrames > keyFramesBefore, 1_000);
    expect(camera.camera?.keyFramesAsked).toBe(askedBefore + 1);
  });

  it('takes streams that come and go without a new connection, and acks each batch', async () => {
    const watcher = await enter();
    const confirmed = sfu.confirmations;
    for (let round = 1; round <= 3; round++) {
      const publisher = await enter();
      await publisher.publish(['camera', 'microphone']);
      const stream = await streamOf(watcher, 'camera');
      await until(() => stream.frames > 2);
      await publisher.unpublish('camera');
      await until(() => !watcher.consumers.has(stream.options.id));
      await until(() => sfu.confirmations === confirmed + round);
      await publisher.leave();
      await until(() => watcher.consumers.size === 0);
    }
  });

  it('joins without media', async () => {
    const peer = await enter([], false);
    expect(peer.joined.media).toBeUndefined();
    await expect(peer.publish(['camera'])).rejects.toThrow('without media');
  });
});

async function packetsIn(stream: ReceivedStream, ms: number): Promise<number> {
  const before = stream.packets;
  await wait(ms);
  return stream.packets - before;
}

/** @returns how many pictures ffmpeg gets out of a file, which fails on one that is broken. */
function decodedFrames(ivf: Buffer): number {
  const folder = mkdtempSync(join(tmpdir(), 'minimeet-'));
  try {
    const file = join(folder, 'received.ivf');
    writeFileSync(file, ivf);
    const count = [
      '-v',
      'error',
      '-count_frames',
      '-select_streams',
      'v',
      '-show_entries',
      'stream=nb_read_frames',
      '-of',
      'csv=p=0',
    ];
    return Number(execFileSync('ffprobe', [...count, file], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
