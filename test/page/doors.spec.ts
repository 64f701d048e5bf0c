/** @needs chromium */
import type { Invite, RoomAccess, RoomSlug } from '@minimeet/protocol';
import type { Page } from 'playwright-core';
import { seriousViolations } from '../support/axe.js';
import { eventually } from '../support/eventually.js';
import { isInCall } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

/** What the doors do on each database is proven in test/api/room-access.spec.ts and invites.spec.ts. */
describe('the doors of a room', () => {
  const { server, person, opens, atTheDoor } = usePages();
  let host: Person;

  async function roomWith(access: RoomAccess, more: { password?: string } = {}, by = host): Promise<RoomSlug> {
    const { slug } = await by.rest<{ slug: RoomSlug }>('POST', 'rooms', { name: `Room ${access}`, access, ...more });
    return slug;
  }

  /** Ben, who is no member, before a room's door. */
  async function benComesTo(slug: RoomSlug): Promise<Page> {
    return (await atTheDoor('Ben', slug)).page;
  }

  /** A host answers who waits now: who gave up is not there any more. */
  async function answer(admit: boolean, by = host): Promise<void> {
    await eventually(async () => {
      const entry = by.heardOf('lobby_changed').at(-1)?.waiting.at(-1);
      if (!entry) return undefined;
      const ack = await by.ask('admit_participant', { participantId: entry.id, admit });
      return ack.ok || undefined;
    }, 'nobody waits to be let in');
  }

  /** Not let in before the first test, so that they may ask again in the last one. */
  let denied: { page: Page; by: Person };

  beforeAll(async () => {
    const by = await person('Hanna');
    const slug = await roomWith('lobby', {}, by);
    await by.join(slug);
    const { page } = await atTheDoor('Dan', slug, { camera: false });
    await page.getByRole('button', { name: 'Ask to be let in' }).click();
    await answer(false, by);
    await page.getByText('You were not let in').waitFor();
    denied = { page, by };
  }, 60_000);

  beforeEach(async () => {
    host = await person('Hanna');
  });

  it('a wrong password is told at its field, and the right one opens the door', async () => {
    const page = await benComesTo(await roomWith('password', { password: 'open sesame' }));
    await page.getByLabel('Room password').fill('open barley');
    await page.getByRole('button', { name: 'Join now' }).click();
    await page.getByText('This is not the room’s password.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel('Room password').fill('open sesame');
    await page.getByRole('button', { name: 'Join now' }).click();
    await isInCall(page);
  }, 60_000);

  it('who knocks waits in words, may give up, and joins by themselves when the host lets them in', async () => {
    const slug = await roomWith('lobby');
    await host.join(slug);
    const page = await benComesTo(slug);
    await page.getByRole('button', { name: 'Ask to be let in' }).click();
    await page.getByText('Asking to be let in…').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop asking' }).click();
    await page.getByRole('button', { name: 'Ask to be let in' }).click();
    await answer(true);
    await isInCall(page);
  }, 60_000);

  it('a room for invited people says how to come in, and an invitation opens it', async () => {
    const slug = await roomWith('invited');
    const page = await benComesTo(slug);
    await page.getByText('Invited people only').waitFor();
    expect(await page.getByRole('button', { name: 'Join now' }).count()).toBe(0);
    const { token } = await host.rest<Invite>('POST', `rooms/${slug}/invites`, {});
    await page.goto(`${server.origin}/r/${slug}?invite=${token}`);
    await page.getByRole('button', { name: 'Join now' }).click();
    await isInCall(page);
  }, 60_000);

  it('a guest with an invitation to a room with a lobby waits as everybody does', async () => {
    const slug = await roomWith('lobby');
    await host.join(slug);
    const { token } = await host.rest<Invite>('POST', `rooms/${slug}/invites`, {});
    const { page } = await opens(`/r/${slug}?invite=${token}`);
    await page.getByLabel('Your name').fill('Gus');
    await page.getByRole('button', { name: 'Join as guest' }).click();
    await page.getByText('Asking to be let in…').waitFor();
    await answer(true);
    await isInCall(page);
  }, 60_000);

  it('a locked room says so, and lets in when it is unlocked', async () => {
    const slug = await roomWith('open');
    await host.rest('PATCH', `rooms/${slug}`, { locked: true });
    const page = await benComesTo(slug);
    await page.getByText('The room is locked').waitFor();
    await page.getByRole('button', { name: 'Join now' }).click();
    await page.getByRole('alert').getByText('The room is locked').waitFor();
    await host.rest('PATCH', `rooms/${slug}`, { locked: false });
    await page.getByRole('button', { name: 'Join now' }).click();
    await isInCall(page);
  }, 60_000);

  it('who is banned is told so', async () => {
    const slug = await roomWith('open');
    const { session, userId } = await Person.register(server.origin, 'Ben');
    await host.rest('DELETE', `rooms/${slug}/members/${userId}?ban=true`);
    const { page } = await opens(`/r/${slug}`, { session, unwatched: true });
    await page.getByRole('heading', { name: 'You were banned from this room' }).waitFor();
  }, 60_000);

  it('who was not let in may ask again, not at once', async () => {
    const { page, by } = denied;
    await page.getByRole('button', { name: 'Ask again' }).click({ timeout: 40_000 });
    await answer(true, by);
    await isInCall(page);
  }, 90_000);
});
