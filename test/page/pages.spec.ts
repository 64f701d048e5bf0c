/** @needs chromium */
import type { Room } from '@minimeet/protocol';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { seriousViolations } from '../support/axe.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { noise } from '../support/uploads.js';
import { usePages } from '../support/use-pages.js';

const { server, person, opens } = usePages();
let ann: Person;
let ben: Person;
let room: Room;

const menuOf = async (page: Page, name: string, item: string) => {
  await page.getByRole('button', { name: `More about ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** What they read and change is proven on each database in test/api, test/chat, test/files and test/socket/presence.spec.ts. */
describe('the pages around the call', () => {
  beforeAll(async () => {
    [ann, ben] = [await person('Ann Miller'), await person('Ben Novak')];
    room = await ann.createRoom('Weekly planning');
    await ben.join(room.slug);
    for (const text of ['The plan for the week is in the wiki', 'Planning starts at ten']) {
      await ben.request('chat_message', { id: randomUUID(), content: { type: 'text', text } });
    }
  });

  it('the rooms show what is unread, who is in the call, and who is there', async () => {
    const { page } = await opens('/', { session: ann.session });
    const card = page
      .getByRole('list', { name: 'My rooms' })
      .getByRole('listitem')
      .filter({ hasText: 'Weekly planning' });
    await page.getByRole('link', { name: 'Chat of Weekly planning, 2 unread messages' }).waitFor();
    await card.getByText('In the call: Ben Novak').waitFor();
    const faces = page.getByRole('list', { name: 'People of Weekly planning' });
    await faces.getByText('In a call').waitFor({ state: 'attached' });
    await faces.getByText('Online').waitFor({ state: 'attached' });
    expect(await seriousViolations(page)).toEqual([]);
  }, 60_000);

  it('a room is made with a password, gets other settings, and is left or deleted only after a question', async () => {
    const { page } = await opens('/', { session: ann.session });
    await page.getByRole('button', { name: 'New room' }).click();
    await page.getByLabel('Room name').fill('Contracts');
    await page.getByRole('radio', { name: /With a password/ }).click();
    await page.getByLabel('Room password').fill('secret');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByRole('heading', { name: 'Contracts' }).waitFor();

    await page.getByRole('link', { name: 'MiniMeet, my rooms' }).click();
    await menuOf(page, 'Contracts', 'Room settings');
    await page.getByLabel('Room name').fill('Contracts and leases');
    await page.getByRole('radio', { name: /After a knock/ }).click();
    await page.getByRole('switch', { name: 'Lock the room' }).click();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Contracts and leases', exact: true }).waitFor();
    const [changed] = (await ann.rest<{ items: Room[] }>('GET', 'rooms')).items;
    expect(changed).toMatchObject({ name: 'Contracts and leases', access: 'lobby', locked: true, allowUnmute: true });

    await menuOf(page, 'Contracts and leases', 'Delete');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await menuOf(page, 'Contracts and leases', 'Delete');
    await page.getByRole('button', { name: 'Delete room' }).click();
    await page.getByRole('heading', { name: 'Contracts and leases', exact: true }).waitFor({ state: 'detached' });
  }, 90_000);

  it('a host gives roles, bans and lifts the ban; a guest link is made for some people and revoked', async () => {
    const eve = await person('Eve');
    await eve.join(room.slug);
    eve.leave();
    const { page } = await opens('/', { session: ann.session });
    await menuOf(page, 'Weekly planning', 'Members');
    const members = page.getByRole('list', { name: 'Members' });
    await members.getByText('Ann Miller (you)').waitFor();
    await page.getByRole('combobox', { name: 'Role of Eve' }).click();
    await page.getByRole('option', { name: 'Moderator' }).click();
    await page.getByRole('combobox', { name: 'Role of Eve' }).getByText('Moderator').waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    await menuOf(page, 'Eve', 'Ban');
    await page.getByRole('alertdialog', { name: 'Ban Eve?' }).getByRole('button', { name: 'Ban' }).click();
    await members.getByText('Eve').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Banned' }).click();
    await page.getByRole('button', { name: 'Lift the ban of Eve' }).click();
    await page.getByText('Nobody is banned.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();

    await menuOf(page, 'Weekly planning', 'Invitations');
    await page.getByRole('combobox', { name: 'For', exact: true }).click();
    await page.getByRole('option', { name: '5 people' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByRole('textbox', { name: 'The new link' }).inputValue();
    expect(link).toMatch(new RegExp(`^${server.origin}/r/${room.slug}\\?invite=`));
    await page.getByText('0 of 5 used').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Revoke the link of Ann Miller/ }).click();
    await page.getByText('There is no link that still works.').waitFor();
  }, 90_000);

  it('messages of all rooms are found, with what was found marked, narrowed by sender and day', async () => {
    const { page } = await opens('/', { session: ann.session });
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByLabel('Words').fill('plan');
    const hits = page.getByRole('region', { name: 'Found' }).getByRole('link');
    await eventually(async () => (await hits.count()) === 2 || undefined, 'not both messages were found');
    expect(await hits.first().locator('mark').first().textContent()).toMatch(/^plan$/i);
    expect(await hits.first().getAttribute('href')).toMatch(new RegExp(`^/r/${room.slug}/chat\\?message=`));
    await page.getByRole('combobox', { name: 'From' }).click();
    await page.getByRole('option', { name: 'Ben Novak' }).click();
    await eventually(
      () => Promise.resolve(page.url().includes(ben.userId) || undefined),
      'the address does not name the sender',
    );
    await page.getByLabel('Until').fill('2020-01-01');
    await page.getByRole('heading', { name: 'Nothing was found.' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await eventually(async () => (await hits.count()) === 2 || undefined, 'the filters were not cleared');
  }, 60_000);

  it('a person has another name and a picture, which is looked at before it is sent, and says whether they are seen', async () => {
    const { page } = await opens('/account', { session: ben.session });
    await page.getByLabel('Your name').fill('Benjamin Novak');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your name was changed.').first().waitFor();
    const buffer = await noise(320, 240).png().toBuffer();
    await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
    await page.getByText('Preview of your picture').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await page.getByRole('button', { name: 'Remove picture' }).waitFor();
    await eventually(
      async () =>
        (await page.locator('main .avatar__picture').evaluate((image: HTMLImageElement) => image.naturalWidth)) > 0 ||
        undefined,
      'the picture is not shown',
    );
    await page.getByRole('switch', { name: 'Show when I was here last' }).click();
    await eventually(
      async () => (await ben.rest<{ showLastSeen: boolean }>('GET', 'users/me')).showLastSeen === false || undefined,
      'the choice did not reach the server',
    );
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove picture' }).click();
    await page.getByRole('button', { name: 'Choose a picture' }).waitFor();
  }, 60_000);

  it('the page speaks the browser’s language, changes it at once, and keeps the choice', async () => {
    const { page } = await opens('/', { session: ann.session, locale: 'pl-PL' });
    await page.getByRole('button', { name: 'Nowy pokój' }).waitFor();
    await page.getByRole('link', { name: 'Czat pokoju Weekly planning, 2 nieprzeczytane wiadomości' }).waitFor();
    await page.getByRole('button', { name: 'Konto' }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByRole('button', { name: 'Neuer Raum' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.reload();
    await page.getByRole('button', { name: 'Neuer Raum' }).waitFor();
  }, 60_000);

  it('dark holds against a light system, from the first picture on', async () => {
    const { page } = await opens('/', { session: ann.session, colorScheme: 'light', unwatched: true });
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await eventually(async () => (await background()) !== light || undefined, 'the page stays light');
    const dark = await background();
    // Before any of the page's own code has run.
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(server.origin, { waitUntil: 'commit' });
    await page.waitForLoadState('load');
    expect(await background()).toBe(dark);
  }, 60_000);

  it('the first screen does not load what belongs to the call, and its scripts come compressed', async () => {
    const { page } = await opens('/theme.js', { unwatched: true });
    const scripts = new Map<string, { encoding: string | undefined; bytes: number }>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (!pathname.endsWith('.js') || pathname === '/theme.js') return;
      const { 'content-encoding': encoding, 'content-length': bytes } = response.headers();
      scripts.set(pathname, { encoding, bytes: Number(bytes) });
    });
    await page.goto(`${server.origin}/sign-in`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.waitForLoadState('networkidle');
    const sizes = [...scripts.values()];
    expect(sizes.filter(({ bytes }) => bytes > 10_000).every(({ encoding }) => encoding !== undefined)).toBe(true);
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(150_000);
    expect([...scripts.keys()].filter((name) => /RoomPage|CallScreen|mediasoup/.test(name))).toEqual([]);
  }, 60_000);
});
