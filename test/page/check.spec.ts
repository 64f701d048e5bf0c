/** @needs chromium */
import { seriousViolations } from '../support/axe.js';
import { isInCall } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const { server, opens, launches } = usePages();
let ann: Person;

beforeAll(async () => {
  ann = await Person.register(server.origin, 'Ann');
});

describe('the check before a call', () => {
  it('shows picture and voice, tries UDP and TCP for real, and asks the server', async () => {
    const { page } = await opens('/check', { session: ann.session });
    const row = (title: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
    await row('Camera').getByText('Your picture arrives.').waitFor();
    await row('Microphone').getByText('Your voice arrives.').waitFor();
    await row('Server')
      .getByText(/^It answers in /)
      .waitFor();
    await row('WebSocket')
      .getByText(/^Open after /)
      .waitFor();
    await row('UDP')
      .getByText(/^Open: connected in /)
      .waitFor();
    await row('TCP')
      .getByText(/^Open: connected in /)
      .waitFor();
    await page.getByText('Everything that can be checked without you is fine.').waitFor();
    await row('Speaker').getByRole('button', { name: 'Play a sound' }).click();
    await row('Speaker').getByRole('button', { name: 'Yes' }).click();
    await row('Speaker').getByText('You heard the sound.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  }, 60_000);

  it('tells somebody who is not signed in what it could check, and where to sign in', async () => {
    const { page } = await opens('/check');
    await page.getByText(/^It answers in /).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  }, 60_000);

  it('is there on the pre-join screen, and leaves the way into the call as it was', async () => {
    const room = await ann.createRoom('Weekly planning');
    const { page } = await opens(`/r/${room.slug}`, { session: ann.session });
    await page.getByRole('button', { name: 'Check my equipment' }).click();
    await page.getByRole('dialog').getByText('Everything that can be checked without you is fine.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Join now' }).click();
    await isInCall(page);
  }, 60_000);
});

describe('on a network without UDP', () => {
  it('the check says that UDP is blocked, that TCP is open, and what to do', async () => {
    const { session } = ann;
    const { page } = await opens('/check', { session, browser: await launches({ network: 'no-udp' }) });
    await page.getByText(/^Blocked\. Sound and pictures take another way/).waitFor();
    await page.getByText(/^Open: connected in /).waitFor();
    await page.getByText('A call works, with a limit: see below.').waitFor();
  }, 60_000);
});
