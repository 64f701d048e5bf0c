import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { seriousViolations } from './axe.js';

const FOLDER = fileURLToPath(new URL('../../docs/images/screens/', import.meta.url));
const SIZES = { laptop: [1440, 900], tablet: [768, 1024], phone: [390, 844] } as const;
type Size = keyof typeof SIZES;
const QUALITY = 82;
/** A transition of colours is over then: axe-core measures contrast as it finds it. */
const SETTLE_MS = 200;

/**
 * Looks at a screen as axe-core does, in the light and in the dark, on a laptop and on a phone; with
 * UPDATE_SCREENSHOTS=1 also keeps its pictures in docs/images/screens.
 * @returns serious faults, a sentence each
 */
export async function look(page: Page, screen: string): Promise<string[]> {
  const found: string[] = [];
  const check = async (what: string): Promise<void> => {
    const violations = await seriousViolations(page);
    found.push(...violations.map((violation) => `${screen}, ${what}: ${violation}`));
  };
  await page.emulateMedia({ colorScheme: 'light' });
  for (const size of Object.keys(SIZES) as Size[]) {
    await resize(page, size);
    if (process.env['UPDATE_SCREENSHOTS'] === '1') await keep(page, `${screen}-${size}`);
    if (size !== 'tablet') await check(size);
    if ((await overflow(page)) > 0) found.push(`${screen}, ${size}: the page scrolls sideways`);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await resize(page, 'laptop');
  await check('dark');
  return found;
}

async function resize(page: Page, size: Size): Promise<void> {
  const [width, height] = SIZES[size];
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(SETTLE_MS);
}

async function keep(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  // The server in this process reads pictures from files only.
  sharp.unblock({ operation: ['VipsForeignLoadPngBuffer'] });
  await sharp(await page.screenshot())
    .webp({ quality: QUALITY })
    .toFile(path.join(FOLDER, `${name}.webp`));
}

/** Pixels of the page that lie outside of its width. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
