import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findProgram } from './browser.js';
import { Person } from './person.js';

const JOIN_TIMEOUT_MS = 30_000;

/** A person in Firefox, on our page. */
export interface FirefoxPerson {
  name: string;
  page: Page;
}

/** Starts the installed Firefox (driven by WebDriver BiDi, which it speaks itself), with devices of its own making. */
export function launchFirefox(): Promise<Browser> {
  const program = findProgram('firefox-esr', 'firefox');
  if (!program) throw new Error('No Firefox on the PATH; on Debian: apt-get install firefox-esr');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: program,
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
      // Nothing that talks to other hosts.
      'media.gmp-manager.updateEnabled': false,
      'media.gmp-provider.enabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'services.settings.server': '',
    },
  });
}

/** A signed-in person who clicks through the pre-join screen of a room. */
export async function joinInFirefox(
  firefox: Browser,
  origin: string,
  name: string,
  slug: string,
): Promise<FirefoxPerson> {
  const { session } = await Person.register(origin, name);
  const context = await firefox.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`${origin}/sign-in`);
  await page.evaluate((stored) => localStorage.setItem('minimeet-session', stored), JSON.stringify(session));
  await page.goto(`${origin}/r/${slug}`);
  await page.locator('::-p-aria(Join now)').setTimeout(JOIN_TIMEOUT_MS).click();
  await page.waitForSelector('::-p-aria(Leave call)', { timeout: JOIN_TIMEOUT_MS });
  return { name, page };
}
