import type { Session } from '@minimeet/protocol';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { picture, received, watchPeerConnections } from './browser.js';
import { eventually } from './eventually.js';

const WITHIN_MS = 30_000;
/** Longer than the pause between two beeps of Chromium's microphone, of which there are two a second. */
const SILENCE_S = 0.75;

/** A person in Chromium, on our page. */
export interface PageUser {
  name: string;
  page: Page;
  context: BrowserContext;
}

/** The window of somebody: English, light and of a laptop's size by default. */
export interface Opening extends BrowserContextOptions {
  name?: string;
  /** Nobody is signed in when absent. */
  session?: Session;
  /** Whether the camera is on at first. A picture keeps this machine busy, so it is off where it is not the point. */
  camera?: boolean;
  /** Takes what the page did wrong: an error on its console, or a request to another origin. */
  complain?: (error: string) => void;
}

/** Somebody opens an address of ours, in a profile of their own. */
export async function opens(
  browser: Browser,
  address: string,
  { name = 'Somebody', session, camera = true, complain = () => undefined, ...window }: Opening = {},
): Promise<PageUser> {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 700 },
    locale: 'en-GB',
    colorScheme: 'light',
    ...window,
  });
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
  const stored = {
    ...(session && { 'minimeet-session': JSON.stringify(session) }),
    ...(!camera && { 'minimeet-devices': JSON.stringify({ camera }) }),
  };
  await page.addInitScript((items) => {
    for (const [key, value] of Object.entries(items)) if (!localStorage.getItem(key)) localStorage.setItem(key, value);
  }, stored);
  await page.goto(address);
  return { name, page, context };
}

/** In the call, for whom its door is open. */
export async function clickJoin({ page }: PageUser): Promise<void> {
  await page.getByRole('button', { name: 'Join now' }).click();
  await isInCall(page);
}

export function isInCall(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Leave call' }).waitFor();
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

/** Waits until what is played has been silence for a while. */
export async function hearsNothing({ page, name }: PageUser): Promise<void> {
  let silence = await received(page, 'audio');
  await eventually(
    async () => {
      const now = await received(page, 'audio');
      if (now.totalAudioEnergy !== silence.totalAudioEnergy) silence = now;
      return now.secondsPlayed - silence.secondsPlayed >= SILENCE_S || undefined;
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
  const pairs = users.flatMap((user) => users.filter((other) => other !== user).map((other) => sees(user, other.name)));
  await Promise.all([...pairs, ...users.map(hearsSound)]);
}
