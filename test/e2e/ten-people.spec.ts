/** @needs chromium ffmpeg */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ReceivedFrame,
  type ReceivedStream,
  shutDownPeers,
  sizeOfKeyFrame,
  SyntheticPeer,
  writeIvf,
} from '@minimeet/loadtest';
import { eventually } from '../support/eventually.js';
import { hearsSound, type PageUser, sees } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const SYNTHETIC = 8;
const IN_BROWSERS = ['Ann', 'Ben'];
const OTHERS = SYNTHETIC + IN_BROWSERS.length - 1;
const WITHIN_MS = 60_000;
/** How long a page is looked at before it is turned. */
const PAGE_MS = 5_000;
/** Video has a clock of 90 kHz (RFC 7741). */
const RTP_TICKS_PER_MS = 90;

const peers: SyntheticPeer[] = [];

afterAll(() => {
  peers.forEach((peer) => peer.close());
  shutDownPeers();
});

// A few consumers fill a slot, so ten people need both.
const { server, joins } = usePages({ env: { MEDIA_WORKERS: '2', CONSUMERS_PER_SLOT: '40' } });

function videosOf(peer: SyntheticPeer): ReceivedStream[] {
  return [...peer.consumers.values()].filter(({ options }) => options.kind === 'video');
}

/** Nine fit on a page, in the order of who spoke, so anybody may be on the other one; pages are turned until they are seen. */
async function seesOnAPage(user: PageUser, name: string): Promise<void> {
  await eventually(
    async () => {
      try {
        await sees(user, name, 'camera', PAGE_MS);
        return true;
      } catch {
        const next = user.page.getByRole('button', { name: 'Next page' });
        const other = (await next.isEnabled()) ? next : user.page.getByRole('button', { name: 'Previous page' });
        await other.click({ timeout: PAGE_MS });
        return undefined;
      }
    },
    `${user.name} sees ${name} on no page`,
    2 * WITHIN_MS,
  );
}

it('ten people on two workers see and hear each other', async () => {
  const host = await Person.register(server.origin, 'Host');
  const { slug } = await host.createRoom('Ten');
  for (let i = 1; i <= SYNTHETIC; i++) {
    const { session } = await Person.register(server.origin, `Synthetic ${i}`);
    const peer = await SyntheticPeer.join({
      url: server.origin,
      accessToken: session.accessToken,
      room: slug,
      publish: ['camera', 'microphone'],
      view: { maxTiles: OTHERS, width: 320, height: 180 },
    });
    peers.push(peer);
    peer.setSpeaking(true);
  }
  await Promise.all(peers.map((peer) => peer.connected()));
  const ports = new Set(peers.map(({ joined }) => joined.media?.recvTransport.iceCandidates[0]?.port));
  expect(ports.size).toBe(2);

  const users = await Promise.all(IN_BROWSERS.map((name) => joins(name, slug)));

  // Everybody without a browser gets moving pictures of all nine others, across the two workers.
  for (const peer of peers) {
    await eventually(
      () => (videosOf(peer).filter(({ frames }) => frames >= 5).length >= OTHERS ? true : undefined),
      () =>
        `${peer.joined.self.displayName} gets ${videosOf(peer).filter(({ frames }) => frames >= 5).length} of ${OTHERS} pictures`,
      WITHIN_MS,
    );
    expect(
      [...peer.consumers.values()].filter(({ options, packets }) => options.kind === 'audio' && packets > 10).length,
    ).toBeGreaterThanOrEqual(4);
  }

  // And in Chromium they are decoded and seen, eight of them and the other browser's.
  for (const user of users) {
    const names = [
      ...IN_BROWSERS.filter((name) => name !== user.name),
      ...Array.from({ length: SYNTHETIC }, (_, i) => `Synthetic ${i + 1}`),
    ];
    for (const name of names) await seesOnAPage(user, name);
    await hearsSound(user);
  }
}, 400_000);

it('what crossed from one worker to the other decodes without an error', async () => {
  const watcher = peers[0];
  const stream = watcher && videosOf(watcher).at(-1);
  if (!watcher || !stream) throw new Error('There is no picture.');
  const frames: ReceivedFrame[] = [];
  stream.onFrame = (frame) => void ((frames.length > 0 || frame.isKeyFrame) && frames.push(frame));
  watcher.requestKeyFrame(stream.options.id);
  await eventually(() => (frames.length >= 20 ? true : undefined), 'no frames came', WITHIN_MS);

  const folder = await mkdtemp(join(tmpdir(), 'minimeet-'));
  const file = join(folder, 'received.ivf');
  const [first] = frames;
  if (!first) throw new Error('There is no frame.');
  const timed = frames.map(({ data, timestamp }) => ({ data, timestampMs: timestamp / RTP_TICKS_PER_MS }));
  await writeFile(file, writeIvf(timed, sizeOfKeyFrame(first.data)));
  const log = execFileSync('ffmpeg', ['-v', 'error', '-i', file, '-f', 'framemd5', '-'], { encoding: 'utf8' });
  const decoded = log.split('\n').filter((line) => /^0,/.test(line));
  expect(decoded.length).toBeGreaterThanOrEqual(20);
  expect(new Set(decoded.map((line) => line.split(',').at(-1))).size).toBeGreaterThan(5);
  await rm(folder, { recursive: true });
}, 60_000);
