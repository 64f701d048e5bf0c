/** @needs chromium firefox own-network */
import { eventually } from '../support/eventually.js';
import { type FirefoxPerson, joinInFirefox, launchFirefox } from '../support/firefox.js';
import { hearsSound, sees } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const WITHIN_MS = 30_000;

let firefox: Awaited<ReturnType<typeof launchFirefox>>;

afterAll(() => firefox.close());

// Firefox offers no loopback addresses to ICE.
const { server, joins } = usePages({ env: { MEDIA_LISTEN_IP: process.env['MINIMEET_OWN_NETWORK'] ?? '127.0.0.1' } });

beforeAll(async () => {
  firefox = await launchFirefox();
}, 90_000);

describe('a call between Firefox and Chromium', () => {
  it('has pictures, sound and chat in both directions', async () => {
    const host = await Person.register(server.origin, 'Host');
    const { slug } = await host.createRoom('Two browsers');
    const ann = await joins('Ann', slug);
    const ben = await joinInFirefox(firefox, server.origin, 'Ben', slug);

    await sees(ann, 'Ben');
    await hearsSound(ann);
    await seesMovingPictures(ben);

    await ann.page.getByRole('button', { name: /chat/i }).first().click();
    const message = ann.page.getByRole('textbox', { name: 'Message' });
    await message.fill('Hello Firefox');
    await message.press('Enter');
    await ben.page.locator('button[aria-label*="chat" i]').click();
    await eventually(
      () => ben.page.evaluate(() => document.body.innerText.includes('Hello Firefox') || undefined),
      'the message does not reach Firefox',
      WITHIN_MS,
    );
  }, 120_000);
});

/** By the pixels of the video element: Firefox counts no frames of what comes from a peer. */
async function seesMovingPictures({ page }: FirefoxPerson): Promise<void> {
  const pixels = () =>
    page.evaluate(() => {
      const video = document.querySelector<HTMLVideoElement>('[data-source="camera"][aria-label*="Ann"] video');
      if (!video?.videoWidth) return undefined;
      const canvas = document.createElement('canvas');
      canvas.width = 64;
      canvas.height = 64;
      const context = canvas.getContext('2d');
      context?.drawImage(video, 0, 0, 64, 64);
      return context?.getImageData(0, 0, 64, 64).data.join();
    });
  const first = await eventually(pixels, 'Firefox shows no picture', WITHIN_MS);
  await eventually(
    async () => ((await pixels()) === first ? undefined : true),
    'the picture in Firefox stands still',
    WITHIN_MS,
  );
}
