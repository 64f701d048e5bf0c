/** @needs chromium */
import { randomUUID } from 'node:crypto';
import type { Attachment, Room } from '@minimeet/protocol';
import { shutDownPeers, SyntheticPeer } from '@minimeet/loadtest';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { look } from '../support/album.js';
import { isInCall } from '../support/page-user.js';
import type { Person } from '../support/person.js';
import { sendForm } from '../support/uploads.js';
import { usePages } from '../support/use-pages.js';

/** Every screen, as a person with the best eyes and as axe-core sees it. UPDATE_SCREENSHOTS=1 renews the pictures in docs/. */
const NAMES = ['Ben Okafor', 'Chloé Martin', 'Dana Kim', 'Emil Novak'];

let ann: Person;
let others: Person[];
let room: Room;
let peers: SyntheticPeer[] = [];

afterAll(() => {
  peers.forEach((peer) => peer.close());
  shutDownPeers();
});

const { server, person, opens } = usePages();

beforeAll(async () => {
  ann = await person('Ann Example');
  others = await Promise.all(NAMES.map(person));
  for (const name of ['Family', 'Choir practice']) await ann.createRoom(name);
  room = await ann.createRoom('Weekly planning');
  await Promise.all(others.map((other) => other.join(room.slug)));
  await Promise.all(others.map((other) => other.request('leave_room')));
  await talk();
  peers = await Promise.all(
    others.map(({ session }) =>
      SyntheticPeer.join({
        url: server.origin,
        accessToken: session.accessToken,
        room: room.slug,
        publish: ['camera', 'microphone'],
        resolution: '360p',
      }),
    ),
  );
}, 90_000);

/** What stands in the chat: everything that a message can be. */
async function talk(): Promise<void> {
  const [ben, chloe, dana] = others as [Person, Person, Person, Person];
  const say = async (by: Person, text: string, more: object = {}): Promise<string> => {
    const id = randomUUID();
    await by.request('chat_message', { room: room.slug, id, content: { type: 'text', text }, ...more });
    return id;
  };
  await say(ann, 'Good morning! The plan for today is at https://example.org/plan');
  const question = await say(ben, 'Do we move the **launch** to *Thursday*?');
  await say(chloe, 'Thursday works for me.', { replyTo: question });
  await ann.request('react', { room: room.slug, messageId: question, reaction: '👍', on: true });
  await dana.request('react', { room: room.slug, messageId: question, reaction: '👍', on: true });
  const form = await sendForm(`${server.origin}/api/rooms/${room.slug}/attachments`, dana.session, [
    { fileName: 'launch-sketch.png', type: 'image/png', content: await sketch() },
  ]);
  const { id: attachmentId } = form.body as Attachment;
  const content = { type: 'image', attachmentId, text: 'My sketch of the new entrance' };
  await dana.request('chat_message', { room: room.slug, id: randomUUID(), content });
  await say(ben, 'Lovely. `npm start` and off we go 🎉');
}

/** A house of rectangles. */
function sketch(): Promise<Buffer> {
  const plane = (width: number, height: number, background: string) => ({
    create: { width, height, channels: 3 as const, background },
  });
  return sharp(plane(960, 540, '#e7efe9'))
    .composite([
      { input: plane(720, 300, '#ffffff'), left: 120, top: 160 },
      { input: plane(800, 40, '#1f6f60'), left: 80, top: 130 },
      { input: plane(150, 200, '#1f6f60'), left: 405, top: 260 },
      { input: plane(120, 90, '#f2b84b'), left: 190, top: 230 },
      { input: plane(120, 90, '#f2b84b'), left: 650, top: 230 },
    ])
    .png()
    .toBuffer();
}

/** A large window of somebody's, signed in when it is a person's. */
async function visits(where: string, by?: Person): Promise<Page> {
  const { page } = await opens(where, {
    name: where,
    viewport: { width: 1440, height: 900 },
    ...(by && { session: by.session }),
  });
  return page;
}

/** Looks at a page that needs nothing but to be opened. */
async function looksAt(
  where: string,
  screen: string,
  ready: (page: Page) => Promise<unknown>,
  by?: Person,
): Promise<string[]> {
  const page = await visits(where, by);
  await ready(page);
  return look(page, screen);
}

const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name }).first().waitFor();

describe('every screen is free of serious violations, console errors and sideways scrolling', () => {
  it.each([
    ['sign-in', '/sign-in', heading(/.+/)],
    ['register', '/register', heading(/.+/)],
  ])(
    'signed out: %s',
    async (screen, where, ready) => {
      expect(await looksAt(where, screen, ready)).toEqual([]);
    },
    60_000,
  );

  it('my rooms and their dialogs', async () => {
    const page = await visits('/', ann);
    await page.getByText('Weekly planning').first().waitFor();
    const found = await look(page, 'rooms');
    for (const [item, screen] of [
      ['Room settings', 'room-settings'],
      ['Members', 'members'],
      ['Invitations', 'invitations'],
    ] as const) {
      await page.getByRole('button', { name: 'More about Weekly planning' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await look(page, screen)));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('profile and search', async () => {
    const found = await looksAt('/account', 'profile', heading('Profile'), ann);
    const ready = (page: Page) =>
      page
        .getByRole('link', { name: /Weekly planning/ })
        .first()
        .waitFor();
    found.push(...(await looksAt('/search?q=thursday', 'search', ready, ann)));
    expect(found).toEqual([]);
  }, 90_000);

  it('the check of devices and network', async () => {
    const ready = (page: Page) =>
      page
        .getByText(/Open: connected in/)
        .nth(1)
        .waitFor({ timeout: 40_000 });
    expect(await looksAt('/check', 'check', ready, ann)).toEqual([]);
  }, 120_000);

  it('the chat without the call', async () => {
    const ready = (page: Page) => page.getByText('off we go').waitFor();
    expect(await looksAt(`/r/${room.slug}/chat`, 'chat', ready, ann)).toEqual([]);
  }, 60_000);

  it('the door of a room with a password', async () => {
    const { slug } = await ann.rest<Room>('POST', 'rooms', {
      name: 'Board',
      access: 'password',
      password: 'open sesame',
    });
    const ready = (page: Page) => page.getByLabel('Room password').waitFor();
    expect(await looksAt(`/r/${slug}`, 'door-password', ready, others[0])).toEqual([]);
  }, 60_000);

  it('before the call, in it with its panels and layouts, and after it', async () => {
    const page = await visits(`/r/${room.slug}`, ann);
    await page.getByRole('button', { name: 'Join now' }).waitFor();
    const found = await look(page, 'prejoin');
    await page.getByRole('button', { name: 'Join now' }).click();
    await isInCall(page);
    await page.locator('.tile video[data-ready]').nth(NAMES.length).waitFor();
    found.push(...(await look(page, 'call')));
    await page.getByRole('button', { name: /Open chat/ }).click();
    await page.getByText('off we go').waitFor();
    found.push(...(await look(page, 'call-chat')));
    await page.getByRole('button', { name: /Show people/ }).click();
    await page.getByRole('list', { name: 'In the call' }).first().waitFor();
    found.push(...(await look(page, 'call-people')));
    await page.getByRole('button', { name: /Hide people/ }).click();
    await page.getByRole('button', { name: 'Layout' }).click();
    await page.getByRole('menuitemradio', { name: 'Speaker' }).click();
    await page.locator('.tile[data-place="focus"] video[data-ready]').waitFor();
    found.push(...(await look(page, 'call-speaker')));
    await page.getByRole('button', { name: 'Leave call' }).click();
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    found.push(...(await look(page, 'left')));
    expect(found).toEqual([]);
  }, 240_000);

  it('the room’s calls, and a call as a timeline', async () => {
    const page = await visits(`/r/${room.slug}/calls`, ann);
    const call = page.locator(`a[href*="/r/${room.slug}/calls/"]`).first();
    await call.waitFor({ timeout: 30_000 });
    const found = await look(page, 'calls');
    await call.click();
    await page.getByText('Ben Okafor').first().waitFor();
    found.push(...(await look(page, 'timeline')));
    expect(found).toEqual([]);
  }, 90_000);
});
