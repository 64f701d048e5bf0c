/** @needs chromium */
import { eventually } from '../support/eventually.js';
import { seeEachOther } from '../support/page-user.js';
import { usePages } from '../support/use-pages.js';

const { server, opens } = usePages();

it('a newcomer registers, makes a room, invites a guest by link, and they meet and chat', async () => {
  const { page: ann } = await opens('/');
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

  const { page: ben } = await opens(link.slice(server.origin.length));
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
  const { page } = await opens('/sign-in', { unwatched: true });
  await page.getByLabel('E-mail address').fill('ann@example.org');
  await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('link', { name: 'Join Book club' }).waitFor();
}, 60_000);
