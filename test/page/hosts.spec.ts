/** @needs chromium */
import { eventually } from '../support/eventually.js';
import { clickJoin, type PageUser } from '../support/page-user.js';
import { actionsFor, doesTo, PageMeeting, peopleOf } from '../support/page-meeting.js';
import { usePages } from '../support/use-pages.js';

/** Roles are proven on each database in test/api/room-roles.spec.ts; who acts as a host lives in memory. */
describe('the hosts of a call', () => {
  const pages = usePages();
  let meeting: PageMeeting;
  let hanna: PageUser;
  let mia: PageUser;

  beforeEach(async () => {
    meeting = await PageMeeting.of(pages);
    [hanna, mia] = await Promise.all([meeting.hostComes(), meeting.memberComes('Mia')]);
  }, 60_000);

  it('make others hosts, who may then do the same', async () => {
    const gus = await meeting.guestComes('Gus');
    await doesTo(hanna, 'Mia', 'Make host');
    await mia.page.getByText('You are now the host').waitFor();
    await gus.page.getByText('Mia is now the host').waitFor();
    expect(await actionsFor(mia, 'Hanna')).toEqual([
      'Pin',
      'Mute microphone',
      'Make moderator',
      'Make member',
      'Remove…',
    ]);
    await doesTo(mia, 'Hanna', 'Make member');
    await hanna.page.getByText('You are now a member').waitFor();
    expect(await actionsFor(hanna, 'Gus')).toEqual(['Pin']);
  }, 90_000);

  it('are followed by a member when they leave, who acts as one until they are back', async () => {
    const gus = await meeting.guestComes('Gus');
    await hanna.page.getByRole('button', { name: 'Leave call' }).click();
    await hanna.page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await mia.page.getByText('You are now the host').waitFor();
    const seenByGus = (await peopleOf(gus)).getByRole('list', { name: 'In the call' });
    await seenByGus.getByRole('listitem').filter({ hasText: 'Host while no host is here' }).getByText('Mia').waitFor();
    // What outlives the call is not for who only acts as its host.
    expect(await actionsFor(mia, 'Gus')).toEqual(['Pin', 'Mute microphone', 'Remove…']);
    await doesTo(mia, 'Gus', 'Mute microphone');
    await gus.page.getByText('Mia muted your microphone').waitFor();

    await hanna.page.getByRole('button', { name: 'Join again' }).click();
    await clickJoin(hanna);
    await mia.page.getByText('You are now a member').waitFor();
    await seenByGus.getByRole('listitem').filter({ hasText: 'Hanna' }).getByText('Host', { exact: true }).waitFor();
    expect(await actionsFor(mia, 'Gus')).toEqual(['Pin']);
  }, 90_000);

  it('end the call for everybody', async () => {
    const gus = await meeting.guestComes('Gus');
    await hanna.page.getByRole('button', { name: 'More ways to leave' }).click();
    await hanna.page.getByRole('menuitem', { name: 'End for everybody' }).click();
    await hanna.page.getByRole('alertdialog').getByRole('button', { name: 'End for everybody' }).click();
    for (const { page } of [hanna, mia, gus]) await page.getByRole('heading', { name: 'The call has ended' }).waitFor();
    // Who has no account has no rooms to go back to.
    const ways = [mia, gus].map(({ page }) => page.getByRole('link', { name: 'Back to my rooms' }).count());
    expect(await Promise.all(ways)).toEqual([1, 0]);
  }, 90_000);

  it('see one of two tabs of one account in the call: the other says so, and does not fight', async () => {
    const second: PageUser = { name: 'Mia', context: mia.context, page: await mia.context.newPage() };
    await second.page.goto(meeting.address);
    await clickJoin(second);
    await mia.page.getByRole('heading', { name: 'You are in the call elsewhere' }).waitFor();
    const people = (await peopleOf(hanna)).getByRole('list', { name: 'In the call' });
    // Longer than a client that fights for its place would wait.
    for (let look = 0; look < 15; look++) {
      await hanna.page.waitForTimeout(200);
      expect(await people.getByRole('listitem').filter({ hasText: 'Mia' }).count()).toBe(1);
    }
    expect(await mia.page.getByRole('heading', { name: 'You are in the call elsewhere' }).count()).toBe(1);
    expect(await second.page.getByRole('button', { name: 'Leave call' }).count()).toBe(1);
    await mia.page.getByRole('button', { name: 'Join again' }).click();
    await clickJoin(mia);
    await eventually(
      async () => ((await second.page.getByText('You are in the call elsewhere').count()) === 1 ? true : undefined),
      'the tab that was replaced in turn does not say so',
    );
  }, 90_000);
});
