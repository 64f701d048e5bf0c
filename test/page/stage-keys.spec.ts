/** @needs chromium */
import type { Page } from 'playwright-core';
import { type PageUser, sees } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const { server, joins } = usePages();
let ann: PageUser;
let page: Page;

beforeAll(async () => {
  const { slug } = await (await Person.register(server.origin, 'Host')).createRoom('Keys');
  [ann] = await Promise.all([joins('Ann', slug), joins('Ben', slug)]);
  ({ page } = ann);
  await sees(ann, 'Ben');
}, 60_000);

const muted = () => page.getByRole('button', { name: 'Unmute microphone' });
const heard = () => page.getByRole('button', { name: 'Mute microphone' });

describe('the keyboard', () => {
  it('mutes, turns the camera off, and opens the panels and the list of keys', async () => {
    await page.keyboard.press('m');
    await muted().waitFor();
    await page.keyboard.press('m');
    await heard().waitFor();
    await page.keyboard.press('v');
    await page.getByRole('button', { name: 'Turn on camera' }).waitFor();
    await page.keyboard.press('v');
    await page.getByRole('button', { name: 'Turn off camera' }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('complementary', { name: 'People' }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('complementary', { name: 'People' }).waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    // Below a dialog, keys do nothing.
    await page.keyboard.press('m');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
    expect(await heard().count()).toBe(1);
  }, 40_000);

  it('closes a panel by an Escape that nothing above it has taken, and by no other', async () => {
    const panel = page.getByRole('complementary', { name: 'People' });
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await page.keyboard.press('p');
    await panel.waitFor();
    await page.keyboard.press('?');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await panel.count()).toBe(1);
    // As one that is drawn and does not listen, not yet or no more.
    await page.evaluate(() => {
      const deaf = document.createElement('div');
      deaf.className = 'dialog';
      document.body.append(deaf);
    });
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.evaluate(() => document.querySelector('body > .dialog')?.remove());
  }, 40_000);

  it('closes a panel by one Escape while a hint is shown, and the hint with it', async () => {
    const hint = page.locator('.hint');
    const panel = page.getByRole('complementary', { name: 'People' });
    await page.keyboard.press('p');
    await panel.waitFor();
    await panel.getByRole('button', { name: 'Close people panel' }).focus();
    await hint.waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await hint.waitFor({ state: 'detached' });
  }, 40_000);

  it('takes a hint away by Escape where nothing is open', async () => {
    const hint = page.locator('.hint');
    await heard().focus();
    await hint.waitFor();
    await page.keyboard.press('Escape');
    await hint.waitFor({ state: 'detached' });
    expect(await heard().count()).toBe(1);
  }, 40_000);

  it('only writes while one writes', async () => {
    await page.keyboard.press('c');
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.click();
    await page.keyboard.type('mv h?');
    expect(await heard().count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Turn off camera' }).count()).toBe(1);
    expect(await field.evaluate((element) => element.textContent || (element as HTMLTextAreaElement).value)).toBe(
      'mv h?',
    );
    await field.fill('');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Chat' }).waitFor({ state: 'detached' });
  }, 40_000);

  it('lets one talk while the space bar is held, also after a click on the microphone, and no longer', async () => {
    await heard().click();
    await muted().waitFor();
    await page.keyboard.down('Space');
    await heard().waitFor();
    await page.getByText('You can be heard while you hold the space bar').waitFor();
    await page.keyboard.up('Space');
    await muted().waitFor();

    await page.keyboard.down('Space');
    await heard().waitFor();
    // Another window takes the focus: the key goes up there, unseen.
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await muted().waitFor();
    await page.keyboard.up('Space');
    expect(await muted().count()).toBe(1);
  }, 40_000);

  it('leaves the space bar to a button that was reached by keyboard', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await muted().focus();
    await page.keyboard.press('Space');
    await heard().waitFor();
    expect(await page.getByText('You can be heard while you hold the space bar').count()).toBe(0);
    await page.mouse.click(4, 4);
  }, 40_000);

  it('does nothing with single keys once they are turned off', async () => {
    await page.keyboard.press('?');
    await page.getByRole('switch', { name: 'Shortcuts of a single key' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
    await page.keyboard.press('m');
    await page.keyboard.press('?');
    // What the keys would have done would be drawn by then.
    await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
    expect(await heard().count()).toBe(1);
    expect(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0);

    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('switch', { name: 'Shortcuts of a single key' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
  }, 40_000);
});

it('the call goes on in a small window, where one can mute', async () => {
  const opened = ann.context.waitForEvent('page');
  await page.keyboard.press('i');
  const small = await opened;
  await small.getByText('Ben').waitFor();
  await small.locator('video[data-ready]').waitFor();
  await small.getByRole('button', { name: 'Mute microphone' }).click();
  await muted().waitFor();
  const closed = small.waitForEvent('close');
  await page.keyboard.press('i');
  await closed;
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Picture in picture' }).waitFor();
  await page.keyboard.press('Escape');
}, 40_000);

it('the call fills the screen, and gives it back', async () => {
  await page.mouse.click(4, 4);
  await page.keyboard.press('f');
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await page.keyboard.press('f');
  await page.waitForFunction(() => document.fullscreenElement === null);
}, 40_000);
