import type { Browser, BrowserContext } from 'playwright-core';
import { type BrowserOptions, launchBrowser } from './browser.js';
import { clickJoin, type Opening, opens, type PageUser } from './page-user.js';
import { Person } from './person.js';
import { type Env, type UsedServer, useServer } from './server.js';

/** Chromium, or any of its pages, starts slowly on a machine that is busy. */
const START_TIMEOUT_MS = 60_000;

interface PagesOptions extends BrowserOptions {
  /** See `useServer`. */
  env?: Env;
}

/** In which Chromium somebody comes, and whether faults of their page fail the test. */
interface Coming extends Opening {
  /** The file's own when absent. */
  browser?: Browser;
  /** The server will say no, which a browser writes onto its console. */
  unwatched?: boolean;
}

export interface UsedPages extends UsedServer {
  /** The faults of pages in this test. */
  errors: string[];
  /** Opens a path of ours, in a profile of its own. */
  opens(path: string, coming?: Coming): Promise<PageUser>;
  /** Somebody with a new account, on the pre-join screen of a room. */
  atTheDoor(name: string, slug: string, coming?: Coming): Promise<PageUser>;
  /** Somebody with a new account, in the call of a room. */
  joins(name: string, slug: string, coming?: Coming): Promise<PageUser>;
  /** Another Chromium, until the end of the test. */
  launches(options: BrowserOptions): Promise<Browser>;
}

/**
 * One server and one Chromium for all tests of the block that calls this. A window that is opened in a test (or in its
 * `beforeEach`) is closed after it; those of `beforeAll` stay. A page's fault fails the test in which it happens.
 */
export function usePages({ env, ...options }: PagesOptions = {}): UsedPages {
  let chromium: Browser | undefined;
  let staying: BrowserContext[] = [];
  const launched: Browser[] = [];
  const errors: string[] = [];
  const running = (): Browser => {
    if (!chromium) throw new Error('Chromium runs from beforeAll to afterAll: use it in hooks and tests.');
    return chromium;
  };
  beforeAll(async () => {
    chromium = await launchBrowser(options);
  }, START_TIMEOUT_MS);
  beforeEach(() => {
    staying = running().contexts();
  });
  afterEach(async () => {
    const opened = running().contexts();
    const over = opened.filter((context) => !staying.includes(context));
    await Promise.all([...over, ...launched.splice(0)].map((one) => one.close()));
    expect(errors.splice(0)).toEqual([]);
  }, START_TIMEOUT_MS);
  afterAll(() => chromium?.close(), START_TIMEOUT_MS);
  // After these hooks: pages go before their server.
  const { server, person } = useServer(env);

  const comes: UsedPages['opens'] = (path, { browser = running(), unwatched = false, ...opening } = {}) =>
    opens(browser, `${server.origin}${path}`, {
      complain: (error) => void (unwatched || errors.push(error)),
      ...opening,
    });
  const atTheDoor: UsedPages['atTheDoor'] = async (name, slug, coming) => {
    const { session } = await Person.register(server.origin, name);
    return comes(`/r/${slug}`, { name, session, ...coming });
  };
  return {
    server,
    person,
    errors,
    opens: comes,
    atTheDoor,
    joins: async (...coming) => {
      const user = await atTheDoor(...coming);
      await clickJoin(user);
      return user;
    },
    launches: async (other) => {
      const browser = await launchBrowser(other);
      launched.push(browser);
      return browser;
    },
  };
}
