/** @needs chromium */
import type { Invite, RoomAccess, RoomSlug } from '@minimeet/protocol';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import type { TestServer } from '../support/server.js';
import { visitor } from '../support/visitor.js';

let server: TestServer;
let browser: Browser;
let host: Person;

async function roomWith(access: RoomAccess, more: { password?: string } = {}): Promise<RoomSlug> {
  const { slug } = await host.rest<{ slug: RoomSlug }>('POST', 'rooms', { name: `Room ${access}`, access, ...more });
  return slug;
}

/** Ben, who is no member, before a room's door. */
async function atTheDoorOf(slug: RoomSlug): Promise<{ page: Page; complaints: string[] }> {
  const ben = await Person.register(server.origin, 'Ben');
  const { page, complaints } = await visitor(browser, { session: ben.session });
  await page.goto(`${server.origin}/r/${slug}`);
  return { page, complaints };
}

const isIn = (page: Page) => page.getByRole('button', { name: 'Leave call' }).waitFor();

/** The host answers who waits now: who gave up is not there any more. */
async function answer(admit: boolean): Promise<void> {
  await eventually(async () => {
    const entry = host.heardOf('lobby_changed').at(-1)?.waiting.at(-1);
    if (!entry) return undefined;
    const ack = await host.ask('admit_participant', { participantId: entry.id, admit });
    return ack.ok || undefined;
  }, 'nobody waits to be let in');
}

describeOnEveryDatabase('the doors of a room', (database) => {
  beforeAll(async () => {
    server = await database.startServer();
    browser = await launchBrowser();
  }, 120_000);

  beforeEach(async () => {
    host = await Person.connected(server.origin, 'Hanna');
  });

  afterEach(() => host.leave());

  afterAll(async () => {
    await browser.close();
    await server.close();
    await database.close();
  }, 30_000);

  it('a wrong password is told at its field, and the right one opens the door', async () => {
    const { page } = await atTheDoorOf(await roomWith('password', { password: 'open sesame' }));
    await page.getByLabel('Room password').fill('open barley');
    await page.getByRole('button', { name: 'Join now' }).click();
    await page.getByText('This is not the room’s password.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel('Room password').fill('open sesame');
    await page.getByRole('button', { name: 'Join now' }).click();
    await isIn(page);
  }, 60_000);

  it('who knocks waits in words, may give up, and joins by themselves when the host lets them in', async () => {
    const slug = await roomWith('lobby');
    await host.join(slug);
    const { page, complaints } = await atTheDoorOf(slug);
    await page.getByRole('button', { name: 'Ask to be let in' }).click();
    await page.getByText('Asking to be let in…').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop asking' }).click();
    await page.getByRole('button', { name: 'Ask to be let in' }).click();
    await answer(true);
    await isIn(page);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('who is not let in is told so, and may ask again', async () => {
    const slug = await roomWith('lobby');
    await host.join(slug);
    const { page } = await atTheDoorOf(slug);
    await page.getByRole('button', { name: 'Ask to be let in' }).click();
    await answer(false);
    await page.getByText('You were not let in').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click({ timeout: 40_000 });
    await answer(true);
    await isIn(page);
  }, 90_000);

  it('a room for invited people says how to come in, and an invitation opens it', async () => {
    const slug = await roomWith('invited');
    const { page } = await atTheDoorOf(slug);
    await page.getByText('Invited people only').waitFor();
    expect(await page.getByRole('button', { name: 'Join now' }).count()).toBe(0);
    const { token } = await host.rest<Invite>('POST', `rooms/${slug}/invites`, {});
    await page.goto(`${server.origin}/r/${slug}?invite=${token}`);
    await page.getByRole('button', { name: 'Join now' }).click();
    await isIn(page);
  }, 60_000);

  it('a guest with an invitation to a room with a lobby waits as everybody does', async () => {
    const slug = await roomWith('lobby');
    await host.join(slug);
    const { token } = await host.rest<Invite>('POST', `rooms/${slug}/invites`, {});
    const { page } = await visitor(browser);
    await page.goto(`${server.origin}/r/${slug}?invite=${token}`);
    await page.getByLabel('Your name').fill('Gus');
    await page.getByRole('button', { name: 'Join as guest' }).click();
    await page.getByText('Asking to be let in…').waitFor();
    await answer(true);
    await isIn(page);
  }, 60_000);

  it('a locked room says so, and lets in when it is unlocked', async () => {
    const slug = await roomWith('open');
    await host.rest('PATCH', `rooms/${slug}`, { locked: true });
    const { page } = await atTheDoorOf(slug);
    await page.getByText('The room is locked').waitFor();
    await page.getByRole('button', { name: 'Join now' }).click();
    await page.getByRole('alert').getByText('The room is locked').waitFor();
    await host.rest('PATCH', `rooms/${slug}`, { locked: false });
    await page.getByRole('button', { name: 'Join now' }).click();
    await isIn(page);
  }, 60_000);

  it('who is banned is told so', async () => {
    const slug = await roomWith('open');
    const ben = await Person.register(server.origin, 'Ben');
    await host.rest('DELETE', `rooms/${slug}/members/${ben.userId}?ban=true`);
    const { page } = await visitor(browser, { session: ben.session });
    await page.goto(`${server.origin}/r/${slug}`);
    await page.getByRole('heading', { name: 'You were banned from this room' }).waitFor();
  }, 60_000);
});
