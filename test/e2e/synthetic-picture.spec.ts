/** @needs chromium */
import { shutDownPeers, SyntheticPeer } from '@minimeet/loadtest';
import { picture } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { hearsSound, sees } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const peers: SyntheticPeer[] = [];

afterAll(() => {
  peers.forEach((peer) => peer.close());
  shutDownPeers();
});

const { server, joins } = usePages();

it('somebody who looks into a tested room sees moving pictures with names and clocks', async () => {
  const host = await Person.register(server.origin, 'Host');
  const { slug } = await host.createRoom('Tested');
  for (const name of ['Publisher 1', 'Publisher 2']) {
    const { session } = await Person.register(server.origin, name);
    const peer = await SyntheticPeer.join({
      url: server.origin,
      accessToken: session.accessToken,
      room: slug,
      publish: ['camera', 'microphone'],
      resolution: '720p',
    });
    peers.push(peer);
    peer.setSpeaking(true);
  }
  await Promise.all(peers.map((peer) => peer.connected()));

  const user = await joins('Ann', slug, { camera: false });
  for (const { joined } of peers) {
    const name = joined.self.displayName;
    await sees(user, name);
    const tile = user.page.locator(`[data-source="camera"][aria-label*="${name}"]`).first();
    await expect(tile.innerText()).resolves.toContain(name);
    // The clock stands in the middle: white digits on black, which change.
    const before = await clockOf(tile.locator('video'));
    await eventually(
      async () => (await clockOf(tile.locator('video'))) !== before || undefined,
      'the clock stands still',
    );
  }
  await hearsSound(user);

  // A larger tile gets a larger layer.
  await user.page.setViewportSize({ width: 1600, height: 1000 });
  await eventually(
    async () => ((await picture(user.page, 'Publisher 1'))?.width ?? 0) >= 640 || undefined,
    'it stays small',
  );
}, 90_000);

/** @returns which parts of the picture's middle are white. */
async function clockOf(video: {
  evaluate: <Value>(look: (element: Element) => Value) => Promise<Value>;
}): Promise<string> {
  return video.evaluate((element) => {
    const source = element as HTMLVideoElement;
    const [width, height] = [source.videoWidth, source.videoHeight];
    const canvas = document.createElement('canvas');
    canvas.width = 48;
    canvas.height = 16;
    const context = canvas.getContext('2d');
    context?.drawImage(source, width * 0.35, height * 0.4, width * 0.3, height * 0.2, 0, 0, 48, 16);
    const pixels = Array.from(context?.getImageData(0, 0, 48, 16).data ?? []);
    const bright = pixels.filter((_, i) => i % 4 === 1).map((green) => (green > 160 ? 1 : 0));
    if (!bright.includes(1) || !bright.includes(0)) throw new Error('There is no clock.');
    return bright.join('');
  });
}
