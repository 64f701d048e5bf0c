import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ReceivedStream,
  shutDownPeers,
  SyntheticPeer,
  type StreamStats,
  type SyntheticPeerOptions,
} from '@minimeet/loadtest';
import type { MediaSource } from '@minimeet/protocol';
import { CutLine } from '../support/cut-line.js';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { useServer } from '../support/server.js';

/** The server tells a camera that nobody shows to stop after ten seconds. */
const STOPPED_WITHIN_MS = 15_000;

let slug: string;
const peers: SyntheticPeer[] = [];

afterEach(() => peers.splice(0).forEach((peer) => peer.close()));

afterAll(shutDownPeers);

const { server } = useServer();

beforeEach(async () => {
  ({ slug } = await (await Person.register(server.origin, 'Host')).createRoom());
});

async function enters(name: string, options: Partial<SyntheticPeerOptions> = {}): Promise<SyntheticPeer> {
  const { session } = await Person.register(server.origin, name);
  const { accessToken } = session;
  const peer = await SyntheticPeer.join({ url: server.origin, accessToken, room: slug, ...options });
  peers.push(peer);
  await peer.connected();
  return peer;
}

function streamOf(peer: SyntheticPeer, source: MediaSource): Promise<ReceivedStream> {
  return eventually(
    () => [...peer.consumers.values()].find(({ options }) => options.source === source),
    `there is no ${source}`,
  );
}

const tileOf = (peer: SyntheticPeer, width: number, height: number) => ({
  participantId: peer.joined.self.id,
  source: 'camera' as const,
  width,
  height,
});

it('a tile gets the layer that fits it, and changing layers is neither loss nor a freeze', async () => {
  const publisher = await enters('Publisher', { publish: ['camera'], resolution: '720p' });
  const viewer = await enters('Viewer', { view: { maxTiles: 1, width: 320, height: 180 } });
  const camera = await streamOf(viewer, 'camera');
  const sums = { lost: 0, freezes: 0, frames: 0 };
  for (const [width, height] of [
    [320, 180],
    [1280, 720],
    [640, 360],
    [1280, 720],
    [320, 180],
  ] as const) {
    await viewer.setView([tileOf(publisher, width, height)]);
    await eventually(
      () => camera.size?.height === height || undefined,
      () => `the picture has ${camera.size?.height} lines, not ${height}`,
    );
    await sleep(1_000);
    expect(camera.size).toEqual({ width, height });
    for (const { lost, freezes, frames } of viewer.takeStats().streams) {
      sums.lost += lost;
      sums.freezes += freezes.count;
      sums.frames += frames;
    }
  }
  expect(sums).toEqual({ lost: 0, freezes: 0, frames: sums.frames });
  expect(sums.frames).toBeGreaterThan(60);
}, 60_000);

it('a camera that nobody looks at stops, and comes back with a key frame', async () => {
  const publisher = await enters('Publisher', { publish: ['camera'], resolution: '720p' });
  const viewer = await enters('Viewer', { view: { maxTiles: 1, width: 320, height: 180 } });
  const camera = await streamOf(viewer, 'camera');
  await eventually(
    () => publisher.camera?.layersSent === 1 || undefined,
    'layers that nobody needs are sent',
    STOPPED_WITHIN_MS,
  );
  expect(camera.frames).toBeGreaterThan(0);
  await viewer.setView([]);
  await eventually(() => publisher.camera?.layersSent === 0 || undefined, 'the camera goes on', STOPPED_WITHIN_MS);
  const sent = publisher.packetsSent('camera');
  await sleep(500);
  expect(publisher.packetsSent('camera')).toBe(sent);
  viewer.takeStats();

  const askedAtMs = performance.now();
  await viewer.setView([tileOf(publisher, 1280, 720)]);
  const again = await streamOf(viewer, 'camera');
  await eventually(() => again.size !== null || undefined, 'the camera does not come back');
  expect(performance.now() - askedAtMs).toBeLessThan(1_500);
  // mediasoup gives no layer to a receiver with bandwidth estimation that has not been sent for two seconds.
  await eventually(() => again.size?.height === 720 || undefined, 'the picture stays small');
  expect(freezesOf(viewer.takeStats().streams)).toBe(0);
}, 60_000);

it('a screen and its sound are sent beside the camera', async () => {
  await enters('Publisher', { publish: ['camera', 'microphone', 'screen', 'screen_audio'] });
  const viewer = await enters('Viewer', { view: { maxTiles: 2, width: 1280, height: 720 } });
  const [screen, sound] = [await streamOf(viewer, 'screen'), await streamOf(viewer, 'screen_audio')];
  await eventually(() => (screen.frames >= 5 && sound.packets >= 50) || undefined, 'the screen does not come');
  expect(screen.size).toEqual({ width: 1280, height: 720 });
}, 30_000);

it('a peer whose socket is lost resumes its stay, with its media', async () => {
  const line = await CutLine.to(server.origin);
  const publisher = await enters('Publisher', { publish: ['camera'] });
  const viewer = await enters('Viewer', { url: line.origin, view: { maxTiles: 1, width: 320, height: 180 } });
  const camera = await streamOf(viewer, 'camera');
  await eventually(() => camera.frames > 20 || undefined, 'nothing is seen');
  const reconnected = new Promise<{ lostMs: number }>((resolve) => viewer.once('reconnected', resolve));
  viewer.takeStats();
  line.cut();
  const { lostMs } = await reconnected;
  expect(lostMs).toBeGreaterThan(0);
  expect(lostMs).toBeLessThan(5_000);
  expect(viewer.joined.resumed).toBe(true);
  await sleep(500);
  // It is the same stream, and it never stopped.
  expect([...viewer.consumers.values()]).toContain(camera);
  const { streams } = viewer.takeStats();
  expect(freezesOf(streams)).toBe(0);
  expect(streams.reduce((sum, { lost }) => sum + lost, 0)).toBe(0);
  expect(publisher.notifications.get('participant_left')).toBeUndefined();
  line.close();
}, 30_000);

it('peers whose worker dies build their media again, and say for how long it was gone', async () => {
  const publisher = await enters('Publisher', { publish: ['camera'], resolution: '720p' });
  const viewer = await enters('Viewer', { view: { maxTiles: 1, width: 320, height: 180 } });
  await viewer.setView([tileOf(publisher, 1280, 720)]);
  const before = await streamOf(viewer, 'camera');
  await eventually(() => before.size?.height === 720 || undefined, 'nothing is seen');
  const back = Promise.all(
    [publisher, viewer].map((peer) => new Promise<{ lostMs: number }>((resolve) => peer.once('reconnected', resolve))),
  );
  for (const pid of server.workerPids()) process.kill(pid, 'SIGKILL');
  for (const { lostMs } of await back) expect(lostMs).toBeLessThan(5_000);
  const after = await streamOf(viewer, 'camera');
  await eventually(
    () => (after !== before && after.size?.height === 720 && after.frames > 10) || undefined,
    'no picture again',
  );
}, 30_000);

it('a peer that is removed ends with the reason', async () => {
  const { session } = await Person.register(server.origin, 'Twice');
  const options = { url: server.origin, accessToken: session.accessToken, room: slug };
  const first = await SyntheticPeer.join(options);
  const ended = new Promise((resolve) => first.once('ended', resolve));
  const second = await SyntheticPeer.join(options);
  peers.push(first, second);
  await expect(ended).resolves.toBe('replaced');
});

function freezesOf(streams: StreamStats[]): number {
  return streams.reduce((sum, { freezes }) => sum + freezes.count, 0);
}
