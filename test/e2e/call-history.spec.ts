/** @needs chromium */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallDetails, Page as PageOf, Room } from '@minimeet/protocol';
import { eventually } from '../support/eventually.js';
import { clickJoin, type PageUser, seeEachOther } from '../support/page-user.js';
import { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

const { server, opens } = usePages();

/** A path of the page in a large window of somebody's. */
function visits({ session }: Person, path: string, unwatched = false): Promise<PageUser> {
  const { displayName: name } = session.user;
  return opens(path, { name, session, unwatched, viewport: { width: 1440, height: 900 } });
}

async function enter(person: Person, room: Room): Promise<PageUser> {
  const user = await visits(person, `/r/${room.slug}`);
  await clickJoin(user);
  return user;
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

  const { page } = await visits(ann, '/');
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
}, 120_000);

it('a room without calls says so, and a stranger is told that it is not open to them', async () => {
  const [ann, eve] = [await Person.register(server.origin, 'Ann'), await Person.register(server.origin, 'Eve')];
  const room = await ann.createRoom('Book club');
  const { page: mine } = await visits(ann, `/r/${room.slug}/calls`);
  await mine.getByRole('heading', { name: 'No calls yet' }).waitFor();
  const { page: hers } = await visits(eve, `/r/${room.slug}/calls`, true);
  await hers.getByText('Only members of a room see its calls').waitFor();
}, 60_000);
