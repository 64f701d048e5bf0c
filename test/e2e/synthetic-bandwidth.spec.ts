import { setTimeout as sleep } from 'node:timers/promises';
import { shutDownPeers, SyntheticPeer, type SyntheticPeerOptions } from '@minimeet/loadtest';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { useServer } from '../support/server.js';

const PUBLISHERS = 9;
/** How soon the server may know that the path carries what is asked for. */
const WITHIN_MS = 10_000;

let slug: string;
const peers: SyntheticPeer[] = [];

afterEach(() => peers.splice(0).forEach((peer) => peer.close()));

afterAll(shutDownPeers);

const { server } = useServer();

beforeEach(async () => {
  ({ slug } = await (await Person.register(server.origin, 'Host')).createRoom());
});

async function enters(name: string, options: Partial<SyntheticPeerOptions>): Promise<SyntheticPeer> {
  const { session } = await Person.register(server.origin, name);
  const { accessToken } = session;
  const peer = await SyntheticPeer.join({ url: server.origin, accessToken, room: slug, ...options });
  peers.push(peer);
  await peer.connected();
  return peer;
}

/** Cameras in all three layers, of people who look at nobody. */
async function publish(count: number): Promise<SyntheticPeer[]> {
  const publishers: SyntheticPeer[] = [];
  for (let i = 0; i < count; i++) {
    const publisher = await enters(`Publisher ${i}`, { publish: ['camera', 'microphone'], resolution: '720p' });
    await publisher.setView([]);
    publishers.push(publisher);
  }
  return publishers;
}

/** Waits until a viewer's pictures of all publishers have the heights that it asked for. */
async function asksFor(viewer: SyntheticPeer, publishers: SyntheticPeer[], heights: number[]): Promise<void> {
  const ids = publishers.map((publisher) => publisher.joined.self.id);
  const asked = ids.map((participantId, index) => ({ participantId, height: heights[index] ?? 0 }));
  await viewer.setView(
    asked.map(({ participantId, height }) => ({ participantId, source: 'camera', width: (height / 9) * 16, height })),
  );
  const seen = (): number[] => {
    const cameras = [...viewer.consumers.values()].filter(({ options }) => options.source === 'camera');
    return ids.map((id) => cameras.find(({ options }) => options.participantId === id)?.size?.height ?? 0);
  };
  await eventually(
    () => seen().every((height, index) => height === heights[index]) || undefined,
    () => `the pictures have ${seen().join(', ')} lines, not ${heights.join(', ')}`,
    WITHIN_MS,
  );
}

it('on a good path, large pictures come as asked for, and stay: the server learns what it carries', async () => {
  const publishers = await publish(PUBLISHERS);
  const viewer = await enters('Viewer', { view: { maxTiles: PUBLISHERS, width: 320, height: 180 } });
  const heights = publishers.map((_, index) => (index === 0 ? 720 : 180));
  await asksFor(viewer, publishers, heights);
  await sleep(3_000);
  await asksFor(viewer, publishers, heights);
  // Some 7 Mbit/s: far more than what the server believes at the start.
  await asksFor(
    viewer,
    publishers,
    heights.map(() => 720),
  );
}, 60_000);

it('on a path that loses much, a large picture becomes a small one, for that viewer only', async () => {
  const [publisher] = await publish(1);
  if (!publisher) throw new Error('There is nobody.');
  const good = await enters('Viewer', { view: { maxTiles: 1, width: 320, height: 180 } });
  await asksFor(good, [publisher], [720]);
  const bad = await enters('Far', {
    view: { maxTiles: 1, width: 1280, height: 720 },
    impair: { lossRatio: 0.3, delayMs: 20, recoverable: true },
  });
  const camera = await eventually(
    () => [...bad.consumers.values()].find(({ options }) => options.source === 'camera'),
    'there is no camera',
  );
  await eventually(() => camera.size?.height === 180 || undefined, 'the picture stays large', 25_000);
  await asksFor(good, [publisher], [720]);
}, 60_000);
