import type { Session } from '@minimeet/protocol';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { picture, received, watchPeerConnections } from './browser.js';
import { eventually } from './eventually.js';
import { Person } from './person.js';

const WITHIN_MS = 30_000;

/** A person in Chromium, on our page. */
export interface PageUser {
  name: string;
  page: Page;
  context: BrowserContext;
}

/** Takes what a page did wrong: an error on its console, or a request to another origin. */
export type Complain = (error: string) => void;

/** A new person on the pre-join screen of a room. */
export async function atTheDoor(
  browser: Browser,
  origin: string,
  name: string,
  slug: string,
  complain?: Complain,
): Promise<PageUser> {
  const { session } = await Person.register(origin, name);
  return opens(browser, `${origin}/r/${slug}`, { name, session, complain });
}

interface Visitor {
  name: string;
  /** `null`: nobody is signed in. */
  session: Session | null;
  complain?: Complain | undefined;
}

/** Somebody opens an address of ours, in a browser profile of their own. */
export async function opens(
  browser: Browser,
  address: string,
  { name, session, complain = () => undefined }: Visitor,
): Promise<PageUser> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(`${name}: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(http|ws)/.test(url.protocol) && url.host !== new URL(address).host)
      complain(`${name} asked ${request.url()}`);
  });
  await watchPeerConnections(page);
  if (session) {
    await page.addInitScript((stored) => {
      if (!localStorage.getItem('minimeet-session')) localStorage.setItem('minimeet-session', stored);
    }, JSON.stringify(session));
  }
  await page.goto(address);
  return { name, page, context };
}

export async function clickJoin({ page }: PageUser): Promise<void> {
  await page.getByRole('button', { name: 'Join now' }).click();
  await page.getByRole('button', { name: 'Leave call' }).waitFor();
}

export async function joins(
  browser: Browser,
  origin: string,
  name: string,
  slug: string,
  complain?: Complain,
): Promise<PageUser> {
  const user = await atTheDoor(browser, origin, name, slug, complain);
  await clickJoin(user);
  return user;
}

/** Waits until a tile's picture moves. */
export async function sees(
  { page, name }: PageUser,
  other: string,
  source = 'camera',
  withinMs = WITHIN_MS,
): Promise<void> {
  const first = await eventually(
    async () => {
      const now = await picture(page, other, source);
      return now && now.isPicture && now.frames > 0 ? now : undefined;
    },
    `${name} does not see ${other}'s ${source}`,
    withinMs,
  );
  await eventually(
    async () => ((await picture(page, other, source))?.frames ?? 0) > first.frames + 3 || undefined,
    `${name} sees ${other}'s ${source} stand still`,
    withinMs,
  );
}

/** Waits until more sound has been played than now. */
export async function hearsSound({ page, name }: PageUser): Promise<void> {
  const before = await received(page, 'audio');
  await eventually(
    async () => (await received(page, 'audio')).totalAudioEnergy > before.totalAudioEnergy || undefined,
    `${name} hears nothing`,
    WITHIN_MS,
  );
}

/** Waits until no more sound is played. */
export async function hearsNothing({ page, name }: PageUser): Promise<void> {
  await eventually(
    async () => {
      const before = await received(page, 'audio');
      await page.waitForTimeout(1_500);
      return (await received(page, 'audio')).totalAudioEnergy === before.totalAudioEnergy || undefined;
    },
    `${name} still hears something`,
    WITHIN_MS,
  );
}

/** Waits until there is no picture of somebody any more. */
export async function seesNothingOf({ page, name }: PageUser, other: string, source = 'camera'): Promise<void> {
  await eventually(
    async () => ((await picture(page, other, source)) === undefined ? true : undefined),
    `${name} still has a picture of ${other}'s ${source}`,
    WITHIN_MS,
  );
}

export async function seeEachOther(users: PageUser[]): Promise<void> {
  for (const user of users) {
    for (const other of users) {
      if (user !== other) await sees(user, other.name);
    }
    await hearsSound(user);
  }
}
