/** @needs chromium */
import type { Browser, Locator } from 'playwright-core';
import { seriousViolations } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import type { PageUser } from '../support/page-user.js';
import { PageMeeting, peopleOf, roomDialogOf } from '../support/page-meeting.js';
import { Person } from '../support/person.js';
import type { TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let meeting: PageMeeting;
let hanna: PageUser;
let panel: Locator;
let others: Person[];

async function connected(name: string): Promise<Person> {
  const person = await Person.connected(server.origin, name);
  others.push(person);
  return person;
}

async function inTheCall(name: string): Promise<Person> {
  const person = await connected(name);
  await person.join(meeting.room.slug);
  return person;
}

async function knocks(name: string): Promise<Person> {
  const person = await connected(name);
  await person.request('request_admission', { room: meeting.room.slug });
  return person;
}

/** Somebody's row in one of the lists. */
const row = (list: string, name: string) =>
  panel.getByRole('list', { name: list, exact: true }).getByRole('listitem').filter({ hasText: name });

const focusIsInPanel = () => panel.evaluate((element) => element.contains(document.activeElement));

/** The host's page; everybody else is a bare client, which costs next to nothing. */
describeOnEveryDatabase('the people panel', (database) => {
  beforeAll(async () => {
    server = await database.startServer();
    browser = await launchBrowser();
  }, 120_000);

  beforeEach(async () => {
    others = [];
    meeting = await PageMeeting.of(server.origin, browser);
    hanna = await meeting.hostComes();
    panel = await peopleOf(hanna);
  }, 60_000);

  afterEach(async () => {
    others.forEach((person) => person.leave());
    await hanna.context.close();
    expect(meeting.errors).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    await database.close();
  }, 30_000);

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
    for (let number = 13; number > 1; number--) await inTheCall(`Person ${number}`);
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
    const ben = await connected('Ben');
    await knocks('Cleo');
    await ben.request('request_admission', { room: meeting.room.slug });
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
    // What the server answers to the click comes after who waits.
    await hanna.page.waitForTimeout(1_500);
    expect(await hanna.page.getByText('It is not there any more').count()).toBe(0);
    meeting.errors.splice(0);
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
      const mia = await inTheCall('Mia');
      await mia.request('raise_hand', { raised: true });
      await meeting.change({ access: 'lobby' });
      await knocks('Cleo');
      await row('Raised hands', 'Mia').waitFor();
      await row('Waiting to come in', 'Cleo').waitFor();
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
    },
    60_000,
  );
});
