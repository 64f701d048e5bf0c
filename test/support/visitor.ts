import type { Session } from '@minimeet/protocol';
import type { Browser, Page } from 'playwright-core';

interface VisitorOptions {
  /** Who is signed in; nobody when absent. */
  session?: Session;
  /** What the browser prefers, RFC 5646. */
  locale?: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** A window of the page, and what its console has complained of: what the content security policy refuses, among others. */
export interface Visitor {
  page: Page;
  complaints: string[];
}

export async function visitor(browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const { session, locale = 'en-GB', colorScheme = 'light', width = 1024, height = 768 } = options;
  const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  if (session) {
    await page.addInitScript((stored) => {
      if (!localStorage.getItem('minimeet-session')) localStorage.setItem('minimeet-session', stored);
    }, JSON.stringify(session));
  }
  return { page, complaints };
}
