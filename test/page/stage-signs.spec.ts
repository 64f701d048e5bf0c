/** @needs chromium */
import type { PageUser } from '../support/page-user.js';
import type { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const { person, errors, joins } = usePages();
let host: Person;
let ann: PageUser;
let ben: PageUser;
let slug: string;

beforeAll(async () => {
  host = await person('Host');
  slug = (await host.createRoom('Signs')).slug;
  [ann, ben] = await Promise.all([joins('Ann', slug, { camera: false }), joins('Ben', slug, { camera: false })]);
}, 60_000);

it('hands are seen in the order in which they were raised, and go down', async () => {
  await ben.page.getByRole('button', { name: 'Raise hand' }).click();
  await ann.page.getByText('Ben raised a hand').waitFor();
  await ann.page.keyboard.press('h');
  await ann.page.getByRole('button', { name: 'Lower hand' }).waitFor();
  for (const { page } of [ann, ben]) {
    await page.locator('.tile[aria-label="Ben"][data-hand="1"]').waitFor();
    await page.locator('.tile[aria-label="Ann"][data-hand="2"]').waitFor();
  }
  await ben.page.getByRole('button', { name: 'Lower hand' }).click();
  await ann.page.locator('.tile[aria-label="Ann"][data-hand="1"]').waitFor();
  expect(await ann.page.locator('.tile[aria-label="Ben"][data-hand]').count()).toBe(0);
}, 40_000);

it('a reaction rises at everybody with the name of who sent it, is said to screen readers, and goes', async () => {
  await ben.page.getByRole('button', { name: 'Send a reaction' }).click();
  await ben.page.getByRole('menuitem', { name: 'Applause' }).click();
  const rising = ann.page.locator('[data-reaction="👏"]');
  await rising.getByText('Ben').waitFor();
  await ben.page.locator('[data-reaction="👏"]').getByText('You').waitFor();
  await ann.page.getByRole('status').filter({ hasText: 'Ben: Applause' }).waitFor({ state: 'attached' });
  await rising.waitFor({ state: 'detached' });
}, 40_000);

it('who is muted by the host is muted, and told by whom', async () => {
  const { self, participants } = await host.join(slug);
  expect(self.role).toBe('host');
  const muted = participants.find(({ displayName }) => displayName === 'Ben');
  await host.request('mute_participant', { participantId: muted?.id ?? '', source: 'microphone' });
  await ben.page.getByText('Host muted your microphone').waitFor();
  await ben.page.getByRole('button', { name: 'Unmute microphone' }).waitFor();
  await ann.page.locator('.tile[aria-label="Ben"]').getByText('muted').waitFor({ state: 'attached' });
}, 40_000);

it('who may not unmute stays muted, and learns what to do', async () => {
  await host.rest('PATCH', `rooms/${slug}`, { allowUnmute: false });
  await ben.page.getByRole('button', { name: 'Unmute microphone' }).click();
  await ben.page.getByText('The host lets nobody unmute themselves').waitFor();
  await ben.page.getByRole('button', { name: 'Unmute microphone' }).waitFor();
  // A refusal is an answer, not a fault: the browser has logged nothing.
  expect(errors).toEqual([]);
}, 40_000);

it('a new role is told', async () => {
  const { participants } = await host.join(slug);
  const promoted = participants.find(({ displayName }) => displayName === 'Ann');
  await host.request('set_role', { participantId: promoted?.id ?? '', role: 'host' });
  await ann.page.getByText('You are now the host').waitFor();
  await ben.page.getByText('Ann is now the host').waitFor();
}, 40_000);

it('a host ends the call for everybody, after being asked', async () => {
  await ann.page.getByRole('button', { name: 'More ways to leave' }).click();
  await ann.page.getByRole('menuitem', { name: 'End for everybody' }).click();
  await ann.page.getByRole('alertdialog').getByRole('button', { name: 'End for everybody' }).click();
  for (const { page } of [ann, ben]) await page.getByRole('heading', { name: 'The call has ended' }).waitFor();
}, 40_000);
