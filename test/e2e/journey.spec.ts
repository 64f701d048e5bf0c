/** @needs chromium */
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, watchPeerConnections } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { seeEachOther } from '../support/page-user.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
  const page = await context.newPage();
  await watchPeerConnections(page);
  return page;
}

it('a newcomer registers, makes a room, invites a guest by link, and they meet and chat', async () => {
  const ann = await newPage();
  await ann.goto(server.origin);
  await ann
    .getByRole('link', { name: /create an account|create account|register/i })
    .first()
    .click();
  await ann.getByLabel('Your name').fill('Ann');
  await ann.getByLabel('E-mail address').fill('ann@example.org');
  await ann.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await ann.getByRole('button', { name: 'Create account' }).click();

  await ann.getByRole('button', { name: 'New room' }).click();
  await ann.getByLabel('Room name').fill('Book club');
  await ann.getByRole('button', { name: 'Create room' }).click();
  await ann.getByRole('heading', { name: 'Book club' }).waitFor();
  await ann.getByRole('button', { name: 'Join now' }).click();
  await ann.getByRole('button', { name: 'Invite people' }).first().click();
  const link = await eventually(async () => {
    const value = await ann.getByRole('textbox', { name: 'For anyone, without an account' }).inputValue();
    return value.startsWith(server.origin) ? value : undefined;
  }, 'no link was made');
  await ann.getByRole('button', { name: 'Close' }).click();

  const ben = await newPage();
  await ben.goto(link);
  await ben.getByLabel('Your name').fill('Ben');
  await ben.getByRole('button', { name: 'Join as guest' }).click();
  await seeEachOther([
    { name: 'Ann', page: ann, context: ann.context() },
    { name: 'Ben', page: ben, context: ben.context() },
  ]);

  await ben.getByRole('button', { name: /Open chat/ }).click();
  await ben.getByRole('textbox', { name: 'Message' }).fill('Which book? <b>This</b>');
  await ben.getByRole('button', { name: 'Send', exact: true }).click();
  await ann.getByRole('button', { name: /Open chat/ }).click();
  await ann.getByRole('log').getByText('Which book? <b>This</b>').waitFor();

  await ann.getByRole('button', { name: 'Leave call' }).click();
  await eventually(
    async () => ((await ben.locator('[data-participant-id][aria-label="Ann"]').count()) === 0 ? true : undefined),
    'Ben still sees Ann, who has left',
  );
}, 120_000);

it('signing in again after signing out shows my rooms', async () => {
  const page = await newPage();
  await page.goto(`${server.origin}/sign-in`);
  await page.getByLabel('E-mail address').fill('ann@example.org');
  await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('link', { name: 'Join Book club' }).waitFor();
}, 60_000);
