/** @needs chromium */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallDetails, Page as PageOf, Room, Session } from '@minimeet/protocol';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, watchPeerConnections } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { seeEachOther, type PageUser } from '../support/page-user.js';
import { Person } from '../support/person.js';
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

/** A page whose person is signed in already. */
async function pageOf({ session }: { session: Session }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await context.addInitScript((stored) => localStorage.setItem('minimeet-session', stored), JSON.stringify(session));
  const page = await context.newPage();
  await watchPeerConnections(page);
  return page;
}

async function enter(person: Person, room: Room): Promise<PageUser> {
  const page = await pageOf(person);
  await page.goto(`${server.origin}/r/${room.slug}`);
  await page.getByRole('button', { name: 'Join now' }).click();
  await page.getByRole('button', { name: 'Leave call' }).waitFor();
  return { name: person.session.user.displayName, page, context: page.context() };
}

async function detailsOf(person: Person, room: Room): Promise<CallDetails> {
  const { items } = await person.rest<PageOf<{ id: string }>>('GET', `rooms/${room.slug}/calls`);
  return person.rest<CallDetails>('GET', `calls/${items[0]?.id}`);
}

it('who was in a call sees afterwards how it was, with what the browsers told of it', async () => {
  const [ann, ben] = [await Person.register(server.origin, 'Ann'), await Person.register(server.origin, 'Ben')];
  const room = await ann.createRoom('Weekly planning');
  const users = [await enter(ann, room), await enter(ben, room)];
  await seeEachOther(users);
  await users[1]?.page.getByRole('button', { name: 'Mute microphone' }).click();

  const call = await eventually(
    async () => {
      const details = await detailsOf(ann, room);
      const measured = details.participations.filter(({ samples }) =>
        ['up', 'down'].every((direction) => samples.some((sample) => sample.direction === direction)),
      );
      if (measured.length === 2 && details.participations.every(({ joinPhases }) => joinPhases)) return details;
      // Asking more often would meet the rate limit.
      await sleep(1_000);
      return undefined;
    },
    'no samples of both people in both directions, or no join phases',
    45_000,
  );
  for (const { client, networkPath, joinPhases } of call.participations) {
    expect(client).toMatch(/^web/);
    expect(networkPath).toBe('udp');
    expect(joinPhases?.socket).toBeGreaterThanOrEqual(0);
    expect(joinPhases?.ack).toBeGreaterThan(0);
  }
  // Ann came to an empty room; Ben waited for her picture.
  const ofBen = call.participations.find(({ displayName }) => displayName === 'Ben');
  expect(ofBen?.joinPhases?.first_frame).toBeGreaterThan(0);
  expect(ofBen?.joinPhases?.total).toBeLessThan(10_000);
  for (const { page } of users) await page.getByRole('button', { name: 'Leave call' }).click();

  const page = await pageOf(ann);
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refusals.push(message.text());
  });
  await page.goto(server.origin);
  await page.getByRole('link', { name: 'Calls of Weekly planning' }).click();
  await page.getByRole('heading', { name: 'Calls in Weekly planning' }).waitFor();
  await page
    .getByRole('list', { name: 'Calls' })
    .getByRole('link', { name: /Ann, Ben/ })
    .click();

  const verdict = page.getByRole('region', { name: /The worst moment|How it was/ });
  await verdict.waitFor();
  const { worstMoment } = await detailsOf(ann, room);
  if (worstMoment) {
    await verdict.getByText(worstMoment.sentence).waitFor();
    await verdict.getByRole('button', { name: 'Show in the timeline' }).click();
    await page.locator('.lane-plot__worst[data-marked]').first().waitFor();
  } else {
    await verdict.getByText('Good for everybody, all the time.').waitFor();
  }

  const lane = page.getByRole('slider', { name: 'Quality of Ben, at a moment' });
  await lane.focus();
  await lane.press('End');
  const said: string[] = [];
  for (let step = 0; step < 12; step++) {
    said.push((await lane.getAttribute('aria-valuetext')) ?? '');
    // A tenth of the call: in one this short a step of ten seconds may pass over the only sample.
    await lane.press('PageDown');
  }
  expect(said.some((text) => /Sent \w+,.*bit\/s/.test(text))).toBe(true);
  expect(said.some((text) => /Received \w+/.test(text))).toBe(true);

  await page.getByRole('button', { name: 'Details of Ben' }).click();
  await page.getByText('Microphone muted').waitFor();
  await page.getByRole('region', { name: 'Quality of Ben over time' }).getByRole('row').nth(1).waitFor();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^call-.*\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/);
  expect(lines.length).toBeGreaterThan(4);
  expect(lines.some((line) => line.includes('Ben'))).toBe(true);
  // Among others, what the content security policy refuses.
  expect(refusals).toEqual([]);
}, 120_000);

it('a room without calls says so, and a stranger is told that it is not open to them', async () => {
  const [ann, eve] = [await Person.register(server.origin, 'Ann'), await Person.register(server.origin, 'Eve')];
  const room = await ann.createRoom('Book club');
  const mine = await pageOf(ann);
  await mine.goto(`${server.origin}/r/${room.slug}/calls`);
  await mine.getByRole('heading', { name: 'No calls yet' }).waitFor();
  const hers = await pageOf(eve);
  await hers.goto(`${server.origin}/r/${room.slug}/calls`);
  await hers.getByText('Only members of a room see its calls').waitFor();
}, 60_000);
