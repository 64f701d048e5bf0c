/** @needs chromium */
import type { Locator } from 'playwright-core';
import { seriousViolations } from '../support/axe.js';
import { eventually } from '../support/eventually.js';
import type { PageUser } from '../support/page-user.js';
import { PageMeeting, peopleOf, roomDialogOf } from '../support/page-meeting.js';
import type { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const pages = usePages();
const { person } = pages;
let meeting: PageMeeting;
let hanna: PageUser;
let panel: Locator;

async function inTheCall(name: string): Promise<Person> {
  const member = await person(name);
  await member.join(meeting.room.slug);
  return member;
}

async function knocks(name: string): Promise<Person> {
  const visitor = await person(name);
  await visitor.request('request_admission', { room: meeting.room.slug });
  return visitor;
}

/** Somebody's row in one of the lists. */
const row = (list: string, name: string) =>
  panel.getByRole('list', { name: list, exact: true }).getByRole('listitem').filter({ hasText: name });

const focusIsInPanel = () => panel.evaluate((element) => element.contains(document.activeElement));

/**
 * The host's page; everybody else is a bare client, which costs next to nothing. What it shows is proven on each database in
 * test/api/rooms.spec.ts, room-access.spec.ts and test/socket/presence.spec.ts.
 */
describe('the people panel', () => {
  beforeEach(async () => {
    meeting = await PageMeeting.of(pages);
    hanna = await meeting.hostComes();
    panel = await peopleOf(hanna);
  }, 60_000);

  it('tells who is not in the call whether they are there, in another call, or when they were seen last', async () => {
    const mia = await inTheCall('Mia');
    await row('In the call', 'Mia').waitFor();
    await mia.request('leave_room');
    await row('Not in the call', 'Mia').getByText('Online', { exact: true }).last().waitFor();

    const elsewhere = await mia.createRoom('Elsewhere');
    await mia.join(elsewhere.slug);
    await row('Not in the call', 'Mia').getByText('In another call').waitFor();
    await mia.request('leave_room');
    mia.leave();
    await row('Not in the call', 'Mia').getByText('Offline', { exact: true }).last().waitFor();

    await mia.connect();
    await mia.rest('PATCH', 'users/me', { showLastSeen: true });
    await row('Not in the call', 'Mia').getByText('Online', { exact: true }).last().waitFor();
    mia.leave();
    await row('Not in the call', 'Mia').getByText('Last seen now').waitFor();
  }, 60_000);

  it('lists oneself first, then hosts, then everybody else by name, and finds one of many', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => inTheCall(`Person ${index + 2}`)));
    const list = panel.getByRole('list', { name: 'In the call', exact: true });
    await panel.getByRole('heading', { name: 'In the call: 13' }).waitFor();
    const names = await list.locator('.people__name').allTextContents();
    expect(names).toEqual(['Hanna', ...Array.from({ length: 12 }, (_, index) => `Person ${index + 2}`)]);

    await panel.getByRole('searchbox', { name: 'Search people' }).fill('son 12');
    await panel.getByText('1 person found').waitFor({ state: 'attached' });
    expect(await list.locator('.people__name').allTextContents()).toEqual(['Person 12']);
    await panel.getByRole('searchbox', { name: 'Search people' }).fill('nobody');
    await panel.getByText('0 people found').waitFor();
  }, 60_000);

  it('is worked by the keyboard: the focus stays in the panel when what it was on has gone', async () => {
    const { keyboard } = hanna.page;
    await meeting.change({ access: 'lobby' });
    await knocks('Cleo');
    const ben = await knocks('Ben');
    await panel.getByRole('button', { name: 'Let in Cleo' }).focus();
    await keyboard.press('Enter');
    await row('Waiting to come in', 'Cleo').waitFor({ state: 'detached' });
    await eventually(async () => (await focusIsInPanel()) || undefined, 'the focus is lost after letting in');

    await panel.getByRole('button', { name: 'Let in Ben' }).focus();
    await keyboard.press('Enter');
    await ben.hears('admission');
    await ben.join(meeting.room.slug);
    const menu = panel.getByRole('button', { name: 'More actions for Ben' });
    const dialog = hanna.page.getByRole('alertdialog');
    const asksToRemove = async () => {
      await menu.focus();
      await keyboard.press('Enter');
      await hanna.page.getByRole('menu').waitFor();
      await keyboard.press('End');
      await keyboard.press('Enter');
      await dialog.waitFor();
    };
    await asksToRemove();
    // It closes what is on top only.
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await asksToRemove();
    await dialog.getByRole('button', { name: 'Remove' }).press('Enter');
    await row('In the call', 'Ben').waitFor({ state: 'detached' });
    expect((await ben.hears('removed')).reason).toBe('kicked');
    await eventually(async () => (await focusIsInPanel()) || undefined, 'the focus is lost after removing');
    await keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  }, 60_000);

  it('what somebody else has answered, or who has given up, is nobody’s failure', async () => {
    await meeting.change({ access: 'lobby' });
    const cleo = await knocks('Cleo');
    const letIn = panel.getByRole('button', { name: 'Let in Cleo' });
    await letIn.waitFor();
    // The server forgets them while the click is on its way.
    await hanna.context.setOffline(true);
    await letIn.click();
    await cleo.request('leave_room');
    cleo.leave();
    await hanna.context.setOffline(false);
    await letIn.waitFor({ state: 'detached' });
    // What the server answers to the click comes after who waits, and before what it answers to the next one.
    await hanna.page.getByRole('button', { name: 'Raise hand' }).click();
    await hanna.page.getByRole('button', { name: 'Lower hand' }).waitFor();
    expect(await hanna.page.getByText('It is not there any more').count()).toBe(0);
    pages.errors.splice(0);
  }, 60_000);
});

describe('the people panel with somebody in each state', () => {
  beforeAll(async () => {
    meeting = await PageMeeting.of(pages);
    hanna = await meeting.hostComes();
    panel = await peopleOf(hanna);
    await (await inTheCall('Mia')).request('raise_hand', { raised: true });
    await meeting.change({ access: 'lobby' });
    await knocks('Cleo');
    await row('Raised hands', 'Mia').waitFor();
    await row('Waiting to come in', 'Cleo').waitFor();
  }, 60_000);

  it.each([
    ['a computer', { width: 1440, height: 900 }],
    ['a tablet', { width: 768, height: 1024 }],
    ['a phone', { width: 390, height: 844 }],
  ])(
    'has no serious violation of accessibility on %s, and nothing is wider than the screen',
    async (_what, size) => {
      const { page } = hanna;
      await page.setViewportSize(size);
      const looks = async () => {
        expect(await seriousViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
      };
      await looks();
      await panel.getByRole('button', { name: 'More actions for Mia' }).click();
      await page.getByRole('menuitem', { name: 'Remove' }).waitFor();
      await looks();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await page.getByRole('alertdialog').getByRole('checkbox', { name: 'Ban them too' }).waitFor();
      await looks();
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      const dialog = await roomDialogOf(hanna);
      for (const tab of ['Settings', 'Invitations', 'Members', 'Banned']) {
        await dialog.getByRole('tab', { name: tab }).click();
        await dialog.getByRole('tab', { name: tab, selected: true }).waitFor();
        await looks();
        const box = await dialog.boundingBox();
        expect(box && box.x + box.width).toBeLessThanOrEqual(size.width);
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    },
    60_000,
  );
});
