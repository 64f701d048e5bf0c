/** @needs chromium */
import { shutDownPeers, type SyntheticPeer } from '@minimeet/loadtest';
import type { Page } from 'playwright-core';
import { seriousViolations } from '../support/axe.js';
import { crowd } from '../support/crowd.js';
import { eventually } from '../support/eventually.js';
import { clickJoin, type PageUser, sees } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const PEERS = 11;

afterAll(() => {
  peers.forEach((peer) => peer.close());
  shutDownPeers();
});

const { server, joins } = usePages();

let peers: SyntheticPeer[] = [];
/** In a call with all the peers. */
let ann: PageUser;

beforeAll(async () => {
  const { slug } = await (await Person.register(server.origin, 'Host')).createRoom('Stage');
  peers = await crowd(server.origin, slug, PEERS);
  ann = await joins('Ann', slug);
}, 60_000);

/** Names on the tiles of one place, in the order of the page. */
const namesIn = (page: Page, place: string) =>
  page
    .locator(`.tile[data-place="${place}"]`)
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label') ?? ''));

/** Classes of what is not wholly in the window. */
function outside(page: Page, width: number, height: number): Promise<string[]> {
  return page.locator('.tile, .controls__button').evaluateAll(
    (elements, size) =>
      elements
        .filter((element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          return left < -1 || top < -1 || right > size.width + 1 || bottom > size.height + 1;
        })
        .map((element) => element.getAttribute('class') ?? ''),
    { width, height },
  );
}

async function choosesLayout(page: Page, layout: string): Promise<void> {
  await page.getByRole('button', { name: 'Layout' }).click();
  await page.getByRole('menuitemradio', { name: layout }).click();
}

describe('the stage', () => {
  it('turns its pages by button and by key; everybody is on one of them, and is seen there', async () => {
    const { page } = ann;
    await page.getByText('1 of 2').waitFor();
    const first = await namesIn(page, 'grid');
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('2 of 2').waitFor();
    const second = await namesIn(page, 'grid');
    expect(new Set([...first, ...second]).size).toBe(PEERS + 1);
    expect(await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
    await sees(ann, second[0] ?? '');
    // Nothing is drawn of who is on the other page.
    expect(await page.locator('.tile').count()).toBe(second.length);
    await page.keyboard.press('PageUp');
    await page.getByText('1 of 2').waitFor();
  }, 40_000);

  it('shows one large, or one large and the others beside, and remembers the choice', async () => {
    const { page } = ann;
    await choosesLayout(page, 'Speaker');
    await eventually(async () => (await namesIn(page, 'focus')).length === 1 || undefined, 'nobody is large');
    expect(await namesIn(page, 'floating')).toEqual(['Ann']);
    expect(await page.locator('.tile').count()).toBe(2);

    await choosesLayout(page, 'Sidebar');
    await eventually(async () => (await namesIn(page, 'strip')).length > 2 || undefined, 'nobody is beside');
    await page.reload();
    await clickJoin(ann);
    await eventually(async () => (await namesIn(page, 'strip')).length > 2 || undefined, 'the choice was forgotten');
    await choosesLayout(page, 'Automatic');
  }, 40_000);

  it('makes a tile large that is pinned from its menu, and small again with a double click', async () => {
    const { page } = ann;
    const [, name = ''] = await namesIn(page, 'grid');
    const tile = page.getByRole('group', { name, exact: true });
    await tile.hover();
    await page.getByRole('button', { name: `More about ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Pin' }).click();
    await eventually(async () => (await namesIn(page, 'focus')).join() === name || undefined, 'it is not large');
    await tile.dblclick();
    await eventually(async () => (await namesIn(page, 'focus')).length === 0 || undefined, 'it is still large');
  }, 40_000);

  it('keeps controls and tiles inside the window of every size, without a serious finding of axe-core', async () => {
    const { page } = ann;
    for (const [width, height] of [
      [1440, 900],
      [768, 1024],
      [390, 844],
      [844, 390],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.mouse.move(0, 0);
      await eventually(
        async () => (await outside(page, width, height)).length === 0 || undefined,
        `something is outside of a window of ${width} × ${height}`,
      );
      expect(await seriousViolations(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await seriousViolations(page)).toEqual([]);
  }, 60_000);
});
