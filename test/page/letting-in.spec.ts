/** @needs chromium */
import { clickJoin, type PageUser } from '../support/page-user.js';
import { doesTo, PageMeeting, peopleOf, roomDialogOf } from '../support/page-meeting.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

/** Being let in, locks and bans are proven on each database in test/api/room-access.spec.ts and room-roles.spec.ts. */
describe('at the door of a call', () => {
  const pages = usePages();
  let meeting: PageMeeting;
  let hanna: PageUser;

  beforeEach(async () => {
    meeting = await PageMeeting.of(pages);
    hanna = await meeting.hostComes();
  }, 60_000);

  it('a host lets one of two who knock in, and the other not', async () => {
    await meeting.change({ access: 'lobby' });
    const [cleo, ben] = await Promise.all([meeting.atTheDoor('Cleo'), meeting.atTheDoor('Ben')]);
    await cleo.page.getByRole('button', { name: 'Ask to be let in' }).click();
    await hanna.page.getByText('Cleo asks to come in').waitFor();
    await ben.page.getByRole('button', { name: 'Ask to be let in' }).click();
    await hanna.page.getByText('Cleo and 1 other ask to come in').waitFor();
    await hanna.page.getByRole('button', { name: 'See who' }).click();

    const panel = await peopleOf(hanna);
    await panel.getByRole('button', { name: 'Let in Cleo' }).click();
    await cleo.page.getByRole('button', { name: 'Leave call' }).waitFor();
    await panel.getByRole('list', { name: 'In the call' }).getByText('Cleo').waitFor();
    await panel.getByRole('button', { name: 'Deny Ben entry' }).click();
    await ben.page.getByText('You were not let in').waitFor();
    await panel.getByRole('list', { name: 'Waiting to come in' }).waitFor({ state: 'detached' });
    expect(await panel.getByRole('list', { name: 'In the call' }).getByRole('listitem').count()).toBe(2);
  }, 90_000);

  it('a member who is no moderator does not see who knocks', async () => {
    const mia = await meeting.memberComes('Mia');
    await meeting.change({ access: 'lobby' });
    const cleo = await pages.person('Cleo');
    await cleo.request('request_admission', { room: meeting.room.slug });
    await hanna.page.getByText('Cleo asks to come in').waitFor();
    // Mia would have been told before of what happened before.
    await hanna.page.getByRole('button', { name: 'Raise hand' }).click();
    await mia.page.getByText('Hanna raised a hand').waitFor();
    expect(await mia.page.getByText('Cleo asks to come in').count()).toBe(0);
    expect(await (await peopleOf(mia)).getByText('Cleo').count()).toBe(0);
  }, 90_000);

  it('nobody new comes into a locked call, until it is unlocked', async () => {
    const cleo = await meeting.atTheDoor('Cleo');
    await cleo.page.getByText('1 person is in the call').waitFor();
    const dialog = await roomDialogOf(hanna);
    const lock = dialog.getByRole('switch', { name: 'Lock the call' });
    await lock.click();
    await hanna.page.locator('[role="switch"][aria-checked="true"]').first().waitFor();
    await cleo.page.getByRole('button', { name: 'Join now' }).click();
    await cleo.page.getByText('The room is locked').waitFor();
    expect(await cleo.page.getByRole('button', { name: 'Leave call' }).count()).toBe(0);
    await lock.click();
    await dialog.getByRole('switch', { name: 'Lock the call', checked: false }).waitFor();
    await clickJoin(cleo);
  }, 90_000);

  it('who is removed is told so, and may come back', async () => {
    const mia = await meeting.memberComes('Mia');
    await doesTo(hanna, 'Mia', 'Remove');
    await hanna.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await mia.page.getByRole('heading', { name: 'You were removed from the call' }).waitFor();
    await (await peopleOf(hanna)).getByRole('list', { name: 'Not in the call' }).getByText('Mia').waitFor();
    await mia.page.goto(meeting.address);
    await clickJoin(mia);
  }, 90_000);

  it('who is banned cannot come back until the ban is lifted', async () => {
    const { session } = await Person.register(pages.server.origin, 'Mia');
    const mia = await meeting.opensUnwatched('Mia', session);
    await clickJoin(mia);
    await doesTo(hanna, 'Mia', 'Remove');
    const dialog = hanna.page.getByRole('alertdialog');
    await dialog.getByRole('checkbox', { name: 'Ban them too' }).click();
    await dialog.getByRole('button', { name: 'Remove and ban' }).click();
    await mia.page.getByRole('heading', { name: 'You were banned from this room' }).waitFor();
    await mia.page.goto(meeting.address);
    await mia.page.getByRole('heading', { name: 'You were banned from this room' }).waitFor();
    expect(await mia.page.getByRole('button', { name: 'Join now' }).count()).toBe(0);

    const room = await roomDialogOf(hanna);
    await room.getByRole('tab', { name: 'Banned' }).click();
    await room.getByRole('button', { name: 'Lift the ban of Mia' }).click();
    await room.getByText('Nobody is banned').waitFor();
    await mia.page.goto(meeting.address);
    await clickJoin(mia);
  }, 90_000);
});
