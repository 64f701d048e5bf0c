/** @needs chromium */
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { clickJoin, type PageUser, sees } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const SAMPLE_RATE = 48_000;
const MICROPHONE_FILE = join(tmpdir(), `minimeet-voice-${process.pid}.wav`);

beforeAll(() => writeFile(MICROPHONE_FILE, wav(syllables(4))));

afterAll(() => rm(MICROPHONE_FILE));

const { server, atTheDoor, joins, launches } = usePages({ deviceCount: 2, microphoneFile: MICROPHONE_FILE });
let slug: string;

beforeAll(async () => {
  slug = (await (await Person.register(server.origin, 'Host')).createRoom('Devices')).slug;
});

/** Something like speech: a voice of many overtones and some breath, in syllables. Samples of -1 to 1. */
function syllables(seconds: number): Float32Array {
  return Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, index) => {
    const at = index / SAMPLE_RATE;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 2.5 * at)) ** 0.5;
    const pitch = 130 + 25 * Math.sin(2 * Math.PI * 0.7 * at);
    let voice = 0;
    for (let overtone = 1; overtone <= 20; overtone++)
      voice += Math.sin(2 * Math.PI * pitch * overtone * at) / overtone;
    return 0.35 * syllable * (voice + 0.2 * (Math.random() - 0.5));
  });
}

/** RIFF, one channel of 16-bit PCM. */
function wav(samples: Float32Array): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length * 2, 40);
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) =>
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), index * 2),
  );
  return Buffer.concat([header, data]);
}

/**
 * Chromium's test devices cannot be unplugged. This does for one of them what a browser does then: it is not listed, asking for it gives
 * another one, its tracks end, and the page is told that something has changed.
 */
async function canUnplug(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const { getUserMedia, enumerateDevices } = devices;
    const tracks: MediaStreamTrack[] = [];
    let gone = '';
    devices.enumerateDevices = async () =>
      (await enumerateDevices.call(devices)).filter(({ deviceId }) => deviceId !== gone);
    devices.getUserMedia = async (constraints) => {
      const wished = JSON.stringify(constraints?.video ?? false);
      if (gone && wished.includes(`"exact":"${gone}"`)) throw new OverconstrainedError('deviceId');
      const wanted = structuredClone(constraints ?? {});
      const others = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
      if (gone && typeof wanted.video === 'object') wanted.video.deviceId = { exact: others[0]?.deviceId ?? '' };
      const stream = await getUserMedia.call(devices, wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
    Object.assign(window, {
      plug: (unplugged: string) => {
        gone = unplugged;
        for (const track of tracks.filter((one) => one.readyState === 'live' && one.getSettings().deviceId === gone)) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
        devices.dispatchEvent(new Event('devicechange'));
      },
    });
  });
  await page.reload();
}

/** @param deviceId unplugged; '' plugs everything in. */
const plug = (page: Page, deviceId: string) =>
  page.evaluate((id) => (window as Window & { plug?: (id: string) => void }).plug?.(id), deviceId);

/** Lets `voiceHeardBy` count how often the page measures a microphone and finds a voice. */
async function countsVoice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = Object.assign(window, { voice: 0 });
    const { getFloatTimeDomainData } = AnalyserNode.prototype;
    AnalyserNode.prototype.getFloatTimeDomainData = function (samples) {
      getFloatTimeDomainData.call(this, samples);
      if (samples.some((sample) => Math.abs(sample) > 0.1)) counted.voice++;
    };
  });
  await page.reload();
}

const voiceHeardBy = (page: Page) => page.evaluate(() => (window as Window & { voice?: number }).voice ?? 0);

async function choosesFirstCamera({ page }: PageUser): Promise<string> {
  const cameras = page.getByRole('combobox', { name: 'Camera' });
  const id = await cameras.locator('option', { hasText: 'fake_device_0' }).getAttribute('value');
  await cameras.selectOption(id);
  return id ?? '';
}

it('a camera that is unplugged in the call is replaced, and used again when it is back', async () => {
  const [ann, ben] = await Promise.all([joins('Ann', slug, { camera: false }), atTheDoor('Ben', slug)]);
  await canUnplug(ben.page);
  await ben.page.locator('.preview video[data-ready]').waitFor();
  const first = await choosesFirstCamera(ben);
  await clickJoin(ben);
  await sees(ann, 'Ben');

  await plug(ben.page, first);
  await ben.page.getByText('“fake_device_0” was unplugged. “fake_device_1” is used now.').waitFor();
  await ben.page.locator('.tile[data-self] video[data-ready]').waitFor();
  // Chromium's second camera is shown, and never encoded: nothing can be seen of it by others.
  await plug(ben.page, '');
  await ben.page.getByText('“fake_device_0” is back and used again.').waitFor();
  await sees(ann, 'Ben');
}, 60_000);

it('who talks while muted is told so, once', async () => {
  const cleo = await atTheDoor('Cleo', slug, { camera: false });
  const { page } = cleo;
  await countsVoice(page);
  await clickJoin(cleo);
  const before = await voiceHeardBy(page);
  await page.getByRole('button', { name: 'Mute microphone' }).click();
  const hint = page.getByText('You are muted. Press M to unmute.');
  await hint.waitFor();
  const enough = (await voiceHeardBy(page)) - before;
  await hint.waitFor({ state: 'detached' });
  // It has heard twice as much as the first time, and says nothing.
  const again = (await voiceHeardBy(page)) + 2 * enough;
  await eventually(async () => (await voiceHeardBy(page)) >= again || undefined, 'nobody talks any more', 20_000);
  expect(await hint.count()).toBe(0);
}, 60_000);

it('who has refused the devices is told what to do in this browser', async () => {
  const { page } = await joins('Dan', slug, { browser: await launches({ permission: 'refused' }) });
  await page.getByRole('button', { name: 'Unmute microphone' }).click();
  await page.getByText('Click the icon to the left of the address').first().waitFor();
}, 40_000);
