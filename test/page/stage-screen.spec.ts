/** @needs chromium */
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { sees } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const { server, joins } = usePages();

/** Names on the tiles of one place, in the order of the page. */
const namesIn = (page: Page, place: string) =>
  page
    .locator(`.tile[data-place="${place}"]`)
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label') ?? ''));

it('a shared screen is large by itself, can be looked at closely, and the grid is back after it', async () => {
  const { slug } = await (await Person.register(server.origin, 'Host')).createRoom('Screen');
  const [ben, cleo] = await Promise.all([
    joins('Ben', slug, { camera: false }),
    joins('Cleo', slug, { camera: false }),
  ]);
  await cleo.page.getByRole('button', { name: 'Share screen' }).click();
  await sees(ben, 'Cleo', 'screen');
  expect(await namesIn(ben.page, 'focus')).toEqual(['Cleo – screen']);
  // No hall of mirrors: who shares is told so, and does not see it again.
  await cleo.page.getByText('You are sharing your screen').waitFor();
  expect(await cleo.page.locator('[data-source="screen"]').count()).toBe(0);

  await ben.page.getByRole('group', { name: 'Cleo – screen' }).hover();
  await ben.page.getByRole('button', { name: 'Zoom in' }).click();
  expect(await ben.page.locator('.zoom__picture').getAttribute('style')).toContain('scale(1.5)');
  await ben.page.getByRole('button', { name: 'Show all' }).click();

  await cleo.page.getByRole('button', { name: 'Stop sharing' }).click();
  await eventually(async () => (await namesIn(ben.page, 'focus')).length === 0 || undefined, 'the grid is not back');
}, 60_000);
