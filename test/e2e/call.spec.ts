/** @needs chromium */
import type { BrowserOptions } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import {
  clickJoin,
  hearsNothing,
  hearsSound,
  type PageUser,
  seeEachOther,
  sees,
  seesNothingOf,
} from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

/** Real Chromium on the real page, over the real SFU; decoded frames and audio energy are the evidence. */
const WITHIN_MS = 30_000;

const { server, errors, atTheDoor, joins, launches } = usePages();

/** Two people in a new call. */
async function annAndBen(): Promise<[PageUser, PageUser]> {
  const slug = await newRoom();
  return Promise.all([joins('Ann', slug), joins('Ben', slug)]);
}

async function newRoom(): Promise<string> {
  const host = await Person.register(server.origin, 'Host');
  return (await host.createRoom('Weekly')).slug;
}

describe('a call in Chromium', () => {
  it('lets two people see and hear each other', async () => {
    const slug = await newRoom();
    await seeEachOther([await joins('Ann', slug), await joins('Ben', slug)]);
  }, 90_000);

  it('lets four people who join at once see and hear each other', async () => {
    const slug = await newRoom();
    const users = await Promise.all(['Ann', 'Ben', 'Cleo', 'Dan'].map((name) => atTheDoor(name, slug)));
    await Promise.all(users.map(clickJoin));
    await seeEachOther(users);
  }, 180_000);

  it('goes on for both when one refreshes the page', async () => {
    const [ann, ben] = await annAndBen();
    await sees(ann, 'Ben');
    await ben.page.reload();
    await clickJoin(ben);
    await seeEachOther([ann, ben]);
    expect(await ann.page.locator('[data-participant-id][aria-label*="Ben"]').count()).toBe(1);
  }, 120_000);

  it('stops and resumes the sound when one mutes, and the picture when one turns the camera off', async () => {
    const [ann, ben] = await annAndBen();
    await seeEachOther([ann, ben]);

    await ben.page.getByRole('button', { name: 'Mute microphone' }).click();
    await hearsNothing(ann);
    await ben.page.getByRole('button', { name: 'Unmute microphone' }).click();
    await hearsSound(ann);

    await ben.page.getByRole('button', { name: 'Turn off camera' }).click();
    await seesNothingOf(ann, 'Ben');
    await ben.page.getByRole('button', { name: 'Turn on camera' }).click();
    await sees(ann, 'Ben');
  }, 150_000);

  it('shows a shared screen, and its end', async () => {
    const [ann, ben] = await annAndBen();
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
      const bare = await launches(options);
      const slug = await newRoom();
      const [ann, ben] = await Promise.all([joins('Ann', slug), joins('Ben', slug, { browser: bare })]);
      await sees(ben, 'Ann');
      await hearsSound(ben);

      for (const { page } of [ann, ben]) await page.getByRole('button', { name: /Open chat/ }).click();
      await ben.page.getByRole('textbox', { name: 'Message' }).fill('I can only type');
      await ben.page.getByRole('textbox', { name: 'Message' }).press('Enter');
      await ann.page.getByRole('log').getByText('I can only type').waitFor();
    },
    120_000,
  );

  it('goes on after the connection of one was lost, without the other noticing', async () => {
    const [ann, ben] = await annAndBen();
    await seeEachOther([ann, ben]);
    const tile = ann.page.locator('[data-participant-id][aria-label*="Ben"]');
    const before = await tile.getAttribute('data-participant-id');
    await ben.context.setOffline(true);
    await ben.page.waitForTimeout(1_000);
    await ben.context.setOffline(false);
    await seeEachOther([ann, ben]);
    expect(await tile.getAttribute('data-participant-id')).toBe(before);
    // A browser complains of each attempt that it makes without a connection.
    const others = errors.filter((error) => !error.includes('ERR_INTERNET_DISCONNECTED'));
    errors.splice(0, errors.length, ...others);
  }, 120_000);

  it('comes back by itself when the media worker dies', async () => {
    const [ann, ben] = await annAndBen();
    await seeEachOther([ann, ben]);
    for (const pid of server.workerPids()) process.kill(pid, 'SIGKILL');
    await eventually(() => (server.workerPids().length > 0 ? true : undefined), 'no worker came back');
    await seeEachOther([ann, ben]);
  }, 120_000);
});
