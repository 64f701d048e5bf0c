/** @needs chromium */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type BrowserOptions, launchBrowser, picture, received, watchPeerConnections } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { startServer, type TestServer } from '../support/server.js';

/** Real Chromium on the real page, over the real SFU; decoded frames and audio energy are the evidence. */
const WITHIN_MS = 30_000;

let server: TestServer;
let browsers: Browser[] = [];
let errors: string[] = [];

beforeAll(async () => {
  server = await startServer();
});

afterEach(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  browsers = [];
  expect(errors).toEqual([]);
  errors = [];
});

afterAll(() => server.close());

interface Guest {
  name: string;
  page: Page;
  context: BrowserContext;
}

async function browser(options?: BrowserOptions): Promise<Browser> {
  const launched = await launchBrowser(options);
  browsers.push(launched);
  return launched;
}

/** A signed-in person on the pre-join screen of a room. */
async function atTheDoor(where: Browser, name: string, slug: string): Promise<Guest> {
  const { session } = await Person.register(server.origin, name);
  const context = await where.newContext({ viewport: { width: 1024, height: 700 } });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => errors.push(`${name}: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && origin !== server.origin) errors.push(`${name} asked ${request.url()}`);
  });
  await watchPeerConnections(page);
  await signIn(page, session);
  await page.goto(`${server.origin}/r/${slug}`);
  return { name, page, context };
}

async function signIn(page: Page, session: object): Promise<void> {
  await page.addInitScript((stored) => {
    if (!localStorage.getItem('minimeet.session')) localStorage.setItem('minimeet.session', stored);
  }, JSON.stringify(session));
}

async function joins(where: Browser, name: string, slug: string): Promise<Guest> {
  const guest = await atTheDoor(where, name, slug);
  await clickJoin(guest.page);
  return guest;
}

async function clickJoin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Join now' }).click();
  await page.getByRole('button', { name: 'Leave call' }).waitFor();
}

async function newRoom(): Promise<string> {
  const host = await Person.register(server.origin, 'Host');
  return (await host.createRoom('Weekly')).slug;
}

/** Waits until a tile's picture moves. */
async function sees({ page, name }: Guest, other: string, source = 'camera'): Promise<void> {
  const first = await eventually(
    async () => {
      const now = await picture(page, other, source);
      return now && now.isPicture && now.frames > 0 ? now : undefined;
    },
    `${name} does not see ${other}'s ${source}`,
    WITHIN_MS,
  );
  await eventually(
    async () => ((await picture(page, other, source))?.frames ?? 0) > first.frames + 3 || undefined,
    `${name} sees ${other}'s ${source} stand still`,
    WITHIN_MS,
  );
}

async function hearsSound({ page, name }: Guest): Promise<void> {
  const before = await received(page, 'audio');
  await eventually(
    async () => (await received(page, 'audio')).totalAudioEnergy > before.totalAudioEnergy || undefined,
    `${name} hears nothing`,
    WITHIN_MS,
  );
}

async function seeEachOther(guests: Guest[]): Promise<void> {
  for (const guest of guests) {
    for (const other of guests) {
      if (guest !== other) await sees(guest, other.name);
    }
    await hearsSound(guest);
  }
}

describe('a call in Chromium', () => {
  it('lets two people see and hear each other', async () => {
    const chromium = await browser();
    const slug = await newRoom();
    await seeEachOther([await joins(chromium, 'Ann', slug), await joins(chromium, 'Ben', slug)]);
  }, 90_000);

  it('lets four people who join at once see and hear each other', async () => {
    const chromium = await browser();
    const slug = await newRoom();
    const guests = await Promise.all(['Ann', 'Ben', 'Cleo', 'Dan'].map((name) => atTheDoor(chromium, name, slug)));
    await Promise.all(guests.map(({ page }) => clickJoin(page)));
    await seeEachOther(guests);
  }, 180_000);

  it('goes on for both when one refreshes the page', async () => {
    const chromium = await browser();
    const slug = await newRoom();
    const ann = await joins(chromium, 'Ann', slug);
    const ben = await joins(chromium, 'Ben', slug);
    await sees(ann, 'Ben');
    await ben.page.reload();
    await clickJoin(ben.page);
    await seeEachOther([ann, ben]);
    expect(await ann.page.locator('[data-participant-id][aria-label*="Ben"]').count()).toBe(1);
  }, 120_000);

  it('stops and resumes the sound when one mutes, and the picture when one turns the camera off', async () => {
    const chromium = await browser();
    const slug = await newRoom();
    const ann = await joins(chromium, 'Ann', slug);
    const ben = await joins(chromium, 'Ben', slug);
    await seeEachOther([ann, ben]);

    await ben.page.getByRole('button', { name: 'Mute microphone' }).click();
    await eventually(
      async () => {
        const before = await received(ann.page, 'audio');
        await ann.page.waitForTimeout(1_000);
        return (await received(ann.page, 'audio')).totalAudioEnergy === before.totalAudioEnergy || undefined;
      },
      'Ann still hears Ben, who is muted',
      WITHIN_MS,
    );
    await ben.page.getByRole('button', { name: 'Unmute microphone' }).click();
    await hearsSound(ann);

    await ben.page.getByRole('button', { name: 'Turn off camera' }).click();
    await eventually(
      async () => ((await picture(ann.page, 'Ben')) === undefined ? true : undefined),
      'Ann still has a picture of Ben, whose camera is off',
      WITHIN_MS,
    );
    await ben.page.getByRole('button', { name: 'Turn on camera' }).click();
    await sees(ann, 'Ben');
  }, 150_000);

  it('shows a shared screen, and its end', async () => {
    const chromium = await browser();
    const slug = await newRoom();
    const ann = await joins(chromium, 'Ann', slug);
    const ben = await joins(chromium, 'Ben', slug);
    await sees(ann, 'Ben');
    await ben.page.getByRole('button', { name: 'Share screen' }).click();
    await sees(ann, 'Ben', 'screen');
    await ben.page.getByRole('button', { name: 'Stop sharing' }).click();
    await eventually(
      async () => ((await ann.page.locator('[data-source="screen"]').count()) === 0 ? true : undefined),
      'the screen is still shown',
      WITHIN_MS,
    );
  }, 120_000);

  it.each<[string, BrowserOptions]>([
    ['without camera and microphone', { devices: 'none' }],
    ['with camera and microphone refused', { permission: 'refused' }],
  ])(
    'lets a person %s watch, listen and chat',
    async (_what, options) => {
      const chromium = await browser();
      const bare = await browser(options);
      const slug = await newRoom();
      const ann = await joins(chromium, 'Ann', slug);
      const ben = await joins(bare, 'Ben', slug);
      await sees(ben, 'Ann');
      await hearsSound(ben);

      for (const { page } of [ann, ben]) await page.getByRole('button', { name: /Open chat/ }).click();
      await ben.page.getByRole('textbox', { name: 'Message' }).fill('I can only type');
      await ben.page.getByRole('textbox', { name: 'Message' }).press('Enter');
      await ann.page.getByText('I can only type').waitFor();
    },
    120_000,
  );

  it('goes on after the connection of one was lost, without the other noticing', async () => {
    const chromium = await browser();
    const slug = await newRoom();
    const ann = await joins(chromium, 'Ann', slug);
    const ben = await joins(chromium, 'Ben', slug);
    await seeEachOther([ann, ben]);
    const tile = ann.page.locator('[data-participant-id][aria-label*="Ben"]');
    const before = await tile.getAttribute('data-participant-id');
    await ben.context.setOffline(true);
    await ben.page.waitForTimeout(1_000);
    await ben.context.setOffline(false);
    await seeEachOther([ann, ben]);
    expect(await tile.getAttribute('data-participant-id')).toBe(before);
    errors = errors.filter((error) => !error.includes('ERR_INTERNET_DISCONNECTED'));
  }, 120_000);

  it('comes back by itself when the media worker dies', async () => {
    const chromium = await browser();
    const slug = await newRoom();
    const ann = await joins(chromium, 'Ann', slug);
    const ben = await joins(chromium, 'Ben', slug);
    await seeEachOther([ann, ben]);
    for (const pid of server.workerPids()) process.kill(pid, 'SIGKILL');
    await eventually(() => (server.workerPids().length > 0 ? true : undefined), 'no worker came back');
    await seeEachOther([ann, ben]);
  }, 120_000);
});
