import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Something may begin to fade in while axe-core looks; a fault that lasts longer than this is one. */
const LASTING_MS = 2_000;
const LOOK_AGAIN_MS = 250;

/**
 * Finds faults that last and that axe-core calls serious or critical, a sentence each. It runs beside the page's
 * policy, as a browser's extension would.
 */
export async function seriousViolations(page: Page): Promise<string[]> {
  const deadlineMs = performance.now() + LASTING_MS;
  for (;;) {
    const found = await violationsNow(page);
    if (found.length === 0 || performance.now() > deadlineMs) return found;
    await page.waitForTimeout(LOOK_AGAIN_MS);
  }
}

async function violationsNow(page: Page): Promise<string[]> {
  const loaded = await page.evaluate(() => 'axe' in window);
  // Through the debugger: the content security policy forbids it as a script of the page.
  if (!loaded) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as Window & { axe?: typeof import('axe-core') };
    if (!checker) throw new Error('axe-core did not load');
    // The focus guards at the edges of a menu pass the focus on at once, so nobody meets them.
    const context = { exclude: [['[data-base-ui-focus-guard]']] };
    // Half transparent, nothing has contrast: fading elements are waited for.
    const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
    const { violations } = await checker.run(context, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`);
  });
}
